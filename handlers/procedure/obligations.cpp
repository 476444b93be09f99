#include "handlers/procedure/obligations.hpp"

#include "handlers/procedure/numbers.hpp"
#include "handlers/procedure/service_level.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace pao::procedure {
namespace {

using std::chrono::days;

// How a practice obliges: by items of one kind, or by process under a prefix.
struct PracticeShape {
  const char* practice;
  std::optional<ItemKind> kind;
  const char* process_prefix;
};

constexpr std::array<PracticeShape, 8> shapes{{
    {practice::plans, ItemKind::plan_task, ""},
    {practice::indicators, ItemKind::indicator, ""},
    {practice::risks, ItemKind::risk_control, ""},
    {practice::projects, ItemKind::project, ""},
    {practice::review_meeting, std::nullopt, "REPAC-"},
    {practice::improvements, ItemKind::improvement, ""},
    {practice::continuity, std::nullopt, "CON-"},
    {practice::documents, std::nullopt, "DOC-"},
}};

const PracticeShape* shape_of(std::string_view practice) {
  const auto found = std::find_if(shapes.begin(), shapes.end(),
                                  [&](const PracticeShape& shape) { return shape.practice == practice; });
  return found == shapes.end() ? nullptr : &*found;
}

// The timing table of the procedure (section 7): documentos is due in October of the year itself.
constexpr int documents_cutoff_month = 10;

bool planned_in(const Item& item, const Period& period) {
  return std::find(item.planned_months.begin(), item.planned_months.end(), period.index) !=
         item.planned_months.end();
}

// Improvement actions run from a date on; one without a start was never formulated. An indicator whose sheet
// is not approved is not measured (IND-04).
bool obliges(const Item& item) {
  if (item.kind == ItemKind::improvement) return item.starts_on.has_value();
  if (item.kind != ItemKind::indicator) return true;
  const auto sheet = item.attributes.find("hoja_de_vida");
  return sheet == item.attributes.end() || sheet->second == "aprobada";
}

bool obliges_in(const Item& item, const Period& period) {
  if (item.kind == ItemKind::plan_task && !planned_in(item, period)) return false;
  return overlaps(item, period);
}

Result<void> append(std::vector<Obligation>& obligations, const PracticeRules& rules, std::string process_id,
                    std::string item_id, const Period& period, const Calendar& calendar) {
  const auto due = due_date(rules, period, calendar);
  if (!due) return tl::unexpected<Error>(due.error());
  obligations.push_back({std::move(process_id), rules.practice, std::move(item_id), to_text(period), *due,
                         opens_on(rules, period)});
  return {};
}

Result<void> append_items(std::vector<Obligation>& obligations, const PracticeShape& shape,
                          const PracticeRules& rules, const std::vector<Item>& items, int year,
                          const Calendar& calendar) {
  for (const Item& item : items) {
    if (item.kind != shape.kind || !obliges(item)) continue;
    const Periodicity periodicity =
        item.periodicity == Periodicity::none ? rules.periodicity : item.periodicity;
    for (const Period& period : periods_of_year(year, periodicity)) {
      if (!obliges_in(item, period)) continue;
      if (auto added = append(obligations, rules, item.process_id, item.id, period, calendar); !added)
        return added;
    }
  }
  return {};
}

Result<void> append_processes(std::vector<Obligation>& obligations, const PracticeRules& rules,
                              const std::vector<Process>& processes, int year, const Calendar& calendar) {
  for (const Process& process : processes) {
    for (const Period& period : periods_of_year(year, rules.periodicity)) {
      auto added =
          append(obligations, rules, process.id, process_item_id(rules, process.id), period, calendar);
      if (!added) return added;
    }
  }
  return {};
}

std::string record_key(std::string_view practice, std::string_view item_id, std::string_view period) {
  std::string key;
  key.reserve(practice.size() + item_id.size() + period.size() + 2);
  key.append(practice).append("/").append(item_id).append("/").append(period);
  return key;
}

bool is_complete(const ProgressRecord& record) {
  const auto percentage = record.values.find("porcentaje_avance");
  if (percentage == record.values.end()) return false;
  const auto number = parse_number(percentage->second);
  return number && *number >= 100;
}

}  // namespace

bool overlaps(const Item& item, const Period& period) {
  return (!item.starts_on || *item.starts_on <= last_day(period)) &&
         (!item.ends_on || *item.ends_on >= first_day(period));
}

Date opens_on(const PracticeRules& rules, const Period& period) {
  int month = rules.cutoff_month;
  if (month == 0 && rules.practice == practice::documents) month = documents_cutoff_month;
  if (period.kind != Periodicity::annual || month < 1 || month > 12) return last_day(period) + days{1};
  return make_date(period.year, static_cast<unsigned>(month), 1);
}

Result<Date> due_date(const PracticeRules& rules, const Period& period, const Calendar& calendar) {
  const std::chrono::year_month_day month{opens_on(rules, period)};
  return calendar.nth_business_day_of_month(static_cast<int>(month.year()),
                                            static_cast<int>(static_cast<unsigned>(month.month())),
                                            rules.cutoff_business_day);
}

Result<CountExplanation> explain_due_date(const PracticeRules& rules, const Period& period,
                                          const Calendar& calendar) {
  const auto due = due_date(rules, period, calendar);
  if (!due) return tl::unexpected<Error>(due.error());
  return calendar.explain(opens_on(rules, period) - days{1}, rules.cutoff_business_day);
}

