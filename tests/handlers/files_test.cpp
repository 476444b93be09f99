// Files that somebody sends in the personal chat: noted, received, linked to what they prove.
#include "cards/verbs.hpp"
#include "handlers/file_messages.hpp"
#include "handlers/renderers.hpp"
#include "tests/handlers/assistant.hpp"
#include "tests/handlers/recorded_task.hpp"
#include "tests/handlers/sent_file.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;

namespace {

std::optional<Content> receipt(const Assistant& assistant, const storage::ReceivedFile& file) {
  auto content = assistant.database().read([&](storage::Session& session) {
    return render_message(session, *assistant.reference().current(),
                          file_receipt_message(file, assistant.now()), assistant.now());
  });
  REQUIRE(content);
  REQUIRE(*content);
  return *content;
}

// A request of the person, as the demo's rows are written.
std::string own_request(const Assistant& assistant, const std::string& person) {
  assistant.change("UPDATE service_requests SET filed_by = '" + person +
                   "', state = 'radicada' WHERE id = (SELECT MIN(id) FROM service_requests WHERE process_id ="
                   " 'COM')");
  auto id = assistant.database().read([](storage::Session& session) {
    return session.first("SELECT MIN(id) FROM service_requests WHERE process_id = 'COM'", {},
                         [](const storage::Row& row) { return row.string(0); });
  });
  REQUIRE(id);
  REQUIRE(*id);
  return **id;
}

}  // namespace

TEST_CASE(
    "a file is noted at once, once, and its receipt names size, fingerprint and what it may prove (R-50)") {
  Assistant assistant;
  const std::string request = own_request(assistant, liaison_com);
  const Turn turn = with_file(assistant, liaison_com, "acta.pdf");
  const Said said = assistant.take(turn);
  CHECK(said.route == "files.received");
  CHECK(said.outcome() == "recorded");
  CHECK(said.shows("Recibo su archivo"));
  assistant.take(turn);
  const storage::ReceivedFile file = waiting(assistant);
  CHECK(said.field("files") == file.id);
  CHECK(file.url == "https://entidad.sharepoint.com/x");

  keep(assistant, file);
  const auto content = receipt(assistant, file);
  REQUIRE(content);
  REQUIRE(content->card);
  CHECK(content->card->summary == "Recibí acta.pdf, 2,1 MB");
  CHECK(content->card->json.find("aaaaaaaa aaaaaaaa") != std::string::npos);
  CHECK(content->card->json.find("ss:" + request) != std::string::npos);

  const Said linked = assistant.presses(liaison_com, cards::verb::file_link,
                                        {{"archivo", file.id}, {"destino", "ss:" + request}});
  CHECK(linked.outcome() == "recorded");
  CHECK(linked.field("to") == "ss:" + request);
  CHECK(linked.shows("Vinculado a"));
  auto files = assistant.database().read(
      [&](storage::Session& s) { return storage::files_linked_to(s, "ss:" + request); });
  REQUIRE(files);
  REQUIRE(files->size() == 1);
  CHECK(files->front().id == file.id);
}

TEST_CASE("a file is linked by its sender only, and only to what that person has recorded or filed (R-51)") {
  Assistant assistant;
  const std::string request = own_request(assistant, liaison_com);
  assistant.take(with_file(assistant, liaison_com, "acta.pdf"));
  const storage::ReceivedFile file = waiting(assistant);
  const Values good = {{"archivo", file.id}, {"destino", "ss:" + request}};
  CHECK(assistant.presses(liaison_com, cards::verb::file_link, good).error);  // its bytes are not here
  keep(assistant, file);
  CHECK(assistant.presses(liaison_dir, cards::verb::file_link, good).error->code == ErrorCode::not_found);
  for (const char* target : {"", "ss:SS-2026-9999", "avance:1", "otra cosa"}) {
    CAPTURE(target);
    const Said said =
        assistant.presses(liaison_com, cards::verb::file_link, {{"archivo", file.id}, {"destino", target}});
    REQUIRE(said.error);
    CHECK(said.error->code == ErrorCode::invalid);
  }
  CHECK(assistant.presses(liaison_com, cards::verb::file_link, good).outcome() == "recorded");
}

