// Follow-up reports: drafts, sending, reminders, extension (R-25 to; C-03, C-04).
#include "handlers/reports/transitions.hpp"
#include "storage/mail_outbox.hpp"
#include "tests/handlers/report_scene.hpp"

#include <filesystem>
#include <set>
#include <utility>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;

TEST_CASE("closing a cycle gives each process one draft, and again none (R-25, C-03)") {
  Assistant assistant("2027-01-27T08:00:00-05:00");
  const auto reference = assistant.reference().current();
  assistant.move_to("2027-01-25T08:00:00-05:00");
  CHECK(reports::build_due_drafts(assistant.database(), *reference, assistant.now()).value() == 0);
  assistant.move_to("2027-01-27T08:00:00-05:00");
  CHECK(reports::build_due_drafts(assistant.database(), *reference, assistant.now()).value() == 24);
  CHECK(reports::build_due_drafts(assistant.database(), *reference, assistant.now()).value() == 0);
  std::set<std::string> processes;
  for (const auto& draft : reading(assistant.database(), [](Session& session) {
         return storage::reports_in_state(session, ReportState::draft);
       })) {
    if (draft.cycle == "2026-T4") processes.insert(draft.process_id);
  }
  CHECK(processes.size() == 24);
}

TEST_CASE("with 24 processes and no report yet, closing 2026-T3 yields 24 reports, one each (R-25, C-03)") {
  const storage::test::TemporaryFolder folder;
  std::vector<std::filesystem::path> paths = {std::filesystem::path(tests::source_dir) /
                                              "tests/data/guidelines"};
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(tests::source_dir) /
                                                               "tests/data/ministry")) {
    const std::string name = entry.path().filename().string();
    const bool is_history = name == "reportes_seguimiento.csv" || name == "recomendaciones.csv";
    if (!is_history && entry.path().extension() == ".csv") paths.push_back(entry.path());
  }
  storage::test::import_into(folder.url(), paths);
  const auto database = storage::test::open_store(folder.url());
  ReferenceSource reference(*database);
  const Instant now = instant("2026-10-27T07:00:00-05:00");
  REQUIRE(reference.refresh(now));
  const auto before = instant("2026-10-22T07:00:00-05:00");
  CHECK(reports::build_due_drafts(*database, *reference.current(), before).value() == 0);
  CHECK(reports::build_due_drafts(*database, *reference.current(), now).value() == 24);
  CHECK(reports::build_due_drafts(*database, *reference.current(), now).value() == 0);
  const auto drafts = reading(
      *database, [](Session& session) { return storage::reports_in_state(session, ReportState::draft); });
  std::set<std::string> processes;
  for (const auto& draft : drafts) {
    CHECK(draft.cycle == "2026-T3");
    processes.insert(draft.process_id);
  }
  CHECK(drafts.size() == 24);
  CHECK(processes.size() == 24);
  // What the product suggests by itself can be sent as it is.
  for (const auto& draft : drafts) {
    CHECK(reading(*database, [&](Session& session) {
            return reports::language_problems(session, draft);
          }).empty());
  }
}

TEST_CASE("the figures of a report are those of its lines and each line names its record (R-26)") {
  const Assistant assistant;
  const auto built = model(assistant, procedure::ReportKind::preventive);
  REQUIRE_FALSE(built.lines.empty());
  std::set<std::string> practices;
  for (const auto& line : built.lines) {
    practices.insert(line.practice);
    const bool recorded =
        line.state == procedure::ObligationState::met || line.state == procedure::ObligationState::met_late;
    CHECK(recorded == line.recorded_at.has_value());
    CHECK(recorded == !line.record_id.empty());
  }
  CHECK(practices.size() >= 6);
  int lines = 0;
  for (const auto& figures : built.practices) {
    CHECK(figures.obligations == figures.on_time + figures.late + figures.missing);
    lines += figures.obligations + figures.not_yet_due;
  }
  CHECK(lines == static_cast<int>(built.lines.size()));
}

