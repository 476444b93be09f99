// What the process says about its report and how it is decided, to the published final one (R-31, R-35 to
// C-09, C-10).
#include "handlers/controls/control_handler.hpp"
#include "handlers/reports/transitions.hpp"
#include "storage/mail_outbox.hpp"
#include "tests/handlers/report_scene.hpp"

#include <filesystem>
#include <set>
#include <utility>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;

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
  contests(assistant);
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

TEST_CASE(
    "a preventive report from justification and SS-4 to the published final one (R-36, R-37, R-44, R-47)") {
  Assistant assistant;
  const std::string line = missing_line(assistant);
  REQUIRE(assistant.presses(leader_com, verb::report_justify, justification(line)).outcome() ==
          "report_justified");
  const std::string ss = contests(assistant);
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
    if (missing && line_value(one) != line) other = line_value(one);
  }
  REQUIRE_FALSE(other.empty());
  Values applying = {{"ss", ss}, {"linea", other}, {"estado", "cumplida"}};
  CHECK(assistant.presses(advisor_com, verb::request_apply, applying).error);  // not approved yet
  decides(assistant, ss, "aprobada");
  CHECK(assistant.presses(advisor_com, verb::report_view, of()).shows("Falta aplicarla"));
  CHECK(assistant.presses(advisor_com, verb::report_settle, of()).error);
  const Said form = assistant.presses(advisor_com, verb::request_step, {{"ss", ss}, {"paso", "aplicar"}});
  CHECK(form.shows(other));
  const Said adjusted = assistant.presses(advisor_com, verb::request_apply, applying);
  REQUIRE_MESSAGE(adjusted.outcome() == "request_applied", adjusted.outcome());
  CHECK(adjusted.field("old_value") == "Sin registro");
  CHECK(adjusted.field("new_value") == "Registrado a tiempo");
  // The control point of activity 6 needs a person before the report is final.
  CHECK(look(assistant).settled == 0);
  CHECK(assistant.presses(advisor_com, verb::report_settle, of()).error);
  const Said waiting = assistant.presses(advisor_com, verb::report_view, of());
  CHECK(waiting.shows("punto de control de la actividad 6"));
  // Four eyes: not the advisor who decided, but the coordination, whom the digest tells so.
  CHECK_FALSE(assistant.presses(advisor_com, verb::control_list).shows(ss));
  CHECK(assistant.presses(coordination, verb::control_list).shows(ss));
  const Said seen =
      assistant.presses(advisor_com, verb::control_open, {{"punto", "6"}, {"asunto", "request:" + ss}});
  CHECK_FALSE(seen.shows("Su confirmación"));
  CHECK(seen.shows("Lo confirma otra persona."));
  const Said own = confirms(assistant, ss, "conforme", advisor_com);
  REQUIRE(own.error);
  CHECK(own.error->message == "Esto lo hizo usted. El punto de control lo confirma otra persona.");
  const auto told = [&](const char* person) {
    return reading(assistant.database(), [&](Session& s) {
      return controls::adjustment_lines(s, *assistant.reference().current(), person, assistant.now());
    });
  };
  CHECK(told(advisor_com).empty());
  REQUIRE(told(coordination).size() == 1);
  CHECK(told(coordination)[0].text.find("pertinente") != std::string::npos);
  REQUIRE(confirms(assistant, ss).outcome() == "control_confirmed");
  CHECK(told(coordination).empty());
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

TEST_CASE(
    "an SS-4 whose decision nobody has confirmed keeps the report in adjustment; refused once, confirmed "
    "later (R-44)") {
  Assistant assistant;
  const std::string ss = contests(assistant);
  const Said early = confirms(assistant, ss);  // there is no decision to confirm
  REQUIRE(early.error);
  CHECK(early.error->message.find("aún no está decidida") != std::string::npos);
  decides(assistant, ss, "rechazada");
  const Said blocked = assistant.presses(leader_com, verb::report_accept, of());
  REQUIRE(blocked.error);
  assistant.move_to(too_late);
  look(assistant);
  CHECK(report(assistant).state == ReportState::in_adjustment);
  // Not by who filed it, not by somebody without the process, and not while something is wrong.
  CHECK(confirms(assistant, ss, "conforme", leader_com).error);
  CHECK(confirms(assistant, ss, "conforme", advisor_dir).error);
  REQUIRE(confirms(assistant, ss, "no_conforme").outcome() == "control_confirmed");
  CHECK(look(assistant).settled == 0);
  REQUIRE(confirms(assistant, ss, "con_observaciones").outcome() == "control_confirmed");
  CHECK(look(assistant).settled == 1);
  CHECK(report(assistant).state == ReportState::final_version);
  CHECK(look(assistant).settled == 0);
  CHECK(model(assistant, procedure::ReportKind::final_report).answers.at(0).resolution == "rechazada");
}