TEST_CASE("a file proves what was done about a recommendation for the own process (R-34, R-51)") {
  Assistant assistant;
  assistant.change(
      "INSERT INTO recommendations (id, report_id, process_id, practice, observed, suggestion, state) VALUES"
      " ('REC-SENT', 'REP-DIR-2026-T3', 'DIR', 'planes', 'a', 'Actualice el plan', 'enviada'),"
      " ('REC-DRAFT', 'REP-DIR-2026-T3', 'DIR', 'planes', 'a', 'b', 'borrador')");
  assistant.take(with_file(assistant, liaison_dir, "acta.pdf"));
  const storage::ReceivedFile file = waiting(assistant);
  keep(assistant, file);
  const auto card = receipt(assistant, file);
  REQUIRE(card);
  CHECK(card->card->json.find("Actualice el plan") != std::string::npos);
  CHECK(card->card->json.find("REC-DRAFT") == std::string::npos);
  const auto link = [&](const char* target) {
    return assistant.presses(liaison_dir, cards::verb::file_link,
                             {{"archivo", file.id}, {"destino", target}});
  };
  CHECK(link("recomendacion:REC-DRAFT").error->code == ErrorCode::invalid);
  CHECK(link("recomendacion:REC-SENT").field("to") == "recomendacion:REC-SENT");
}

TEST_CASE("strangers, groups and types that are not taken get a sentence and leave nothing behind") {
  Assistant assistant;
  CHECK(assistant.take(with_file(assistant, stranger, "acta.pdf")).error->code == ErrorCode::refused);
  Turn in_group = with_file(assistant, liaison_com, "acta.pdf");
  in_group.place = Place::group;
  CHECK(assistant.take(in_group).error->code == ErrorCode::refused);
  const Said program = assistant.take(with_file(assistant, liaison_com, "acta.exe"));
  REQUIRE(program.error);
  CHECK(program.error->message.find("pdf") != std::string::npos);
  auto files = assistant.database().read([](storage::Session& s) { return storage::waiting_files(s, 10); });
  REQUIRE(files);
  CHECK(files->empty());
}

TEST_CASE("a refused file tells why, and one that still waits says nothing yet") {
  Assistant assistant;
  assistant.take(with_file(assistant, liaison_com, "acta.pdf"));
  storage::ReceivedFile file = waiting(assistant);
  auto nothing = assistant.database().read([&](storage::Session& session) {
    return render_message(session, *assistant.reference().current(),
                          file_receipt_message(file, assistant.now()), assistant.now());
  });
  REQUIRE(nothing);
  CHECK_FALSE(*nothing);
  file.state = "refused";
  file.reason = "El enlace del archivo ya venció.";
  REQUIRE(assistant.database().write(
      [&](storage::Session& session) { storage::end_received_file(session, file); }));
  const auto content = receipt(assistant, file);
  REQUIRE(content->card);
  CHECK(content->card->json.find("El enlace del archivo ya venció.") != std::string::npos);
}

