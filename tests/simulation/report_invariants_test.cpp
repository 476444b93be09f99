// The checks of follow-up reports see what is wrong with windows and lines, and nothing when nothing is.
#include "bot/simulation/report_invariants.hpp"

#include "storage/items_store.hpp"
#include "storage/verification_store.hpp"
#include "tests/storage/demo_store.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <map>

namespace pao::bot::simulation {
namespace {

using procedure::ReportKind;
using storage::Session;
using storage::test::instant;
using storage::test::reading;
using storage::test::writing;

constexpr const char* com = "REP-COM-2026-T3";  // of the sample: sent on 6 November, until the 23rd
constexpr const char* end_of_window = "2026-11-24T00:00:00-05:00";

storage::ReportWindowRow window_of_com(Session& session) {
  const auto report = storage::find_report(session, com);
  return {.report_id = com,
          .version = 1,
          .sent_at = *report->sent_at,
          .sent_by = "U-004",
          .deadline_on = *report->deadline_on,
          .outcome = "cerrada",
          .closed_at = instant(end_of_window)};
}

std::vector<procedure::ReportLine> lines_of_com(Session& session) {
  std::vector<procedure::ReportLine> lines;
  for (const procedure::ProgressRecord& record : storage::records_of(session, "COM", 2026)) {
    if (lines.size() == 2) break;
    procedure::ReportLine line{
        .practice = record.practice, .item_id = record.item_id, .period = record.period};
    line.due_on = make_date(2026, 10, 7);
    line.record_id = record.id;
    line.recorded_at = record.recorded_at;
    line.state = procedure::ObligationState::met;
    lines.push_back(std::move(line));
  }
  return lines;
}

// A report that ended as it should: nobody answered, the window closed at its second, the lines are as sent.
void end_well(Session& session) {
  auto report = *storage::find_report(session, com);
  report.state = procedure::ReportState::final_version;
  REQUIRE(storage::update_report(session, report, procedure::ReportState::in_validation, 1));
  storage::save_window(session, window_of_com(session));
  storage::save_lines(session, com, ReportKind::preventive, 1, lines_of_com(session));
  storage::save_lines(session, com, ReportKind::final_report, 1, lines_of_com(session));
}

struct Findings {
  std::map<std::string, int> checks, violations;
};

Findings look_at(storage::Database& database) {
  Findings found;
  ReportInvariants invariants;
  reading(database, [&](Session& session) {
    invariants.check(session, IndependentDates({}, {}), instant("2026-11-24T23:59:59-05:00"),
                     [&](const std::string& name, bool holds, const std::string& example) {
                       if (example.find(com) == std::string::npos && example.find("RSP-") != 0) return;
                       ++found.checks[name];
                       found.violations[name] += !holds;
                     });
    return true;
  });
  return found;
}

}  // namespace

TEST_CASE("the checks of reports find each thing that is wrong, and only that (R-26, R-32)") {
  struct Case {
    const char* wrong;
    const char* invariant;  // "" when all is well
    std::function<void(Session&)> happens;
  };
  const auto with_window = [](std::function<void(storage::ReportWindowRow&)> change) {
    return [change](Session& session) {
      storage::ReportWindowRow window = window_of_com(session);
      change(window);
      storage::save_window(session, window);
    };
  };
  const auto with_final_lines = [](std::function<void(std::vector<procedure::ReportLine>&)> change) {
    return [change](Session& session) {
      std::vector<procedure::ReportLine> lines = lines_of_com(session);
      change(lines);
      session.run("DELETE FROM report_lines WHERE kind = 'final'");
      storage::save_lines(session, com, ReportKind::final_report, 1, lines);
    };
  };
  const std::chrono::seconds second{1};
  const Case cases[] = {
      {"nothing", "", [](Session&) {}},
      {"nothing: the record of a line was corrected since", "",
       [&](Session& session) {
         const auto stored = storage::find_record(session, lines_of_com(session)[0].record_id);
         REQUIRE(stored);
         procedure::ProgressRecord corrected = stored->record;
         corrected.recorded_at += second;
         REQUIRE(storage::change_record(session, corrected, stored->record.review, "U-020", "Otra cifra",
                                        corrected.recorded_at));
       }},
      {"closed a second late", "window_closed_at_its_second",
       with_window([&](auto& window) { *window.closed_at += second; })},
      {"closed a second early without the leader", "window_closed_at_its_second",
       with_window([&](auto& window) { *window.closed_at -= second; })},
      {"still open the day after", "window_closed_at_its_second", with_window([](auto& window) {
         window.outcome = "abierta";
         window.closed_at.reset();
       })},
      {"a day too long", "window_of_ten_business_days",
       with_window([](auto& window) { window.deadline_on += std::chrono::days{1}; })},
      {"an answer when the window has closed", "no_answer_outside_the_window",
       [](Session& session) {
         storage::add_response(session,
                               {.report_id = com, .person_id = "U-020", .at = instant(end_of_window)});
       }},
      {"a line without its record", "report_line_traceable",
       with_final_lines([](auto& lines) { lines[0].record_id = "AV-9999"; })},
      {"a line with the instant of another record", "report_line_traceable",
       with_final_lines([&](auto& lines) { *lines[0].recorded_at += second; })},
      {"a line on time without a record", "report_line_traceable", with_final_lines([](auto& lines) {
         lines[0].record_id.clear();
         lines[0].recorded_at.reset();
       })},
      {"a line adjusted without an SS-4", "report_line_traceable",
       with_final_lines([](auto& lines) { lines[0].treatment = "ajustada"; })},
      {"a line lost between sending and the end", "line_in_one_state",
       with_final_lines([](auto& lines) { lines.pop_back(); })},
  };
  for (const Case& each : cases) {
    CAPTURE(each.wrong);
    const storage::test::DemoStore store;
    writing(*store.database, [&](Session& session) {
      end_well(session);
      each.happens(session);
    });
    const Findings found = look_at(*store.database);
    for (const char* name : {"window_of_ten_business_days", "window_closed_at_its_second",
                             "report_line_traceable", "line_in_one_state"}) {
      CAPTURE(name);
      CHECK(found.checks.at(name) > 0);
    }
    for (const auto& [name, violations] : found.violations) {
      CAPTURE(name);
      CHECK((violations > 0) == (name == each.invariant));
    }
  }
}

}  // namespace pao::bot::simulation
