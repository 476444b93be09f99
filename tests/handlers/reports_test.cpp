// Follow-up reports from both sides (R-25 to; C-03, C-04, C-06 to C-10).
#include "cards/verbs.hpp"
#include "handlers/reports/cycle.hpp"
#include "handlers/reports/report_model.hpp"
#include "handlers/reports/report_views.hpp"
#include "handlers/reports/transitions.hpp"
#include "storage/mail_outbox.hpp"
#include "storage/people_store.hpp"
#include "storage/recommendations_store.hpp"
#include "storage/reports_store.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <vector>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using procedure::ReportState;
using storage::Session;
using storage::test::instant;
using storage::test::reading;
using storage::test::writing;
namespace verb = pao::cards::verb;

namespace {

constexpr const char* com = "REP-COM-2026-T3";
constexpr const char* last_second = "2026-11-23T23:59:59-05:00";
constexpr const char* too_late = "2026-11-24T00:00:00-05:00";

storage::FollowUpReport report(const Assistant& assistant, const std::string& id = com) {
  const auto found =
      reading(assistant.database(), [&](Session& session) { return storage::find_report(session, id); });
  REQUIRE(found);
  return *found;
}

std::vector<storage::Recommendation> recommendations(const Assistant& assistant,
                                                     const std::string& id = com) {
  return reading(assistant.database(),
                 [&](Session& session) { return storage::recommendations_of(session, id); });
}

reports::WindowsDone look(const Assistant& assistant) {
  const auto done =
      reports::look_after_windows(assistant.database(), *assistant.reference().current(), assistant.now());
  REQUIRE(done);
  return *done;
}

procedure::ReportModel model(const Assistant& assistant, procedure::ReportKind kind,
                             const std::string& id = com) {
  const auto built = reading(assistant.database(), [&](Session& session) {
    return reports::build_model(session, *assistant.reference().current(), *storage::find_report(session, id),
                                kind, assistant.now());
  });
  return built;
}

// As the card of a report carries it; a draft is version 0.
Values of(const char* id = com) {
  return {{"reporte", id}, {"version", std::string_view(id) == com ? "1" : "0"}};
}

std::string missing_line(const Assistant& assistant) {
  for (const auto& line : model(assistant, procedure::ReportKind::preventive).lines) {
    if (line.state == procedure::ObligationState::overdue) return reports::line_value(line);
  }
  FAIL("the sample report has no missing line");
  return "";
}

Values justification(const std::string& line, const std::string& evidence = "incapacidad.pdf") {
  Values values = of();
  values.insert({{"linea", line}, {"texto", "La persona estuvo incapacitada"}, {"evidencia", evidence}});
  return values;
}

Values adjustment_request() {
  return {{"tipo", "SS-4"},
          {"proceso", "COM"},
          {"practica", "planes"},
          {"asunto", "Ajustar el reporte REP-COM-2026-T3"},
          {"elemento", "REP-COM-2026-T3"},
          {"valor_actual", "sin registro"},
          {"valor_solicitado", "registrado a tiempo"},
          {"justificacion", "El registro estaba en el SMGI"},
          {"evidencia", "pantalla.png"}};
}

bool tells(const Said& said, const procedure::Person& person) {
  return std::any_of(said.reply.notices.begin(), said.reply.notices.end(),
                     [&](const Notice& notice) { return notice.aad_object_id == person.aad_object_id; });
}

}  // namespace

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