TEST_CASE("a file is offered to its sender, and to whoever sees what it is evidence of (R-51)") {
  Assistant assistant;
  const std::string request = own_request(assistant, liaison_com);
  assistant.take(with_file(assistant, liaison_com, "acta.pdf"));
  const storage::ReceivedFile file = waiting(assistant);
  const Values named = {{"archivo", file.id}};
  const auto asks = [&](const char* person) {
    return assistant.presses(person, cards::verb::file_request, named);
  };
  CHECK(asks(liaison_com).error->code == ErrorCode::not_found);  // its bytes are not here
  keep(assistant, file);
  CHECK(asks(advisor_com).error->code == ErrorCode::not_found);  // evidence of nothing yet
  const Said own = asks(liaison_com);
  REQUIRE(own.outcome() == "file_offered");
  REQUIRE(own.reply.notices.size() == 1);
  CHECK(own.reply.notices[0].content.offer->name == "acta.pdf");
  CHECK(own.reply.notices[0].content.offer->size == 2'202'010);

  REQUIRE(
      assistant
          .presses(liaison_com, cards::verb::file_link, {{"archivo", file.id}, {"destino", "ss:" + request}})
          .outcome() == "recorded");
  const Said seen = assistant.presses(advisor_com, cards::verb::request_view, {{"ss", request}});
  CHECK(seen.shows("acta.pdf"));
  CHECK(seen.shows("aaaaaaaaaaaaaaaa"));
  for (const char* person : {leader_com, advisor_com, coordination}) {
    CAPTURE(person);
    const Said said = asks(person);
    REQUIRE(said.outcome() == "file_offered");
    CHECK(said.reply.notices[0].aad_object_id == assistant.person(person).aad_object_id);
    CHECK(said.field("sha256") == std::string(64, 'a'));
  }
  for (const char* person : {liaison_dir, internal_control}) {
    CAPTURE(person);
    CHECK(asks(person).error->code == ErrorCode::not_found);
  }
}

TEST_CASE(
    "evidence stays with its SS when the SMGI gives the number; an old card still links to it (R-40, R-44)") {
  Assistant assistant;
  const Said filed = assistant.presses(liaison_com, cards::verb::request_file,
                                       {{"tipo", "SS-1"},
                                        {"proceso", "COM"},
                                        {"practica", "planes"},
                                        {"asunto", "Corregir agosto"},
                                        {"elemento", "PAI-COM-02-T2"},
                                        {"valor_actual", "60"},
                                        {"valor_solicitado", "65"},
                                        {"justificacion", "Faltaba un boletín."},
                                        {"evidencia", "El boletín"}});
  REQUIRE_MESSAGE(filed.outcome() == "request_filed", filed.outcome());
  const std::string provisional = filed.field("request");
  const auto sends_and_links = [&](const char* name) {
    assistant.take(with_file(assistant, liaison_com, name));
    const storage::ReceivedFile file = waiting(assistant);
    keep(assistant, file);
    return assistant.presses(liaison_com, cards::verb::file_link,
                             {{"archivo", file.id}, {"destino", "ss:" + provisional}});
  };
  REQUIRE(sends_and_links("antes.pdf").outcome() == "recorded");
  REQUIRE_FALSE(assistant
                    .presses(advisor_com, cards::verb::request_confirm,
                             {{"ss", provisional}, {"numero_smgi", "SS-2026-0999"}})
                    .error);
  const Said late = sends_and_links("despues.pdf");
  CHECK(late.field("to") == "ss:SS-2026-0999");
  CHECK(late.shows("Vinculado a"));
  const Said seen = assistant.presses(advisor_com, cards::verb::request_view, {{"ss", "SS-2026-0999"}});
  CHECK(seen.shows("antes.pdf"));
  CHECK(seen.shows("despues.pdf"));
}

TEST_CASE("the file of a record stands where the record is verified (R-19)") {
  Assistant assistant("2026-11-05T09:00:00-05:00");
  const std::string record = save_task(assistant);
  assistant.take(with_file(assistant, liaison_com, "acta.pdf"));
  const storage::ReceivedFile file = waiting(assistant);
  keep(assistant, file);
  REQUIRE(assistant
              .presses(liaison_com, cards::verb::file_link,
                       {{"archivo", file.id}, {"destino", "avance:" + record}})
              .outcome() == "recorded");
  const Said view = assistant.presses(advisor_com, cards::verb::verify_record, {{"registro", record}});
  CHECK(view.shows("acta.pdf"));
  CHECK(view.shows("aaaaaaaaaaaaaaaa"));
  const Said asked = assistant.presses(advisor_com, cards::verb::file_request, {{"archivo", file.id}});
  CHECK(asked.outcome() == "file_offered");
  CHECK(assistant.presses(advisor_dir, cards::verb::file_request, {{"archivo", file.id}}).error);
}
