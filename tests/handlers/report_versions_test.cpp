// A corrected version takes the place of the one that was sent: what was said before, what is added in
// between and what the process sees of it (procedure 5.4, R-28, R-33).
#include "storage/mail_outbox.hpp"
#include "tests/handlers/report_scene.hpp"

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;

namespace {

constexpr const char* day_five_of_second = "2026-11-23T08:00:00-05:00";
constexpr const char* after_second = "2026-12-01T00:00:00-05:00";

// Friday 13 November, 10:00: the second version leaves; its window goes until 30 November.
void sends_again(const Assistant& assistant) {
  verifies(assistant, com);
  REQUIRE(assistant.presses(advisor_com, verb::report_send, of()).outcome() == "report_sent");
  REQUIRE(report(assistant).version == 2);
}

std::vector<std::string> reminders_of(const Assistant& assistant, const char* person) {
  const auto lines = reading(assistant.database(), [&](Session& session) {
    return reports::validation_lines(session, *assistant.reference().current(), person, assistant.now());
  });
  std::vector<std::string> keys;
  for (const auto& line : lines) keys.push_back(line.key);
  return keys;
}

// The id of the draft that the advisor adds while the report is being validated.
std::string adds_a_draft(const Assistant& assistant) {
  const Said saved = assistant.presses(advisor_com, verb::recommendation_save,
                                       {{"reporte", com},
                                        {"recomendacion", ""},
                                        {"practica", "planes"},
                                        {"observado", "Nadie consulta el tablero"},
                                        {"sugerencia", "Consulte el tablero cada mes"},
                                        {"fecha", "2026-12-10"}});
  REQUIRE_MESSAGE(saved.outcome() == "recommendation_saved", saved.outcome());
  for (const auto& one : recommendations(assistant)) {
    if (one.state != procedure::RecommendationState::draft) continue;
    CHECK(saved.shows(one.id));  // in the editor
    return one.id;
  }
  FAIL("the draft is not there");
  return "";
}

bool has(const procedure::ReportModel& model, const std::string& recommendation) {
  return std::any_of(model.recommendations.begin(), model.recommendations.end(),
                     [&](const auto& one) { return one.id == recommendation; });
}

}  // namespace

TEST_CASE("whoever accepted a version that was replaced is reminded of the new one (R-33)") {
  Assistant assistant("2026-11-13T10:00:00-05:00");
  REQUIRE(assistant.presses(liaison_com, verb::report_accept, of()).outcome() == "report_accepted");
  REQUIRE(assistant.presses(leader_com, verb::report_view, of()).shows("El enlace ya aceptó"));
  sends_again(assistant);
  CHECK_FALSE(assistant.presses(leader_com, verb::report_view, of()).shows("El enlace ya aceptó"));
  assistant.move_to(day_five_of_second);
  CHECK(reminders_of(assistant, liaison_com) == std::vector<std::string>{"validacion/REP-COM-2026-T3|v2|5"});
  assistant.move_to(after_second);
  look(assistant);
  CHECK(report(assistant).state == ReportState::final_version);
  CHECK(report(assistant).response == "sin_pronunciamiento");
  CHECK(model(assistant, procedure::ReportKind::final_report).answers.empty());
}

TEST_CASE("what was justified stays with the report when a new version replaces it (R-33, R-35)") {
  Assistant assistant("2026-11-13T10:00:00-05:00");
  const std::string line = missing_line(assistant);
  REQUIRE(assistant.presses(leader_com, verb::report_justify, justification(line)).outcome() ==
          "report_justified");
  sends_again(assistant);
  assistant.move_to(day_five_of_second);
  CHECK(reminders_of(assistant, leader_com).empty());
  CHECK(reminders_of(assistant, liaison_com).size() == 1);
  assistant.move_to(after_second);
  look(assistant);
  CHECK(report(assistant).state == ReportState::in_adjustment);
  CHECK(report(assistant).response == "justificado");
  CHECK(model(assistant, procedure::ReportKind::final_report).answers.size() == 1);
}

