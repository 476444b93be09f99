// A corrected version takes the place of the one that was sent: what was said before, what is added in
// between and what the process sees of it (procedure 5.4, R-28, R-33).
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
