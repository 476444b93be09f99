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

Result<std::vector<procedure::Obligation>> obligations_of_year(const Reference& reference,
                                                               std::string_view process_id,
                                                               const std::vector<procedure::Item>& items,
                                                               int year) {
  return procedure::derive_obligations(chosen(reference, process_id), items, reference.rules_for(year), year,
                                       reference.calendar);
}

bool is_of(const storage::ReopenedPeriod& reopened, const procedure::Obligation& one) {
  return one.item_id == reopened.item_id && one.period == reopened.period;
}

// Of last year only what falls due in this one or was opened again: the rest is history and an SS, not a
// pending matter.
Result<std::vector<procedure::Obligation>> left_of_last_year(
    const Reference& reference, std::string_view process_id, const std::vector<procedure::Item>& items,
    int this_year, const std::vector<storage::ReopenedPeriod>& reopened) {
  auto left = obligations_of_year(reference, process_id, items, this_year - 1);
  if (!left) return left;
  const Date new_year = make_date(this_year, 1, 1);
  std::erase_if(*left, [&](const procedure::Obligation& one) {
    return one.due_on < new_year &&
           std::ranges::none_of(reopened, [&](const auto& period) { return is_of(period, one); });
  });
  return left;
}

void mark_reopened(std::vector<Tracked>& tracked, const std::vector<storage::ReopenedPeriod>& reopened) {
  for (const storage::ReopenedPeriod& period : reopened) {
    for (Tracked& one : tracked) {
      if (!is_of(period, one.obligation)) continue;
      one.reopened_until = std::max(one.reopened_until.value_or(period.closes_on), period.closes_on);
    }
  }
}

// How those obligations of those items stand by the records of their year: a task that was finished last year
// says nothing of the months that a new plan gives it.
void add_assessed(std::vector<Tracked>& tracked, const Reference& reference,
                  const std::vector<procedure::Item>& items,
                  const std::vector<procedure::Obligation>& obligations,
                  const std::vector<procedure::ProgressRecord>& recorded, Instant now) {
  std::unordered_map<std::string_view, const procedure::Item*> by_id;
  for (const procedure::Item& item : items) by_id.emplace(item.id, &item);

  const procedure::RecordIndex records(recorded);
  tracked.reserve(tracked.size() + obligations.size());
  for (procedure::AssessedObligation& assessed :
       procedure::assess_all(obligations, records, now, reference.calendar)) {
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
}

Result<std::vector<Tracked>> track_items(storage::Session& session, const Reference& reference,
                                         std::string_view process_id,
                                         const std::vector<procedure::Item>& items, int year,
                                         const std::vector<procedure::ProgressRecord>& recorded,
                                         Instant now) {
  const auto obligations = obligations_of_year(reference, process_id, items, year);
  if (!obligations) return tl::unexpected<Error>(obligations.error());
  std::vector<Tracked> tracked;
  add_assessed(tracked, reference, items, *obligations, recorded, now);
  mark_reopened(tracked, storage::reopened_periods(session, process_id, local_date(now)));
  return tracked;
}

}  // namespace

Result<std::vector<Tracked>> track_year(storage::Session& session, const Reference& reference,
                                        std::string_view process_id, int year, Instant now) {
  return track_items(session, reference, process_id, storage::items_of(session, process_id), year,
                     storage::records_of(session, process_id, year), now);
}

Result<std::vector<Tracked>> track(storage::Session& session, const Reference& reference,
                                   std::string_view process_id, Instant now) {
  const int year = static_cast<int>(std::chrono::year_month_day{local_date(now)}.year());
  const std::vector<procedure::Item> items = storage::items_of(session, process_id);
  const auto reopened = storage::reopened_periods(session, process_id, local_date(now));
  const auto last = left_of_last_year(reference, process_id, items, year, reopened);
  if (!last) return tl::unexpected<Error>(last.error());
  const auto current = obligations_of_year(reference, process_id, items, year);
  if (!current) return tl::unexpected<Error>(current.error());

  std::vector<Tracked> tracked;
  if (!last->empty())
    add_assessed(tracked, reference, items, *last, storage::records_of(session, process_id, year - 1), now);
  add_assessed(tracked, reference, items, *current, storage::records_of(session, process_id, year), now);
  mark_reopened(tracked, reopened);
  return tracked;
}

Result<std::vector<Tracked>> track_item(storage::Session& session, const Reference& reference,
                                        const procedure::Item& item, int year, Instant now) {
  std::vector<procedure::ProgressRecord> records = storage::records_of_item(session, item.id);
  std::erase_if(records,
                [&](const auto& record) { return !record.period.starts_with(std::to_string(year)); });
  auto tracked = track_items(session, reference, item.process_id, {item}, year, records, now);
  if (tracked) std::erase_if(*tracked, [&](const auto& one) { return one.obligation.item_id != item.id; });
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
      whole.name = cards::practice_name(rules.practice);  // as in the lists
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
    const int group = one.reopened_until                              ? 0
                      : state == procedure::ObligationState::due_soon ? 1
                      : state == procedure::ObligationState::overdue  ? 2
                                                                      : 3;
    const auto due = one.obligation.due_on.time_since_epoch();
    return std::tuple(group, group == 2 ? -due : due, std::string_view(one.obligation.practice),
                      std::string_view(one.obligation.item_id));
  };
  std::stable_sort(tracked.begin(), tracked.end(),
                   [&](const Tracked& left, const Tracked& right) { return rank(left) < rank(right); });
}

}  // namespace pao::handlers