TEST_CASE("the advisor sends: card and mail for the leader and each liaison and nobody else (R-28, C-04)") {
  const Assistant assistant;
  // The liaison's term ended the day before.
  assistant.change(
      "UPDATE role_grants SET until = '2026-11-11' WHERE role = 'enlace' AND process_id = 'CID'"
      " AND principal = 1");
  const std::string id = "REP-CID-2026-T3";
  const std::string advisor = report(assistant, id).advisor_id;
  verifies(assistant, id);
  const Said sent = assistant.presses(advisor, verb::report_send, of(id.c_str()));
  REQUIRE_MESSAGE(sent.outcome() == "report_sent", sent.outcome());
  const storage::FollowUpReport stored = report(assistant, id);
  CHECK(stored.state == ReportState::in_validation);
  CHECK(stored.deadline_on == make_date(2026, 11, 27));
  CHECK(stored.explanation.find("2026-11-16") != std::string::npos);  // the holiday inside, with its norm
  CHECK(sent.field("from") == "borrador");
  CHECK(sent.field("to") == "en_validacion");
  std::set<std::string> teams, mails, expected;
  for (const auto& one : reading(assistant.database(), [&](Session& session) {
         return storage::deliveries_of(session, "report:" + id + ":v1:");
       })) {
    (one.channel == "mail" ? mails : teams).insert(one.key.substr(one.key.rfind(':') + 1));
  }
  for (const procedure::Person& person : reading(assistant.database(), [&](Session& session) {
         return storage::people_with_role(session, procedure::Role::liaison, "CID", make_date(2026, 11, 12));
       })) {
    expected.insert(person.id);
  }
  expected.insert(assistant.reference().current()->process("CID")->leader_id);
  CHECK(teams == expected);
  CHECK(mails == expected);
  for (const auto& one : recommendations(assistant, id)) {
    CHECK(one.state == procedure::RecommendationState::sent);
  }
  // A second press of the same button sends nothing.
  CHECK(assistant.presses(advisor, verb::report_send, of(id.c_str())).outcome().find("report_sent") ==
        std::string::npos);
}

TEST_CASE("a text that is not in plain language is not sent, and says why (R-27)") {
  const Assistant assistant;
  const std::string advisor = report(assistant, "REP-CID-2026-T3").advisor_id;
  Values values = of("REP-CID-2026-T3");
  values["introduccion"] = "El PCN no tiene prueba.";
  const Said refused = assistant.presses(advisor, verb::report_send, values);
  CHECK(refused.outcome() == "report_language_refused");
  CHECK(refused.shows("Explique la sigla PCN"));
  CHECK(refused.shows("El PCN no tiene prueba."));
  CHECK(report(assistant, "REP-CID-2026-T3").state == ReportState::draft);

  Values bad = {{"reporte", "REP-CID-2026-T3"}, {"recomendacion", ""}, {"practica", "planes"}};
  bad.insert({{"observado", "Su puntaje es bajo"}, {"sugerencia", ""}, {"fecha", ""}});
  const Said unsaved = assistant.presses(advisor, verb::recommendation_save, bad);
  CHECK(unsaved.outcome() == "recommendation_refused");
  CHECK(recommendations(assistant, "REP-CID-2026-T3").size() == 2);
  bad["observado"] = "Faltan dos registros";
  bad["sugerencia"] = "Registre los avances";
  bad["fecha"] = "2026-12-10";
  CHECK(assistant.presses(advisor, verb::recommendation_save, bad).outcome() == "recommendation_saved");
  CHECK(recommendations(assistant, "REP-CID-2026-T3").size() == 3);
  values["introduccion"] = "Este es su reporte del trimestre.";
  verifies(assistant, "REP-CID-2026-T3");
  CHECK(assistant.presses(advisor, verb::report_send, values).outcome() == "report_sent");
  CHECK(assistant.presses(advisor, verb::recommendation_save, bad).error ==
        std::nullopt);  // a correction follows
}

TEST_CASE("no report leaves before a named person has confirmed that what was recorded is verified (R-19)") {
  const Assistant assistant;
  const std::string id = "REP-CID-2026-T3", advisor = report(assistant, id).advisor_id;
  const std::string subject = procedure::verification_subject("CID", "2026-T3");
  Values values = of(id.c_str());
  values["introduccion"] = "Este es su reporte del trimestre.";
  const Said blocked = assistant.presses(advisor, verb::report_send, values);
  CHECK(blocked.outcome() == "report_control_missing");
  CHECK(blocked.shows("falta el punto de control"));
  CHECK(blocked.shows("Este es su reporte del trimestre."));  // what was typed is kept
  CHECK(blocked.shows(subject));
  CHECK(report(assistant, id).state == ReportState::draft);
  CHECK(assistant.says(advisor, "puntos de control").shows(subject));

  // A result that is not conforming holds it back, too.
  const auto confirm = [&](const char* result) {
    return assistant.presses(advisor, verb::control_confirm,
                             {{"punto", "4"},
                              {"asunto", subject},
                              {"resultado", result},
                              {"observacion", "Falta una evidencia."}});
  };
  CHECK_FALSE(confirm("no_conforme").shows("Abrir el reporte"));
  CHECK(assistant.presses(advisor, verb::report_send, values).outcome() == "report_control_missing");
  CHECK(confirm("con_observaciones").shows("Abrir el reporte"));
  CHECK_FALSE(
      assistant.presses(advisor, verb::report_view, of(id.c_str())).shows("falta el punto de control"));
  CHECK(assistant.presses(advisor, verb::report_send, values).outcome() == "report_sent");
}

