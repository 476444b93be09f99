#include "handlers/report_lines.hpp"

#include "cards/report_words.hpp"
#include "cards/texts.hpp"
#include "handlers/procedure/alert_conditions.hpp"
#include "handlers/procedure/period.hpp"
#include "handlers/tracking.hpp"
#include "storage/alerts_store.hpp"
#include "storage/items_store.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace pao::handlers {
namespace {

using procedure::ReportKind;
using procedure::ReportLine;
using storage::FollowUpReport;

// A list in a card has to stay short: what can be contested comes first.
constexpr std::size_t most_lines = 60;

// How many alerts went out about each obligation: a step counts once, whoever was told.
std::map<std::string, int> alerts_by_obligation(storage::Session& session, std::string_view process_id,
                                                Date since) {
  std::map<std::string, std::set<std::string>> steps;
  for (const std::string& key : storage::told_alert_keys(session, process_id, since, since)) {
    const auto first = key.find('|'), last = key.rfind('|');
    if (first == std::string::npos) continue;
    steps[key.substr(0, first)].insert(key.substr(0, last));
  }
  std::map<std::string, int> counts;
  for (const auto& [obligation, told] : steps) counts[obligation] = static_cast<int>(told.size());
  return counts;
}

// The line that an alert of a rule is about: of the record, or of the item; else the first of the practice,
// as for a commitment or for the process as a whole. Null when the cycle has no line of the practice.
ReportLine* line_about(std::vector<ReportLine>& lines, std::string_view practice,
                       const procedure::RuleAlertKey& about) {
  ReportLine *of_practice = nullptr, *of_item = nullptr;
  for (ReportLine& line : lines) {
    if (line.practice != practice) continue;
    if (of_practice == nullptr) of_practice = &line;
    if (line.item_id != about.subject) continue;
    if (line.period == about.step) return &line;
    if (of_item == nullptr) of_item = &line;
  }
  return of_item != nullptr ? of_item : of_practice;
}

// What the rules warned of since the cycle began, until the cut-off; a step counts once, whoever was told.
void add_rule_alerts(storage::Session& session, std::string_view process_id, Date first_day, Instant cut_off,
                     std::vector<ReportLine>& lines) {
  std::set<std::string> counted;
  for (const storage::Alert& alert :
       storage::alerts_of_process(session, process_id, start_of_day(first_day), cut_off)) {
    const auto about = procedure::parse_rule_alert_key(alert.key);
    if (!about || !counted.insert(alert.key).second) continue;
    if (ReportLine* line = line_about(lines, alert.practice, *about)) ++line->alerts;
  }
}

}  // namespace

Result<std::vector<ReportLine>> build_lines(storage::Session& session, const Reference& reference,
                                            std::string_view process_id, std::string_view cycle,
                                            Instant cut_off) {
  const std::optional<procedure::Period> quarter = procedure::parse_period(cycle);
  if (!quarter || quarter->kind != procedure::Periodicity::quarterly) {
    return fail(ErrorCode::invalid, "a cycle is a quarter, like 2026-T3");
  }
  const Result<std::vector<Tracked>> tracked =
      track_year(session, reference, process_id, quarter->year, cut_off);
  if (!tracked) return tl::unexpected<Error>(tracked.error());
  std::map<std::pair<std::string, Instant>, std::string> ids;
  std::map<std::pair<std::string, std::string>, procedure::ReviewState> reviews;
  for (const procedure::ProgressRecord& record : storage::records_of(session, process_id, quarter->year)) {
    ids.emplace(std::pair(record.item_id, record.recorded_at), record.id);
    reviews.insert_or_assign({record.item_id, record.period}, record.review);
  }
  const auto alerts = alerts_by_obligation(session, process_id, procedure::first_day(*quarter));
  std::vector<ReportLine> lines;
  for (const Tracked& one : *tracked) {
    if (!procedure::belongs_to_cycle(one.obligation, cycle)) continue;
    ReportLine line{.practice = one.obligation.practice,
                    .item_id = one.obligation.item_id,
                    .period = one.obligation.period,
                    .item_name = one.item_name,
                    .due_on = one.obligation.due_on,
                    .recorded_at = one.recorded_at,
                    .state = one.assessment.state};
    if (line.recorded_at && *line.recorded_at > cut_off) line.recorded_at.reset();
    if (line.recorded_at) {
      if (const auto id = ids.find({line.item_id, *line.recorded_at}); id != ids.end()) {
        line.record_id = id->second;
      }
      const auto review = reviews.find({line.item_id, line.period});
      if (review != reviews.end()) line.review = review->second;
    }
    const auto told = alerts.find(procedure::obligation_key(one.obligation));
    if (told != alerts.end()) line.alerts = told->second;
    lines.push_back(std::move(line));
  }
  add_rule_alerts(session, process_id, procedure::first_day(*quarter), cut_off, lines);
  return lines;
}

Result<std::vector<ReportLine>> preventive_lines(storage::Session& session, const Reference& reference,
                                                 const FollowUpReport& report, Instant now) {
  if (report.sent_at) {
    std::vector<ReportLine> sent =
        storage::lines_of(session, report.id, ReportKind::preventive, report.version);
    if (!sent.empty()) return sent;
  }
  return build_lines(session, reference, report.process_id, report.cycle, report.cut_off_at.value_or(now));
}

std::string line_value(const ReportLine& line) {
  return line.practice + "|" + line.item_id + "|" + line.period;
}

std::vector<std::pair<std::string, std::string>> line_choices(const std::vector<ReportLine>& lines) {
  std::vector<const ReportLine*> sorted;
  for (const ReportLine& line : lines) sorted.push_back(&line);
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto* left, const auto* right) {
    return (left->state == procedure::ObligationState::met) <
           (right->state == procedure::ObligationState::met);
  });
  std::vector<std::pair<std::string, std::string>> choices;
  for (const ReportLine* line : sorted) {
    if (choices.size() == most_lines) break;
    choices.emplace_back(line_value(*line), line->item_id + ", " + cards::period_name(line->period) + ": " +
                                                cards::line_state_name(line->state));
  }
  return choices;
}

}  // namespace pao::handlers