TEST_CASE("the text of a report that was sent changes with its next version only (R-28)") {
  const Assistant assistant("2026-11-13T10:00:00-05:00");
  const std::string before = report(assistant).introduction;
  CHECK_FALSE(assistant.presses(advisor_com, verb::report_edit, of()).shows("Guardar el texto"));
  Values typed = of();
  typed["introduccion"] = "Revise también los riesgos.";
  const Said saved = assistant.presses(advisor_com, verb::report_save, typed);
  REQUIRE(saved.error);
  CHECK(saved.error->message.find("Reenviar al proceso") != std::string::npos);

  // A version that cannot leave changes nothing either; what was typed stays on the card.
  typed["introduccion"] = "El PCN no tiene prueba.";
  const Said blocked = assistant.presses(advisor_com, verb::report_send, typed);
  REQUIRE(blocked.outcome() == "report_language_refused");
  CHECK(blocked.shows("El PCN no tiene prueba."));
  CHECK(report(assistant).introduction == before);

  verifies(assistant, com);
  typed["introduccion"] = "Revise también los riesgos.";
  REQUIRE(assistant.presses(advisor_com, verb::report_send, typed).outcome() == "report_sent");
  CHECK(assistant.presses(leader_com, verb::report_view, of()).shows("Revise también los riesgos."));
}

TEST_CASE("a recommendation added after sending is the advisor's until the report is sent again (R-34)") {
  const Assistant assistant("2026-11-13T10:00:00-05:00");
  const std::string added = adds_a_draft(assistant);
  CHECK(assistant.presses(advisor_com, verb::report_edit, of()).shows(added));
  for (const char* person : {leader_com, liaison_com, advisor_com, coordination}) {
    CAPTURE(person);
    CHECK_FALSE(assistant.presses(person, verb::report_recommendations, of()).shows(added));
  }
  CHECK(assistant.presses(leader_com, verb::recommendation_form, {{"recomendacion", added}}).error);
  for (const auto kind : {procedure::ReportKind::preventive, procedure::ReportKind::final_report}) {
    CHECK_FALSE(has(model(assistant, kind), added));
  }
  sends_again(assistant);
  CHECK(assistant.presses(leader_com, verb::report_recommendations, of()).shows(added));
  CHECK(has(model(assistant, procedure::ReportKind::preventive), added));
}

TEST_CASE("a draft that never left is no part of the final report, and its advisor is told (R-37)") {
  const Assistant assistant("2026-11-13T10:00:00-05:00");
  const std::string added = adds_a_draft(assistant);
  REQUIRE(assistant.presses(leader_com, verb::report_accept, of()).field("to") == "final");
  for (const auto& one : recommendations(assistant)) CHECK(one.id != added);
  const auto told = reading(assistant.database(), [](Session& session) {
    return storage::deliveries_of(session, "report:REP-COM-2026-T3:dropped:");
  });
  REQUIRE(told.size() == 1);
  CHECK(told[0].key.ends_with(advisor_com));
  REQUIRE(assistant.presses(advisor_com, verb::report_publish, of()).outcome() == "report_published");
  const auto published =
      reading(assistant.database(), [](Session& session) { return storage::find_publication(session, com); });
  REQUIRE(published);
  CHECK(published->document.find(added) == std::string::npos);
}

TEST_CASE(
    "each line that was sent is in the final report, once, whatever an SS did to the plan meanwhile (R-32)") {
  Assistant assistant("2026-11-13T10:00:00-05:00");
  sends_again(assistant);
  const auto names = [&](procedure::ReportKind kind) {
    std::vector<std::string> lines;
    for (const auto& line : model(assistant, kind).lines) lines.push_back(line_value(line));
    std::ranges::sort(lines);
    return lines;
  };
  const auto sent = names(procedure::ReportKind::preventive);
  // One task gets further months in the quarter, another loses all of its months.
  assistant.change(
      "UPDATE items SET planned_months = '7,8,9,10,11,12' WHERE kind = 'tarea_plan' AND process_id = 'COM'");
  assistant.change("UPDATE items SET planned_months = '12' WHERE id = 'PAI-COM-02-T2'");
  REQUIRE(reading(assistant.database(), [&](Session& session) {
            return build_lines(session, *assistant.reference().current(), "COM", "2026-T3", assistant.now())
                .value()
                .size();
          }) != sent.size());
  CHECK(names(procedure::ReportKind::final_report) == sent);
}