TEST_CASE("only the advisor of the process prepares, sends, decides and publishes its report (R-51)") {
  const Assistant assistant;
  for (const char* person :
       {leader_com, liaison_com, owner_com, advisor_dir, coordination, head, internal_control}) {
    for (const char* button : {verb::report_edit, verb::report_save, verb::report_send, verb::report_settle,
                               verb::report_publish, verb::report_erratum}) {
      CAPTURE(person);
      CAPTURE(button);
      CHECK(assistant.presses(person, button, of()).error);
    }
  }
  for (const char* person : {owner_com, advisor_com, leader_dir, coordination, internal_control}) {
    CAPTURE(person);
    CHECK(assistant.presses(person, verb::report_accept, of()).error);
    CHECK(assistant.presses(person, verb::report_justify, justification("todo")).error);
  }
}

TEST_CASE("the card always says the last day and the business days left (R-30)") {
  Assistant assistant;
  const Said shown = assistant.presses(leader_com, verb::report_view, of());
  CHECK(shown.outcome() == "report_shown");
  CHECK(shown.shows("Vence el 23 de noviembre de 2026, le quedan 6 días hábiles"));
  for (const char* button :
       {"Aceptar", "Justificar con evidencia", "Pedir ajuste (SS-4)", "Pedir asesoría"}) {
    CHECK(shown.shows(button));
  }
  assistant.move_to("2026-11-23T08:00:00-05:00");
  CHECK(assistant.presses(leader_com, verb::report_view, of()).shows("Vence hoy, 23 de noviembre de 2026"));
  CHECK(assistant.says(leader_com, "reportes").shows("En validación"));
  CHECK_FALSE(assistant.says(leader_com, "reportes").shows("Direccionamiento"));
}

TEST_CASE("whoever sees many processes asks for the reports of one by its name") {
  Assistant assistant;
  for (const char* person : {coordination, internal_control}) {
    CAPTURE(person);
    const Said shown = assistant.says(person, "Reportes de gestión de comunicaciones");
    CHECK(shown.outcome() == "report_windows_shown");
    CHECK(shown.shows("Gestión de Comunicaciones"));
    CHECK_FALSE(shown.shows("Política Fiscal"));
  }
  // A name adds no right.
  CHECK(assistant.says(leader_dir, "reportes de gestión de comunicaciones").shows("No hay reportes"));
}

TEST_CASE("reminders go on days 5, 8 and 10 to whoever has not answered (R-33)") {
  Assistant assistant;
  const auto lines_of = [&](const char* person) {
    const auto lines = reading(assistant.database(), [&](Session& session) {
      return reports::validation_lines(session, *assistant.reference().current(), person, assistant.now());
    });
    std::vector<std::string> keys;
    for (const auto& line : lines) keys.push_back(line.key);
    return keys;
  };
  using Keys = std::vector<std::string>;
  CHECK(lines_of(leader_com).empty());  // day 4
  assistant.move_to("2026-11-13T08:00:00-05:00");
  CHECK(lines_of(leader_com) == Keys{"validacion/REP-COM-2026-T3|v1|5"});
  assistant.move_to("2026-11-19T08:00:00-05:00");
  CHECK(lines_of(leader_com) == Keys{"validacion/REP-COM-2026-T3|v1|8"});
  REQUIRE(assistant.presses(liaison_com, verb::report_accept, of()).outcome() == "report_accepted");
  assistant.move_to("2026-11-23T08:00:00-05:00");
  CHECK(lines_of(leader_com) == Keys{"validacion/REP-COM-2026-T3|v1|10"});
  CHECK(lines_of(liaison_com).empty());
  assistant.move_to(too_late);
  CHECK(lines_of(leader_com).empty());
  // That it ended is a line of the digest like the others, and no card of its own.
  const auto messages = [&] {
    return reading(assistant.database(),
                   [](Session& session) { return storage::list_outbox(session, std::nullopt, 1000).size(); });
  };
  const std::size_t before = messages();
  look(assistant);
  CHECK(messages() == before);
  for (const char* person : {leader_com, liaison_com}) {
    CHECK(lines_of(person) == Keys{"validacion/REP-COM-2026-T3|v1|cerrada"});
  }
  CHECK(lines_of("U-024").empty());  // a liaison of another process
  assistant.move_to("2026-12-01T00:00:00-05:00");
  CHECK(lines_of(leader_com).empty());
}