TEST_CASE("only the advisor of the process prepares, sends, decides and publishes its report (R-51)") {
  const Assistant assistant;
  for (const char* person :
       {leader_com, liaison_com, owner_com, advisor_dir, coordination, head, internal_control}) {
    for (const char* button : {verb::report_edit, verb::report_save, verb::report_send, verb::report_adjust,
                               verb::report_settle, verb::report_publish, verb::report_erratum}) {
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
  CHECK(assistant.presses(advisor, verb::report_send, values).outcome() == "report_sent");
  CHECK(assistant.presses(advisor, verb::recommendation_save, bad).error ==
        std::nullopt);  // a correction follows
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

TEST_CASE("one second after the window closes every answer is refused (R-32, C-07)") {
  Assistant assistant(too_late);
  for (const char* person : {leader_com, liaison_com}) {
    for (const Said& refused :
         {assistant.presses(person, verb::report_accept, of()),
          assistant.presses(person, verb::report_justify, justification("todo")),
          assistant.presses(person, verb::recommendation_answer,
                            {{"recomendacion", "REC-COM-T3-1"}, {"respuesta", "aplicada"}})}) {
      REQUIRE(refused.error);
      CHECK(refused.error->code == ErrorCode::refused);
      CHECK(refused.error->message.find("siguiente reporte") != std::string::npos);
    }
  }
  assistant.move_to(last_second);
  CHECK(assistant.presses(leader_com, verb::report_accept, of()).outcome() == "report_accepted");
}

TEST_CASE("the leader's acceptance closes the window early; the recommendations go on (C-06)") {
  Assistant assistant;
  const Said accepted = assistant.presses(leader_com, verb::report_accept, of());
  REQUIRE_MESSAGE(accepted.outcome() == "report_accepted", accepted.outcome());
  CHECK(accepted.field("to") == "final");
  CHECK(tells(accepted, assistant.person(liaison_com)));
  CHECK(tells(accepted, assistant.person(advisor_com)));
  CHECK(report(assistant).response == "aceptado");
  for (const auto& one : recommendations(assistant)) CHECK(one.state == procedure::RecommendationState::sent);
  CHECK(assistant.presses(leader_com, verb::report_recommendations, of()).shows("Responder"));
  CHECK(assistant.presses(liaison_com, verb::report_justify, justification("todo")).error);
  assistant.move_to(last_second);
  CHECK(assistant
            .presses(liaison_com, verb::recommendation_answer,
                     {{"recomendacion", "REC-COM-T3-1"}, {"respuesta", "aplicada"}})
            .outcome() == "recommendation_answered");
  look(assistant);  // closes others
  CHECK(recommendations(assistant).at(1).state == procedure::RecommendationState::sent);
  assistant.move_to(too_late);
  CHECK(look(assistant).unanswered > 0);
  const auto after = recommendations(assistant);
  CHECK(after.at(0).id == "REC-COM-T3-1");
  CHECK(after.at(0).state == procedure::RecommendationState::applied);
  CHECK(after.at(1).state == procedure::RecommendationState::unanswered);
  CHECK(look(assistant).unanswered == 0);
}

TEST_CASE(
    "the liaison's acceptance waits for the leader and counts at the end when the leader says nothing") {
  Assistant assistant;
  const Said accepted = assistant.presses(liaison_com, verb::report_accept, of());
  CHECK(accepted.field("to") == "en_validacion");
  CHECK(tells(accepted, assistant.person(leader_com)));
  CHECK(assistant.presses(leader_com, verb::report_view, of()).shows("El enlace ya aceptó"));
  assistant.move_to(too_late);
  look(assistant);
  CHECK(report(assistant).state == ReportState::final_version);
  CHECK(report(assistant).response == "aceptado");
  CHECK(report(assistant).closed_at == instant(too_late));
  // Silence has its word.
  CHECK(report(assistant, "REP-DIR-2026-T3").response == "sin_pronunciamiento");
  CHECK(report(assistant, "REP-DIR-2026-T3").state == ReportState::final_version);
}

TEST_CASE("a justification without evidence is refused and one with it stays for OCI (R-35, C-09)") {
  Assistant assistant;
  const std::string line = missing_line(assistant);
  const Said refused = assistant.presses(liaison_com, verb::report_justify, justification(line, "  "));
  CHECK(refused.outcome() == "report_justification_refused");
  CHECK(refused.shows("Falta la evidencia"));
  CHECK(refused.shows("La persona estuvo incapacitada"));
  CHECK(reading(assistant.database(), [](Session& s) { return storage::responses_of(s, com); }).empty());
  CHECK(
      assistant.presses(liaison_com, verb::report_justify, justification("planes|OTRA|2026-09")).outcome() ==
      "report_justification_refused");
  const Said said = assistant.presses(liaison_com, verb::report_justify, justification(line));
  REQUIRE(said.outcome() == "report_justified");
  CHECK(tells(said, assistant.person(advisor_com)));
  const auto kept = reading(assistant.database(), [](Session& s) { return storage::responses_of(s, com); });
  REQUIRE(kept.size() == 1);
  CHECK(kept[0].evidence == "incapacidad.pdf");
  CHECK(assistant.presses(internal_control, verb::report_view, of()).error);  // not before it is published
}

TEST_CASE("with an SS-4 open at the end of the window the report goes to en_ajustes (C-10)") {
  Assistant assistant;
  REQUIRE(assistant.presses(leader_com, verb::request_file, adjustment_request()).outcome() ==
          "request_filed");
  const Said blocked = assistant.presses(leader_com, verb::report_accept, of());
  REQUIRE(blocked.error);
  CHECK(blocked.error->message.find("SS-4") != std::string::npos);
  assistant.move_to(too_late);
  look(assistant);
  CHECK(report(assistant).state == ReportState::in_adjustment);
  CHECK(report(assistant).response == "ajuste_solicitado");
  CHECK(report(assistant, "REP-CTR-2026-T3").state == ReportState::in_adjustment);  // of the sample
  CHECK(report(assistant, "REP-CRP-2026-T3").state == ReportState::in_adjustment);  // justified
  CHECK(assistant.presses(advisor_com, verb::report_settle, of()).error);
}

TEST_CASE("a preventive report from justification and SS-4 to the published final one (R-36, R-37, R-44)") {
  Assistant assistant;
  const std::string line = missing_line(assistant);
  REQUIRE(assistant.presses(leader_com, verb::report_justify, justification(line)).outcome() ==
          "report_justified");
  REQUIRE(assistant.presses(leader_com, verb::request_file, adjustment_request()).outcome() ==
          "request_filed");
  assistant.move_to("2026-11-24T09:00:00-05:00");
  look(assistant);
  REQUIRE(report(assistant).state == ReportState::in_adjustment);

  const auto responses =
      reading(assistant.database(), [](Session& s) { return storage::responses_of(s, com); });
  Values decision = {{"respuesta", responses.at(0).id}, {"decision", "aceptada"}, {"motivo", ""}};
  CHECK(assistant.presses(advisor_com, verb::report_resolve, decision).error);  // no reason
  decision["motivo"] = "La incapacidad está probada.";
  const Said resolved = assistant.presses(advisor_com, verb::report_resolve, decision);
  REQUIRE_MESSAGE(resolved.outcome() == "justification_resolved", resolved.outcome());
  CHECK(tells(resolved, assistant.person(leader_com)));
  CHECK(resolved.field("to") == "en_ajustes");                                  // the SS-4 is still open
  CHECK(assistant.presses(advisor_com, verb::report_resolve, decision).error);  // once

  std::string other;
  for (const auto& one : model(assistant, procedure::ReportKind::preventive).lines) {
    const bool missing = one.state == procedure::ObligationState::overdue;
    if (missing && reports::line_value(one) != line) other = reports::line_value(one);
  }
  REQUIRE_FALSE(other.empty());
  Values adjusting = {{"reporte", com}, {"ss", "PAO-2026-0001"}, {"linea", other}, {"estado", "cumplida"}};
  adjusting["motivo"] = "El registro estaba en el SMGI a tiempo.";
  CHECK(assistant.presses(advisor_com, verb::report_adjust, adjusting).error);  // not approved yet
  assistant.change(
      "UPDATE service_requests SET state = 'aprobada', decision = 'aprobada', reason = 'Procede'"
      " WHERE id = 'PAO-2026-0001'");
  const Said adjusted = assistant.presses(advisor_com, verb::report_adjust, adjusting);
  REQUIRE_MESSAGE(adjusted.outcome() == "report_adjusted", adjusted.outcome());
  const Said settled = assistant.presses(advisor_com, verb::report_settle, of());
  REQUIRE_MESSAGE(settled.outcome() == "report_final", settled.outcome());

  const auto final_model = model(assistant, procedure::ReportKind::final_report);
  REQUIRE(final_model.answers.size() == 2);
  for (const auto& answer : final_model.answers) {
    CHECK(answer.resolution == "aceptada");
    CHECK_FALSE(answer.resolution_reason.empty());
  }
  const auto change_of = [&](const std::string& value, const std::string& field) {
    for (const auto& change : final_model.changes) {
      if (change.practice + "|" + change.item_id + "|" + change.period == value && change.field == field) {
        return change;
      }
    }
    return procedure::LineChange{};
  };
  CHECK(change_of(line, "tratamiento").reason == "La incapacidad está probada.");
  CHECK(change_of(other, "estado").before == "sin registro");
  CHECK(change_of(other, "estado").after == "registrado a tiempo");
  CHECK(change_of(other, "estado").reason.find("PAO-2026-0001") != std::string::npos);
  for (const auto& change : final_model.changes) CHECK_FALSE(change.reason.empty());

  const Said published = assistant.presses(advisor_com, verb::report_publish, of());
  REQUIRE_MESSAGE(published.outcome() == "report_published", published.outcome());
  CHECK(published.field("fingerprint").size() == 64);
  CHECK(assistant.presses(advisor_com, verb::report_publish, of()).error);
  CHECK(assistant.presses(advisor_com, verb::report_send, of()).error);
  const auto changed = assistant.database().write(
      [](Session& session) { session.run("UPDATE report_publications SET document = 'otro'"); });
  CHECK_FALSE(changed);

  const Said read = assistant.presses(internal_control, verb::report_view, of());
  REQUIRE_MESSAGE(read.outcome() == "report_shown", read.outcome());
  for (const char* part : {"incapacidad.pdf", "La incapacidad está probada.", "PAO-2026-0001",
                           "Diferencias con el reporte preventivo", "No reemplaza la evaluación"}) {
    CAPTURE(part);
    CHECK(read.shows(part));
  }
  CHECK(assistant
            .presses(advisor_com, verb::report_erratum, {{"reporte", com}, {"texto", "Dice A, debe decir B"}})
            .outcome() == "erratum_added");
  CHECK(assistant.presses(leader_com, verb::report_view, of()).shows("Dice A, debe decir B"));
}

TEST_CASE("a corrected version replaces the one being validated and gives a new window") {
  Assistant assistant("2026-11-13T10:00:00-05:00");
  const Said again = assistant.presses(advisor_com, verb::report_send, of());
  REQUIRE_MESSAGE(again.outcome() == "report_sent", again.outcome());
  CHECK(report(assistant).version == 2);
  CHECK(report(assistant).deadline_on == make_date(2026, 11, 30));
  const auto windows = reading(assistant.database(), [](Session& s) { return storage::windows_of(s, com); });
  REQUIRE(windows.size() == 2);
  CHECK(windows[0].outcome == "sustituido");
  CHECK(windows[0].deadline_on == make_date(2026, 11, 23));
  CHECK(windows[1].outcome == "abierta");
  const Said old = assistant.presses(leader_com, verb::report_accept, of());  // version 1
  REQUIRE(old.error);
  CHECK(old.error->code == ErrorCode::conflict);
  assistant.move_to(too_late);
  look(assistant);
  CHECK(report(assistant).state == ReportState::in_validation);
}

TEST_CASE(
    "each recommendation has its own answer: applied, improvement action, does not apply (R-34, R-48)") {
  const Assistant assistant;
  Values answer = {{"recomendacion", "REC-COM-T3-1"}, {"respuesta", "convertida_en_mejora"}};
  CHECK(assistant.presses(leader_com, verb::recommendation_answer, answer).error);  // without its id
  answer["mejora"] = "MEJ-COM-02";
  CHECK(assistant.presses(leader_com, verb::recommendation_answer, answer).field("to") ==
        "convertida_en_mejora");
  CHECK(assistant.presses(leader_com, verb::recommendation_answer, answer).error);  // once
  const auto linked = reading(assistant.database(), [](Session& s) {
    return storage::recommendations_of_improvement(s, "MEJ-COM-02");
  });
  CHECK(std::any_of(linked.begin(), linked.end(), [](const auto& one) { return one.id == "REC-COM-T3-1"; }));
  Values aside = {{"recomendacion", "REC-COM-T3-2"}, {"respuesta", "no_procede"}, {"motivo", ""}};
  CHECK(assistant.presses(liaison_com, verb::recommendation_answer, aside).error);
  aside["motivo"] = "El proceso ya no tiene ese riesgo.";
  const Said said = assistant.presses(liaison_com, verb::recommendation_answer, aside);
  CHECK(said.field("to") == "no_procede");
  CHECK(tells(said, assistant.person(advisor_com)));
  // The final report waits for the advisor's comment.
  REQUIRE(assistant.presses(leader_com, verb::report_accept, of()).field("to") == "final");
  const Said waits = assistant.presses(advisor_com, verb::report_publish, of());
  REQUIRE(waits.error);
  CHECK(waits.error->message.find("REC-COM-T3-2") != std::string::npos);
  CHECK(assistant
            .presses(advisor_com, verb::recommendation_comment,
                     {{"recomendacion", "REC-COM-T3-2"}, {"comentario", "Se retira del mapa."}})
            .outcome() == "recommendation_commented");
  CHECK(assistant.presses(advisor_com, verb::report_publish, of()).outcome() == "report_published");
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

TEST_CASE("what was left unanswered comes back in the next report, reiterated (C-06)") {
  Assistant assistant("2027-01-27T08:00:00-05:00");
  look(assistant);
  const auto reference = assistant.reference().current();
  REQUIRE(reports::build_due_drafts(assistant.database(), *reference, assistant.now()).value() == 24);
  std::set<std::string> repeated;
  for (const auto& one : recommendations(assistant, "REP-COM-2026-T4")) repeated.insert(one.reiterates);
  CHECK(repeated.contains("REC-COM-T3-1"));
  CHECK(repeated.contains("REC-COM-T3-2"));
}
