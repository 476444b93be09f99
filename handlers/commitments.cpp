#include "handlers/commitments.hpp"

#include "handlers/procedure/service_level.hpp"
#include "handlers/scope.hpp"
#include "storage/items_store.hpp"
#include "storage/people_store.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace pao::handlers {

std::vector<procedure::Item> open_commitments(storage::Session& session, const procedure::Person& person,
                                              Date today) {
  std::vector<procedure::Item> open;
  std::set<std::string> added;
  const auto add = [&](std::vector<procedure::Item> items) {
    for (procedure::Item& item : items) {
      if (procedure::is_open_commitment(item) && added.insert(item.id).second)
        open.push_back(std::move(item));
    }
  };
  for (const ProcessScope& scope : scopes_of(person, today)) {
    if (scope.whole) add(storage::commitments_of(session, scope.process_id));
  }
  add(storage::commitments_of_owner(session, person.id));
  std::stable_sort(open.begin(), open.end(), [](const procedure::Item& left, const procedure::Item& right) {
    return left.ends_on.value_or(Date::max()) < right.ends_on.value_or(Date::max());
  });
  return open;
}

cards::CommitmentLine commitment_line(storage::Session& session, const Reference& reference,
                                      const procedure::Item& commitment, Date today) {
  cards::CommitmentLine line{.id = commitment.id,
                             .what = commitment.name,
                             .owner_name = storage::person_name(session, commitment.owner_id),
                             .process_name = reference.process_name(commitment.process_id),
                             .due_on = commitment.ends_on};
  if (line.due_on)
    line.business_days_left = procedure::business_days_left(*line.due_on, today, reference.calendar);
  return line;
}

}  // namespace pao::handlers