const PracticeRules* rules_in_force(const std::vector<PracticeRules>& rules, std::string_view practice,
                                    int year) {
  const PracticeRules* best = nullptr;
  for (const PracticeRules& candidate : rules) {
    if (candidate.practice != practice || candidate.term > year) continue;
    const auto rank = [](const PracticeRules& one) { return std::pair{one.term, one.version}; };
    if (best == nullptr || rank(*best) < rank(candidate)) best = &candidate;
  }
  return best;
}

std::string process_item_id(std::string_view practice, std::string_view process_id) {
  const PracticeShape* shape = shape_of(practice);
  return shape && !shape->kind ? shape->process_prefix + std::string(process_id) : std::string{};
}

std::string process_item_id(const PracticeRules& rules, std::string_view process_id) {
  if (shape_of(rules.practice)) return process_item_id(rules.practice, process_id);
  if (rules.practice == practice::general || rules.periodicity == Periodicity::none) return {};
  return rules.prefix + "-" + std::string(process_id);
}

bool stands_for_process(const Item& item) {
  return !item.id.empty() && item.id == process_item_id(item.practice, item.process_id);
}

std::optional<double> planned_percentage(const Item& item, const Period& period) {
  if (item.planned_months.empty() || period.kind != Periodicity::monthly) return std::nullopt;
  const auto passed = std::count_if(item.planned_months.begin(), item.planned_months.end(),
                                    [&](int month) { return month <= period.index; });
  return std::round(100.0 * static_cast<double>(passed) / static_cast<double>(item.planned_months.size()));
}

std::string obligation_key(const Obligation& obligation) {
  return record_key(obligation.practice, obligation.item_id, obligation.period);
}

Result<std::vector<Obligation>> derive_obligations(const std::vector<Process>& processes,
                                                   const std::vector<Item>& items,
                                                   const std::vector<PracticeRules>& rules, int year,
                                                   const Calendar& calendar) {
  std::vector<Obligation> obligations;
  for (const PracticeShape& shape : shapes) {
    const PracticeRules* practice_rules = rules_in_force(rules, shape.practice, year);
    if (practice_rules == nullptr) continue;
    const auto added = shape.kind ? append_items(obligations, shape, *practice_rules, items, year, calendar)
                                  : append_processes(obligations, *practice_rules, processes, year, calendar);
    if (!added) return tl::unexpected<Error>(added.error());
  }
  for (const PracticeRules& further : rules) {
    if (shape_of(further.practice) || rules_in_force(rules, further.practice, year) != &further) continue;
    if (process_item_id(further, "").empty()) continue;
    const auto added = append_processes(obligations, further, processes, year, calendar);
    if (!added) return tl::unexpected<Error>(added.error());
  }
  return obligations;
}

RecordIndex::RecordIndex(const std::vector<ProgressRecord>& records) {
  for (const ProgressRecord& record : records) {
    const auto key = record_key(record.practice, record.item_id, record.period);
    const First first{record.recorded_at, record.timeliness};
    const auto [entry, inserted] = first_record_.try_emplace(key, first);
    if (!inserted && first.recorded_at < entry->second.recorded_at) entry->second = first;
    if (record.practice != practice::plans || !is_complete(record)) continue;
    const auto [done, is_first] =
        completed_.try_emplace(record.item_id, Completion{record.period, record.recorded_at});
    if (!is_first && record.period < done->second.period) done->second = {record.period, record.recorded_at};
  }
}

std::optional<Instant> RecordIndex::recorded_at(const Obligation& obligation) const {
  if (const auto found = first_record_.find(obligation_key(obligation)); found != first_record_.end()) {
    return found->second.recorded_at;
  }
  if (obligation.practice != practice::plans) return std::nullopt;
  const auto done = completed_.find(obligation.item_id);
  if (done == completed_.end() || done->second.period >= obligation.period) return std::nullopt;
  return done->second.recorded_at;
}

Timeliness RecordIndex::timeliness(const Obligation& obligation) const {
  const auto found = first_record_.find(obligation_key(obligation));
  return found == first_record_.end() ? Timeliness::none : found->second.timeliness;
}

Assessment assess(const Obligation& obligation, std::optional<Instant> recorded_at, Instant now,
                  const Calendar& calendar) {
  const Instant closes = start_of_day(obligation.due_on + days{1});
  if (recorded_at && *recorded_at <= now) {
    return *recorded_at < closes ? Assessment{ObligationState::met, Timeliness::on_time, std::nullopt}
                                 : Assessment{ObligationState::met_late, Timeliness::late, std::nullopt};
  }
  const int left = business_days_left(obligation.due_on, local_date(now), calendar);
  if (now >= closes) return {ObligationState::overdue, Timeliness::none, left};
  if (now < start_of_day(obligation.opens_on)) return {ObligationState::future, Timeliness::none, left};
  const auto state = left <= due_soon_business_days ? ObligationState::due_soon : ObligationState::open;
  return {state, Timeliness::none, left};
}

std::vector<AssessedObligation> assess_all(const std::vector<Obligation>& obligations,
                                           const RecordIndex& records, Instant now,
                                           const Calendar& calendar) {
  std::vector<AssessedObligation> assessed;
  assessed.reserve(obligations.size());
  for (const Obligation& obligation : obligations) {
    const auto recorded_at = records.recorded_at(obligation);
    Assessment assessment = assess(obligation, recorded_at, now, calendar);
    const Timeliness fixed = records.timeliness(obligation);
    if (assessment.timeliness != Timeliness::none && fixed != Timeliness::none) {
      assessment.timeliness = fixed;
      assessment.state = fixed == Timeliness::on_time ? ObligationState::met : ObligationState::met_late;
    }
    assessed.push_back({obligation, recorded_at, assessment});
  }
  return assessed;
}

}  // namespace pao::procedure
