// A working session (mesa de trabajo): convened, in everybody's calendar by mail, held, written down, and
// what was agreed followed until it is done.
#include "storage/items_store.hpp"
#include "storage/working_sessions_store.hpp"
#include "tests/acceptance/ministry.hpp"
#include "tests/support/smtp_server.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <map>
#include <set>
#include <thread>

namespace pao::tests {
namespace {

using storage::test::reading;

// Mails that reached the server, once there are so many.
std::vector<ReceivedMail> mails_at(const SmtpServer& server, std::size_t count) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{20};
  while (server.mails().size() < count) {
    if (std::chrono::steady_clock::now() > until) FAIL("only " << server.mails().size() << " mails came");
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  }
  return server.mails();
}

std::string invitation_in(const ReadMail& mail) {
  for (const auto& [name, bytes] : mail.attachments) {
    if (name == "mesa.ics") return bytes;
  }
  FAIL("no invitation in: " << mail.subject);
  return {};
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE(
    "a working session: invitation by mail, reminder, minutes, and commitments that are followed (R-10)") {
  REQUIRE_MESSAGE(has_smtp_server(), "install python3-aiosmtpd");
  const storage::test::TemporaryFolder folder;
  const SmtpServer server(folder.path() / "smtp");
  Ministry ministry("2026-11-12T09:00:00-05:00",
                    {{"jobs.enabled", "true"},
                     {"mail.smtp_url", server.url()},
                     {"mail.from", "PAO Teams <pao@hacienda-demo.example.com>"}});
  const Person advisor = ministry.person("U-003"), leader = ministry.person("U-014"),
               liaison = ministry.person("U-015"), second = ministry.person("U-016"),
               owner = ministry.person("U-017");

  // Thursday 12 November, 9:00: the advisor convenes leader and liaisons of DIR for Friday week.
  const Seen form = advisor.says("convocar mesa de trabajo");
  const Pressed convened = advisor.presses(form.button("Convocar"), {{"asunto", "Cierre del plan de acción"},
                                                                     {"agenda", "1. Metas\n2. Fechas"},
                                                                     {"proceso", "DIR"},
                                                                     {"practica", "planes"},
                                                                     {"fecha", "2026-11-20"},
                                                                     {"hora", "09:00"},
                                                                     {"duracion", "60"},
                                                                     {"lugar", "Sala 3"},
                                                                     {"invitados", ""}});
  REQUIRE(convened.shown.shows("Mesa de trabajo: Cierre del plan de acción"));
  const Seen invited = liaison.receives("lo invita a una mesa de trabajo");
  CHECK(invited.shows("Sala 3"));
  leader.receives("lo invita a una mesa de trabajo");
  second.receives("lo invita a una mesa de trabajo");

  // The invitation reaches their mail boxes, and that of who convenes, as something a calendar reads.
  std::set<std::string> boxes;
  for (const ReceivedMail& one : mails_at(server, 4)) {
    const ReadMail mail = read_mail(folder.path(), one.message);
    boxes.insert(one.to.at(0));
    CHECK(holds(mail.subject, "mesa de trabajo, Cierre del plan de acción, 20 de noviembre de 2026"));
    CHECK(holds(mail.text, "1. Metas"));
    const std::string invitation = invitation_in(mail);
    CHECK(holds(invitation, "METHOD:REQUEST\r\n"));
    CHECK(holds(invitation, "DTSTART;TZID=America/Bogota:20261120T090000\r\n"));
    CHECK(holds(invitation, "SEQUENCE:0\r\n"));
  }
  CHECK(boxes == std::set<std::string>{
                     "silvestre.ceiba@hacienda-demo.example.com", "fabiola.ceiba@hacienda-demo.example.com",
                     "ulises.colibri@hacienda-demo.example.com", "leon.condor@hacienda-demo.example.com"});

  // Friday: it moves to another hour; calendars get a later version of the same entry.
  ministry.moves_to("2026-11-13T09:00:00-05:00");
  const Pressed opened = advisor.presses(advisor.says("mesas de trabajo").button("Abrir"));
  const Pressed move = advisor.presses(opened.shown.button("Cambiar fecha o lugar"));
  advisor.presses(move.shown.button("Guardar y avisar"), {{"fecha", "2026-11-20"},
                                                          {"hora", "10:30"},
                                                          {"duracion", "60"},
                                                          {"lugar", "Sala 3"},
                                                          {"motivo", "Cruce de agendas"}});
  CHECK(liaison.receives("La mesa de trabajo cambió de fecha o lugar").shows("Cruce de agendas"));
  for (const ReceivedMail& one : mails_at(server, 8)) {
    const std::string invitation = invitation_in(read_mail(folder.path(), one.message));
    if (holds(invitation, "SEQUENCE:0\r\n")) continue;
    CHECK(holds(invitation, "SEQUENCE:1\r\n"));
    CHECK(holds(invitation, "DTSTART;TZID=America/Bogota:20261120T103000\r\n"));
  }

  // Thursday 19 November, 8:00: the digest of the day before reminds of it.
  ministry.moves_to("2026-11-19T08:00:00-05:00");
  CHECK(liaison.receives("Cierre del plan de acción").shows("10:30 a. m."));

  // Friday 20 November, 11:35: the advisor writes who was there, what was said, and who does what.
  ministry.moves_to("2026-11-20T11:35:00-05:00");
  const Pressed held = advisor.presses(advisor.says("mesas de trabajo").button("Abrir"));
  const Pressed minutes = advisor.presses(held.shown.button("Registrar el acta"));
  CHECK(minutes.shown.prefilled("asistentes").find("Ulises Colibrí (demo)") != std::string::npos);
  const Pressed recorded = advisor.presses(minutes.shown.button("Guardar y enviar el acta"),
                                           {{"asistentes", "Fabiola Ceiba (demo)\nUlises Colibrí (demo)"},
                                            {"acta", "Se revisaron las metas del cierre."},
                                            {"compromiso_1", "Cargar las actas de octubre"},
                                            {"responsable_1", "U-017"},
                                            {"plazo_1", "2026-11-27"}});
  CHECK(recorded.shown.shows("Realizada"));
  const Seen told = liaison.receives("Acta de la mesa de trabajo");
  CHECK(told.shows("Se revisaron las metas del cierre."));
  CHECK(told.shows("Sol Chicalá (demo)"));
  CHECK(told.shows("León Cóndor (demo)"));  // who did not come
  owner.receives("Cargar las actas de octubre");
  CHECK(holds(read_mail(folder.path(), mails_at(server, 12).back().message).text, "Compromisos"));

  // The commitment is an item of the process, traced to the session, and followed like any other.
  const auto item = reading(ministry.store(), [](storage::Session& session) {
    for (const procedure::Item& one : storage::items_of(session, "DIR")) {
      if (one.name == "Cargar las actas de octubre") return one;
    }
    return procedure::Item{};
  });
  REQUIRE(item.kind == procedure::ItemKind::commitment);
  CHECK(item.owner_id == "U-017");
  CHECK(item.ends_on == make_date(2026, 11, 27));
  const std::string session_id = item.attributes.at("mesa_id");
  CHECK(told.shows(session_id));
  CHECK(told.shows(item.id));

  // Monday 30 November, 8:00: it was due on Friday and is not done; who owes it reads so.
  ministry.moves_to("2026-11-30T08:00:00-05:00");
  CHECK(owner.receives("Resumen del lunes 30 de noviembre de 2026").shows("Cargar las actas de octubre"));
  CHECK(ministry.registro_has("session_recorded"));
}

}  // namespace pao::tests
