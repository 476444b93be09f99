#include "handlers/tracking.hpp"

#include "cards/texts.hpp"
#include "handlers/procedure/progress_rules.hpp"
#include "storage/items_store.hpp"
#include "storage/reopened_periods_store.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace pao::handlers {
namespace {

std::vector<procedure::Process> chosen(const Reference& reference, std::string_view process_id) {
  if (process_id.empty()) return reference.processes;
  const procedure::Process* process = reference.process(process_id);
  return process ? std::vector<procedure::Process>{*process} : std::vector<procedure::Process>{};
}

// The obligations of a year from those items and records.
Result<std::vector<Tracked>> derive(storage::Session& session, const Reference& reference,
                                    std::string_view process_id, const std::vector<procedure::Item>& items,
                                    const std::vector<procedure::ProgressRecord>& recorded, int year,
                                    Instant now) {
  Result<std::vector<procedure::Obligation>> obligations = procedure::derive_obligations(
      chosen(reference, process_id), items, reference.rules_for(year), year, reference.calendar);
  if (!obligations) return tl::unexpected<Error>(obligations.error());

  std::unordered_map<std::string_view, const procedure::Item*> by_id;
  for (const procedure::Item& item : items) by_id.emplace(item.id, &item);

  const procedure::RecordIndex records(recorded);
  std::vector<Tracked> tracked;
  tracked.reserve(obligations->size());
  for (procedure::AssessedObligation& assessed :
       procedure::assess_all(*obligations, records, now, reference.calendar)) {
    const auto item = by_id.find(assessed.obligation.item_id);
    Tracked one;
    one.item_name =
        item != by_id.end() ? item->second->name : cards::practice_name(assessed.obligation.practice);
    one.parent_id = item != by_id.end() ? item->second->parent_id : "";
    one.owner_id = item != by_id.end() ? item->second->owner_id : "";
    one.assessment = assessed.assessment;
    one.recorded_at = assessed.recorded_at;
    one.obligation = std::move(assessed.obligation);
    tracked.push_back(std::move(one));
  }
  for (const storage::ReopenedPeriod& reopened :
       storage::reopened_periods(session, process_id, local_date(now))) {
    for (Tracked& one : tracked) {
      if (one.obligation.item_id != reopened.item_id || one.obligation.period != reopened.period) continue;
      one.reopened_until = std::max(one.reopened_until.value_or(reopened.closes_on), reopened.closes_on);
    }
  }
  return tracked;
}

// Those of the current year, and of last year what falls due in this one: the rest is history and an SS, not
// a pending matter.
template <typename OfYear>
Result<std::vector<Tracked>> in_both_years(Instant now, const OfYear& of_year) {
  const int year = static_cast<int>(std::chrono::year_month_day{local_date(now)}.year());
  Result<std::vector<Tracked>> tracked = of_year(year - 1);
  if (!tracked) return tracked;
  const Date new_year = make_date(year, 1, 1);
  std::erase_if(*tracked, [&](const Tracked& one) { return one.obligation.due_on < new_year; });

  Result<std::vector<Tracked>> current = of_year(year);
  if (!current) return current;
  tracked->insert(tracked->end(), std::make_move_iterator(current->begin()),
                  std::make_move_iterator(current->end()));
  return tracked;
}

}  // namespace

Result<std::vector<Tracked>> track_year(storage::Session& session, const Reference& reference,
                                        std::string_view process_id, int year, Instant now) {
  return derive(session, reference, process_id, storage::items_of(session, process_id),
                storage::records_of(session, process_id, year), year, now);
}

Result<std::vector<Tracked>> track(storage::Session& session, const Reference& reference,
                                   std::string_view process_id, Instant now) {
  return in_both_years(now, [&](int year) { return track_year(session, reference, process_id, year, now); });
}

Result<std::vector<Tracked>> track_item(storage::Session& session, const Reference& reference,
                                        const procedure::Item& item, Instant now) {
  const std::vector<procedure::ProgressRecord> all = storage::records_of_item(session, item.id);
  Result<std::vector<Tracked>> tracked = in_both_years(now, [&](int year) {
    std::vector<procedure::ProgressRecord> records;
    std::copy_if(all.begin(), all.end(), std::back_inserter(records),
                 [&](const auto& record) { return record.period.starts_with(std::to_string(year)); });
    return derive(session, reference, item.process_id, {item}, records, year, now);
  });
  if (!tracked) return tracked;
  std::erase_if(*tracked, [&](const Tracked& one) { return one.obligation.item_id != item.id; });
  return tracked;
}

std::optional<procedure::Item> find_recorded_item(storage::Session& session, const Reference& reference,
                                                  std::string_view item_id) {
  if (item_id.empty()) return std::nullopt;
  if (std::optional<procedure::Item> item = storage::find_item(session, item_id)) return item;
  for (const procedure::PracticeRules& rules : reference.rules) {
    for (const procedure::Process& process : reference.processes) {
      if (procedure::process_item_id(rules, process.id) != item_id) continue;
      procedure::Item whole{};
      whole.id = std::string(item_id);
      whole.kind = procedure::ItemKind::document;
      whole.practice = rules.practice;
      whole.process_id = process.id;
      whole.name = rules.name;
      return whole;
    }
  }
  return std::nullopt;
}

bool is_pending(const Tracked& tracked) {
  using procedure::ObligationState;
  const ObligationState state = tracked.assessment.state;
  return state == ObligationState::open || state == ObligationState::due_soon ||
         state == ObligationState::overdue;
}

bool is_open_now(const Tracked& tracked, Instant now) {
  return procedure::period_is_open(tracked.obligation, now, tracked.reopened_until).has_value();
}

void sort_by_urgency(std::vector<Tracked>& tracked) {
  const auto rank = [](const Tracked& one) {
    const procedure::ObligationState state = one.assessment.state;
    const int group = state == procedure::ObligationState::due_soon  ? 0
                      : state == procedure::ObligationState::overdue ? 1
                                                                     : 2;
    const auto due = one.obligation.due_on.time_since_epoch();
    return std::tuple(group, group == 1 ? -due : due, std::string_view(one.obligation.practice),
                      std::string_view(one.obligation.item_id));
  };
  std::stable_sort(tracked.begin(), tracked.end(),
                   [&](const Tracked& left, const Tracked& right) { return rank(left) < rank(right); });
}

}  // namespace pao::handlers
