#include "bot/simulation/report_invariants.hpp"

#include "storage/items_store.hpp"
#include "storage/verification_store.hpp"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace pao::bot::simulation {
namespace {

using procedure::ReportKind;
using procedure::ReportLine;
using procedure::ReportState;
using storage::FollowUpReport;
using storage::ReportWindowRow;
using storage::Session;

constexpr int window_days = 10;
constexpr std::chrono::days longest_year{366};

std::string name_of(const ReportLine& line) {
  return line.practice + "|" + line.item_id + "|" + line.period;
}

bool is_over(ReportState state) {
  return state == ReportState::final_version || state == ReportState::published;
}

// The instants at which something could have ended the window early: an acceptance of the leader, or the
// decision or confirmation that followed it.
bool ended_early_by_leader(const std::vector<storage::ReportResponse>& said, const ReportWindowRow& window) {
  return std::any_of(said.begin(), said.end(), [&](const storage::ReportResponse& one) {
    return one.version == window.version && one.role == procedure::Role::leader &&
           one.kind == procedure::ResponseKind::accepted && one.at <= *window.closed_at;
  });
}

void check_window(const FollowUpReport& report, const ReportWindowRow& window,
                  const std::vector<storage::ReportResponse>& said, const IndependentDates& dates,
                  Instant now, const Expect& expect) {
  const std::string name = report.id + " version " + std::to_string(window.version);
  // A day declared non-working later can only make it longer; the days of the simulation do not change.
  const Date last_day = dates.after(local_date(window.sent_at), window_days);
  const Instant end = at_local_time(last_day + std::chrono::days{1}, std::chrono::hours{0});
  expect("window_of_ten_business_days", window.deadline_on == last_day,
         name + " ends on " + iso_date(window.deadline_on) + ", independently " + iso_date(last_day));
  const bool is_open = window.outcome == "abierta";
  expect("window_closed_at_its_second", is_open == !window.closed_at.has_value(), name + " is half closed");
  if (is_open) {
    expect("window_closed_at_its_second", now < end, name + " is still open at " + iso_instant(now));
  } else if (window.outcome == "cerrada" && window.closed_at && !ended_early_by_leader(said, window)) {
    expect("window_closed_at_its_second", *window.closed_at == end,
           name + " closed at " + iso_instant(*window.closed_at) + " instead of " + iso_instant(end));
  }
  if (window.closed_at) {
    expect("window_closed_at_its_second", *window.closed_at <= end, name + " closed late");
  }
  for (const storage::ReportResponse& one : said) {
    if (one.version != window.version) continue;
    expect("no_answer_outside_the_window", one.at >= window.sent_at && one.at < end,
           one.id + " at " + iso_instant(one.at));
  }
}

// A corrected record counts from its correction on; what was said before remains in its history.
bool counted_then(Session& session, const procedure::ProgressRecord& record, Instant at) {
  const auto revisions = storage::revisions_of(session, record.id);
  return record.recorded_at == at ||
         std::any_of(revisions.begin(), revisions.end(),
                     [&](const storage::RecordRevision& one) { return one.recorded_at == at; });
}

// The record a line names is there, of the same item and period, and counted then as the line says; without a
// record it names none.
void check_source(Session& session, const FollowUpReport& report, const ReportLine& line, ReportKind kind,
                  const Expect& expect) {
  const std::string name = report.id + " " + std::string(procedure::to_word(kind)) + " " + name_of(line);
  if (line.record_id.empty()) {
    expect("report_line_traceable", !line.recorded_at, name + " has an instant without a record");
    const bool met =
        line.state == procedure::ObligationState::met || line.state == procedure::ObligationState::met_late;
    expect("report_line_traceable", !met || line.treatment == "ajustada",
           name + " is met without a record and without an SS-4");
    return;
  }
  const auto records = storage::records_of_item(session, line.item_id);
  const bool found = std::any_of(records.begin(), records.end(), [&](const auto& record) {
    return record.id == line.record_id && record.period == line.period &&
           record.process_id == report.process_id && line.recorded_at &&
           counted_then(session, record, *line.recorded_at);
  });
  expect("report_line_traceable", found, name + " names " + line.record_id);
}

// A line was changed by what the process said and nothing else.
void check_treatment(const FollowUpReport& report, const ReportLine& line,
                     const std::vector<storage::ReportResponse>& said,
                     const std::vector<storage::ReportAdjustment>& adjusted, const Expect& expect) {
  const std::string name = report.id + " " + name_of(line);
  const auto is_it = [&](const auto& one) {
    return one.practice == line.practice && one.item_id == line.item_id && one.period == line.period;
  };
  if (line.treatment == "ajustada") {
    expect("report_line_traceable", std::any_of(adjusted.begin(), adjusted.end(), is_it),
           name + " was adjusted by nothing");
  } else if (line.treatment == "justificada") {
    expect("report_line_traceable",
           std::any_of(said.begin(), said.end(),
                       [&](const auto& one) {
                         return is_it(one) && !one.resolved_by.empty() && one.resolution != "rechazada";
                       }),
           name + " was justified by nothing");
  } else {
    expect("report_line_traceable", line.treatment.empty(), name + " has the treatment " + line.treatment);
  }
}

void check_lines(Session& session, const FollowUpReport& report,
                 const std::vector<storage::ReportResponse>& said, const Expect& expect) {
  const auto adjusted = storage::adjustments_of(session, report.id);
  const auto sent = storage::lines_of(session, report.id, ReportKind::preventive, report.version);
  std::set<std::string> names;
  for (const ReportLine& line : sent) {
    names.insert(name_of(line));
    check_source(session, report, line, ReportKind::preventive, expect);
  }
  expect("line_in_one_state", names.size() == sent.size(), report.id + " has a line twice");
  if (!is_over(report.state)) return;
  const auto last = storage::lines_of(session, report.id, ReportKind::final_report, report.version);
  expect("line_in_one_state", last.size() == sent.size(),
         report.id + " was sent with " + std::to_string(sent.size()) + " lines and ended with " +
             std::to_string(last.size()));
  for (const ReportLine& line : last) {
    expect("line_in_one_state", names.erase(name_of(line)) == 1, report.id + " ended with " + name_of(line));
    check_source(session, report, line, ReportKind::final_report, expect);
    check_treatment(report, line, said, adjusted, expect);
  }
}

}  // namespace

void ReportInvariants::check(Session& session, const IndependentDates& dates, Instant now,
                             const Expect& expect) {
  for (const FollowUpReport& report : storage::reports_sent_between(session, now - longest_year, now)) {
    const std::string seen =
        std::string(procedure::to_word(report.state)) + " " + std::to_string(report.version);
    if (checked_[report.id] == seen && is_over(report.state)) continue;
    const auto said = storage::responses_of(session, report.id);
    for (const ReportWindowRow& window : storage::windows_of(session, report.id)) {
      check_window(report, window, said, dates, now, expect);
    }
    if (checked_[report.id] != seen) check_lines(session, report, said, expect);
    checked_[report.id] = seen;
  }
}

}  // namespace pao::bot::simulation