TEST_CASE("a window that the leader closed is not told to have ended (R-33)") {
  Assistant assistant;
  REQUIRE(assistant.presses(leader_com, verb::report_accept, of()).outcome() == "report_accepted");
  assistant.move_to(too_late);
  look(assistant);
  const auto lines = reading(assistant.database(), [&](Session& session) {
    return reports::validation_lines(session, *assistant.reference().current(), leader_com, assistant.now());
  });
  CHECK(lines.empty());
}

TEST_CASE("a non-working day declared inside an open window extends it and the process is told (R-29)") {
  Assistant assistant;
  assistant.change(
      "INSERT INTO entity_days (day, name, norm, working) VALUES ('2026-11-18', 'Cierre', 'Resolución 1', "
      "0)");
  assistant.change("UPDATE counters SET value = value + 1 WHERE name = 'reference-revision'");
  assistant.move_to("2026-11-13T08:00:00-05:00");
  const auto done = look(assistant);
  CHECK(done.extended >= 20);
  CHECK(report(assistant).deadline_on == make_date(2026, 11, 24));
  CHECK(report(assistant).explanation.find("Resolución 1") != std::string::npos);
  CHECK(look(assistant).extended == 0);
  const auto told = reading(assistant.database(), [](Session& session) {
    return storage::deliveries_of(session, "report:REP-COM-2026-T3:extended:");
  });
  CHECK(told.size() >= 2);
  assistant.change("DELETE FROM entity_days WHERE day = '2026-11-18'");
  assistant.change("UPDATE counters SET value = value + 1 WHERE name = 'reference-revision'");
  assistant.move_to("2026-11-13T09:00:00-05:00");
  CHECK(look(assistant).extended == 0);
  CHECK(report(assistant).deadline_on == make_date(2026, 11, 24));  // never shorter
}

TEST_CASE("the advisor sees whom the report reached, by card and by mail; the process does not (R-28)") {
  Assistant assistant;
  const char* id = "REP-CID-2026-T3";
  const std::string advisor = report(assistant, id).advisor_id;
  verifies(assistant, id);
  REQUIRE(assistant.presses(advisor, verb::report_send, of(id)).outcome() == "report_sent");
  CHECK(assistant.presses(advisor, verb::report_view, of(id))
            .shows("Teams: llegó a 0 de 3 personas. En camino"));
  assistant.change("UPDATE outbox SET state = 'sent' WHERE key LIKE 'report:REP-CID-2026-T3:v1:%'");
  assistant.change("UPDATE outbox SET state = 'dead' WHERE key = 'report:REP-CID-2026-T3:v1:mail:U-107'");
  const Said seen = assistant.presses(advisor, verb::report_view, of(id));
  CHECK(seen.shows("Teams: llegó a 3 de 3 personas."));
  CHECK(seen.shows("Correo: llegó a 2 de 3 personas. No llegó a: " + assistant.person("U-107").name));
  CHECK_FALSE(seen.shows("Causa:"));  // none is kept
  assistant.change(
      "UPDATE outbox SET state = 'unreachable', reason = 'mail_off' WHERE key LIKE"
      " 'report:REP-CID-2026-T3:v1:mail:%'");
  assistant.change(
      "UPDATE outbox SET state = 'dead', reason = 'mail_refused: SMTP 550' WHERE key ="
      " 'report:REP-CID-2026-T3:v1:mail:U-107'");
  const Said why = assistant.presses(advisor, verb::report_view, of(id));
  CHECK(why.shows("Correo: llegó a 0 de 3 personas."));
  CHECK(why.shows("Causa: el servicio no tiene un servidor de correo."));
  CHECK(why.shows("No llegó a: " + assistant.person("U-107").name +
                  ". Causa: el servidor de correo rechazó el mensaje."));
  CHECK_FALSE(assistant.presses("U-107", verb::report_view, of(id)).shows("llegó a"));
}

TEST_CASE("a liaison who comes during the window inherits it with its deadline (R-28, R-29)") {
  Assistant assistant("2026-11-17T08:00:00-05:00");
  const Said before = assistant.presses(owner_com, verb::report_accept, of());
  REQUIRE(before.error);
  assistant.change(
      "INSERT INTO role_grants (person_id, role, process_id, since, until, principal, source) VALUES"
      " ('U-021', 'enlace', 'COM', '2026-11-18', NULL, 0, 'test')");
  assistant.change("UPDATE counters SET value = value + 1 WHERE name = 'reference-revision'");
  assistant.move_to("2026-11-18T08:00:00-05:00");
  const Said shown = assistant.presses(owner_com, verb::report_view, of());
  CHECK(shown.shows("23 de noviembre de 2026"));
  CHECK(assistant.presses(owner_com, verb::report_accept, of()).outcome() == "report_accepted");
  CHECK(report(assistant).deadline_on == make_date(2026, 11, 23));
}
