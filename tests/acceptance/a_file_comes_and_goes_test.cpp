// Files in the personal chat, with real transfers: a report goes into a person's OneDrive when the person
// says so, evidence comes from there, and neither host ever sees our token (reference 3.9).
#include "cards/documents/report_html.hpp"
#include "handlers/reports/report_model.hpp"
#include "storage/received_files_store.hpp"
#include "storage/sha256.hpp"
#include "tests/acceptance/ministry.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <functional>
#include <optional>
#include <thread>

namespace pao::tests {
namespace {

using nlohmann::json;
using storage::test::reading;

constexpr const char* report_id = "REP-COM-2026-T3";

bool comes_true(const std::function<bool()>& what) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{20};
  while (!what()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
  return true;
}

// ---- A report ----

struct Offered {
  std::string id;    // that comes back with the answer
  std::string name;  // of the file
  std::int64_t size = 0;
  std::string card_id;  // of the message that asks
};

// The card that asks, as the person received it.
Offered question_in(Ministry& ministry, const Person& person) {
  const Seen question = person.receives("Si acepta, lo guardo en su OneDrive");
  const auto& file = question.file();
  REQUIRE(file.value("contentType", "") == "application/vnd.microsoft.teams.card.file.consent");
  CHECK(file["content"]["acceptContext"] == file["content"]["declineContext"]);
  return {.id = file["content"]["acceptContext"].value("id", ""),
          .name = file.value("name", ""),
          .size = file["content"].value("sizeInBytes", std::int64_t{0}),
          .card_id = ministry.teams().delivered_to(person.conversation()).back().id};
}

Offered asks_for_report(Ministry& ministry, const Person& person) {
  const Pressed report = person.presses("reporte.ver", {{"reporte", report_id}});
  REQUIRE(report.status == 200);
  REQUIRE(person.presses(report.shown.button("Descargar el reporte")).shown.shows("OneDrive"));
  return question_in(ministry, person);
}

// Teams tells what the person pressed on the card that asked.
int answers(Ministry& ministry, const Person& person, const Offered& offered, bool accepts) {
  json invoke = person.activity("invoke");
  invoke["name"] = "fileConsent/invoke";
  invoke["replyToId"] = offered.card_id;
  invoke["value"] = {
      {"type", "fileUpload"}, {"action", accepts ? "accept" : "decline"}, {"context", {{"id", offered.id}}}};
  if (accepts) {
    invoke["value"]["uploadInfo"] = {{"contentUrl", "https://entidad.sharepoint.com/" + offered.name},
                                     {"name", offered.name},
                                     {"uploadUrl", ministry.teams().upload_url(offered.name)},
                                     {"uniqueId", "EEEEEEEE-0000-4000-8000-000000000002"},
                                     {"fileType", "html"}};
  }
  return ministry.post(invoke.dump()).status;
}

std::string page_of_report(Ministry& ministry) {
  const Instant now = storage::test::instant(demo_morning);
  handlers::ReferenceSource reference(ministry.store());
  REQUIRE(reference.refresh(now));
  const auto model = ministry.store().read([&](storage::Session& session) {
    return handlers::reports::model_of_cycle(session, *reference.current(), "COM", "2026-T3",
                                             procedure::ReportKind::preventive, now);
  });
  REQUIRE(model);
  return cards::report_html(*model);
}

// ---- Evidence ----

constexpr const char* file_type = "application/vnd.microsoft.teams.file.download.info";

// The answer to the message that carries the file.
Seen sends_file(Ministry& ministry, const Person& person, const std::string& name, const std::string& url) {
  json message = person.activity("message");
  message["text"] = "";
  message["attachments"] = json::array(
      {{{"contentType", file_type},
        {"name", name},
        {"contentUrl", "https://entidad.sharepoint.com/" + name},
        {"content",
         {{"downloadUrl", url}, {"uniqueId", "1"}, {"fileType", name.substr(name.rfind('.') + 1)}}}}});
  REQUIRE(ministry.post(message.dump()).status == 200);
  return person.receives("");
}

}  // namespace

TEST_CASE("a report goes into the OneDrive of who asked for it, byte by byte, once it is allowed (R-51)") {
  Ministry ministry;
  const Person leader = ministry.person("U-019");
  leader.opens_conversation();
  leader.receives("");  // the greeting
  const Offered offered = asks_for_report(ministry, leader);
  CHECK(offered.name == "REP-COM-2026-T3-preventivo.html");
  CHECK_FALSE(ministry.teams().uploaded(offered.name));

  // Nobody else can have it put somewhere.
  const Person other = ministry.person("U-015");
  other.opens_conversation();
  other.receives("");
  CHECK(answers(ministry, other, offered, true) == 200);
  CHECK(other.receives("no está disponible para usted").file().is_null());
  CHECK_FALSE(ministry.teams().uploaded(offered.name));

  CHECK(answers(ministry, leader, offered, true) == 200);
  REQUIRE(comes_true([&] { return !ministry.teams().changed().empty(); }));
  const std::string page = page_of_report(ministry);
  CHECK(ministry.teams().uploaded(offered.name) == page);
  CHECK(offered.size == static_cast<std::int64_t>(page.size()));
  // The card that asked has become the file.
  const Changed shown = ministry.teams().changed().front();
  CHECK(shown.activity == offered.card_id);
  const Seen file = Seen::message(shown.body);
  CHECK(file.shows("Guardé"));
  CHECK(file.file().value("contentType", "") == "application/vnd.microsoft.teams.card.file.info");
  CHECK(file.file().value("contentUrl", "") == "https://entidad.sharepoint.com/" + offered.name);
  // An old card pressed again uploads nothing a second time.
  const std::size_t parts = ministry.teams().upload_ranges().size();
  CHECK(answers(ministry, leader, offered, true) == 200);
  CHECK(leader.hears_nothing_more());
  CHECK(ministry.teams().upload_ranges().size() == parts);
  CHECK(ministry.teams().tokens_at_files().empty());
}

TEST_CASE("whoever does not want the report in OneDrive is answered politely, and nothing is uploaded") {
  Ministry ministry;
  const Person liaison = ministry.person("U-020");
  liaison.opens_conversation();
  liaison.receives("");
  const Offered offered = asks_for_report(ministry, liaison);
  CHECK(answers(ministry, liaison, offered, false) == 200);
  REQUIRE(comes_true([&] { return !ministry.teams().changed().empty(); }));
  CHECK(ministry.teams().changed().front().activity == offered.card_id);
  CHECK(Seen::message(ministry.teams().changed().front().body).shows("De acuerdo, no subo el archivo"));
  // The decision stands, whatever the old card says later.
  CHECK(answers(ministry, liaison, offered, true) == 200);
  CHECK(liaison.hears_nothing_more());
  CHECK(ministry.teams().upload_ranges().empty());
  // Asked for again it is offered again.
  const Offered again = asks_for_report(ministry, liaison);
  CHECK(again.id != offered.id);
  CHECK(answers(ministry, liaison, again, true) == 200);
  CHECK(comes_true([&] { return ministry.teams().uploaded(again.name).has_value(); }));
}

TEST_CASE("evidence sent in the chat is fetched without our token and becomes evidence of a request (R-50)") {
  Ministry ministry;
  const Person liaison = ministry.person("U-020");
  liaison.opens_conversation();
  liaison.receives("");
  REQUIRE(liaison
              .presses("ss.radicar", {{"tipo", "SS-2"},
                                      {"proceso", "COM"},
                                      {"practica", "planes"},
                                      {"asunto", "Correr la entrega del boletín"},
                                      {"elemento", "PAI-COM-02-T2"},
                                      {"valor_actual", "2026-12-31"},
                                      {"valor_solicitado", "2027-01-29"},
                                      {"justificacion", "Los resultados se conocen en enero."},
                                      {"evidencia", "El cronograma del contratista"}})
              .shown.shows("PAO-2026-0001"));
  const std::string bytes = "%PDF-1.7\n" + std::string(40'000, 'x');
  const std::string url = ministry.teams().offer_download("memorando.pdf", bytes);
  CHECK(sends_file(ministry, liaison, "memorando.pdf", url).shows("Recibo su archivo"));

  const Seen receipt = liaison.receives("Recibí su archivo");
  CHECK(receipt.shows("39 KB"));
  const std::string sha256 = storage::sha256_hex(bytes);
  CHECK(receipt.shows(sha256.substr(0, 8) + " " + sha256.substr(8, 8)));
  const Pressed linked = liaison.presses(receipt.button("Vincular"), {{"destino", "ss:PAO-2026-0001"}});
  CHECK(linked.shown.shows("Vinculado a"));
  const auto files = reading(ministry.store(), [](storage::Session& session) {
    return storage::files_linked_to(session, "ss:PAO-2026-0001");
  });
  REQUIRE(files.size() == 1);
  CHECK(files[0].sha256 == sha256);

  // The advisor who decides sees what proves it, and has it put into the own OneDrive: the same bytes.
  const Person advisor = ministry.person("U-004");
  advisor.opens_conversation();
  advisor.receives("");
  const Pressed request = advisor.presses("ss.ver", {{"ss", "PAO-2026-0001"}});
  CHECK(request.shown.shows("memorando.pdf"));
  CHECK(request.shown.shows(sha256.substr(0, 16)));
  CHECK(advisor.presses(request.shown.button("Pedir")).shown.shows("OneDrive"));
  const Offered offered = question_in(ministry, advisor);
  CHECK(answers(ministry, advisor, offered, true) == 200);
  REQUIRE(comes_true([&] { return ministry.teams().uploaded("memorando.pdf").has_value(); }));
  CHECK(ministry.teams().uploaded("memorando.pdf") == bytes);
  // Nobody of another process has it.
  const Person other = ministry.person("U-015");
  CHECK(other.presses(request.shown.button("Pedir")).shown.shows("No encuentro ese archivo"));
  CHECK(ministry.teams().tokens_at_files().empty());
}

TEST_CASE("what cannot be evidence is refused with a sentence that says what to do") {
  Ministry ministry(demo_morning, {{"files.max_megabytes", "1"}});
  const Person liaison = ministry.person("U-020");
  liaison.opens_conversation();
  liaison.receives("");
  SimulatedTeams& teams = ministry.teams();
  const auto pdf = [](std::size_t size) { return "%PDF-1.7\n" + std::string(size, 'x'); };

  // Told at once: by its name it is none.
  CHECK(sends_file(ministry, liaison, "acta.exe", teams.offer_download("acta.exe", "MZ"))
            .shows("No recibo archivos de ese tipo"));

  struct Case {
    const char* name;
    std::string url;
    const char* sentence;
  };
  const Case cases[] = {
      {"programa.pdf", teams.offer_download("programa.pdf", "MZ\x90 un programa"),
       "no corresponde a un tipo"},
      {"grande.pdf", teams.offer_download("grande.pdf", pdf(1'100'000)),
       "demasiado grande: recibo hasta 1,0 MB"},
      {"vacio.pdf", teams.offer_download("vacio.pdf", ""), "está vacío"},
      {"ajeno.pdf", "https://archivos.example.com/ajeno.pdf", "un lugar del que no puedo traerlo"},
      {"interno.pdf", "http://169.254.169.254/interno.pdf", "un lugar del que no puedo traerlo"},
      {"vencido.pdf", teams.upload_url("no").replace(teams.upload_url("no").find("upload"), 6, "download"),
       "ya venció"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    CHECK(sends_file(ministry, liaison, one.name, one.url).shows("Recibo su archivo"));
    const Seen refused = liaison.receives(std::string("No pude recibir ") + one.name);
    CHECK(refused.shows(one.sentence));
    CHECK(refused.buttons().empty());
  }
  // A host that leads on to another is not followed.
  const std::string moved = teams.offer_download("mudado.pdf", pdf(10));
  teams.redirect_files(true);
  CHECK(sends_file(ministry, liaison, "mudado.pdf", moved).shows("Recibo su archivo"));
  CHECK(liaison.receives("No pude recibir mudado.pdf").shows("un lugar del que no puedo traerlo"));
  teams.redirect_files(false);

  const Person stranger = ministry.stranger("dddddddd-0000-4000-8000-000000000099");
  CHECK(sends_file(ministry, stranger, "acta.pdf", teams.offer_download("acta.pdf", pdf(10)))
            .shows("directorio"));
  CHECK(stranger.hears_nothing_more());
  CHECK(reading(ministry.store(), [](storage::Session& session) {
          return storage::waiting_files(session, 10);
        }).empty());
  CHECK(teams.tokens_at_files().empty());
}

}  // namespace pao::tests