TEST_CASE("a confirmation given under the provisional number counts when the SMGI gives its own (R-55)") {
  Assistant assistant;
  const std::string ss = contests(assistant);
  decides(assistant, ss, "rechazada");
  REQUIRE(confirms(assistant, ss).outcome() == "control_confirmed");
  REQUIRE(assistant.presses(advisor_com, verb::request_confirm, {{"ss", ss}, {"numero_smgi", "SS-2026-0900"}})
              .outcome() == "request_number_recorded");
  CHECK(assistant.presses(leader_com, verb::report_accept, of()).field("to") == "final");
  CHECK(model(assistant, procedure::ReportKind::final_report).answers.back().id == "SS-2026-0900");
}

TEST_CASE("an SS-4 accepted in part says so in the final report (R-36)") {
  Assistant assistant;
  const std::string line = missing_line(assistant), ss = contests(assistant);
  decides(assistant, ss, "aprobada_parcial");
  const Values applying = {{"ss", ss}, {"linea", line}, {"estado", "cumplida_extemporanea"}};
  REQUIRE(assistant.presses(advisor_com, verb::request_apply, applying).outcome() == "request_applied");
  REQUIRE(confirms(assistant, ss).outcome() == "control_confirmed");
  REQUIRE(assistant.presses(leader_com, verb::report_accept, of()).field("to") == "final");
  const auto built = model(assistant, procedure::ReportKind::final_report);
  CHECK(built.answers.back().resolution == "aceptada_en_parte");
  CHECK(built.answers.back().resolution_reason == "No procede.");
  const auto change = std::find_if(built.changes.begin(), built.changes.end(),
                                   [&](const auto& one) { return one.field == "estado"; });
  REQUIRE(change != built.changes.end());
  CHECK(change->before == "sin registro");
  CHECK(change->reason.find(ss) != std::string::npos);
}

TEST_CASE("applying an SS-4 asks for a line of its report and refuses one of a final report (R-38, R-44)") {
  Assistant assistant;
  const std::string line = missing_line(assistant), ss = contests(assistant);
  decides(assistant, ss, "aprobada");
  struct Case {
    const char* line;
    const char* state;
    const char* says;
  };
  const Case cases[] = {{"", "", "Elija la línea"},
                        {"planes|OTRA|2026-09", "cumplida", "Elija la línea"},
                        {line.c_str(), "futura", "Elija la línea"},
                        {line.c_str(), "vencida", "ya dice eso"},
                        {"ninguna", "", "Escriba qué decía"}};
  for (const Case& each : cases) {
    CAPTURE(each.line);
    CAPTURE(each.state);
    const Said said = assistant.presses(advisor_com, verb::request_apply,
                                        {{"ss", ss}, {"linea", each.line}, {"estado", each.state}});
    REQUIRE(said.error);
    CHECK(said.error->message.find(each.says) != std::string::npos);
  }
  assistant.change("UPDATE follow_up_reports SET state = 'final' WHERE id = 'REP-COM-2026-T3'");
  const Said late = assistant.presses(advisor_com, verb::request_apply,
                                      {{"ss", ss}, {"linea", line}, {"estado", "cumplida"}});
  REQUIRE(late.error);
  CHECK(late.error->message.find("fe de erratas") != std::string::npos);
  CHECK(assistant
            .presses(advisor_com, verb::request_apply,
                     {{"ss", ss}, {"valor_anterior", "Dice A"}, {"valor_nuevo", "Dice B"}})
            .outcome() == "request_applied");
}
