#include "handlers/consult/own_date.hpp"

#include "handlers/procedure/period.hpp"
#include "handlers/procedure/service_level.hpp"
#include "handlers/scope.hpp"
#include "handlers/tracking.hpp"
#include "storage/knowledge/spanish_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace pao::handlers::consult {
namespace {

using procedure::ObligationState;

bool waits(const Tracked& tracked, Date today) {
  const ObligationState state = tracked.assessment.state;
  const bool unrecorded = state == ObligationState::future || state == ObligationState::open ||
                          state == ObligationState::due_soon;
  return unrecorded && tracked.obligation.due_on >= today;
}

bool is_of_month(const Tracked& tracked, Date month) {
  if (tracked.assessment.state == ObligationState::no_record_due) return false;
  const auto period = procedure::parse_period(tracked.obligation.period);
  return period && procedure::first_day(*period) <= month && month <= procedure::last_day(*period);
}

// Unrecorded first, then by due date.
bool comes_first(const OwnDate& left, const OwnDate& right) {
  return std::pair(left.recorded, left.obligation.due_on) <
         std::pair(right.recorded, right.obligation.due_on);
}

}  // namespace

bool states_due_date(const procedure::Criterion& criterion) {
  static constexpr std::array<std::string_view, 2> marks{"fecha de corte", "plazo para registrar"};
  const std::string title = storage::knowledge::fold(criterion.title);
  return std::any_of(marks.begin(), marks.end(),
                     [&](std::string_view mark) { return title.find(mark) != std::string::npos; });
}

Result<std::optional<OwnDate>> own_date(storage::Session& session, const Reference& reference,
                                        const procedure::Person& person, const std::string& practice,
                                        std::optional<Date> month, Instant now) {
  const Date today = local_date(now);
  std::optional<OwnDate> first;
  for (const ProcessScope& scope : scopes_of(person, today)) {
    Result<std::vector<Tracked>> tracked = track(session, reference, scope.process_id, now);
    if (!tracked) return tl::unexpected<Error>(tracked.error());
    for (Tracked& one : *tracked) {
      const bool mine = scope.whole || one.owner_id == person.id;
      if (!mine || one.obligation.practice != practice) continue;
      if (!(month ? is_of_month(one, *month) : waits(one, today))) continue;
      const int left = procedure::business_days_left(one.obligation.due_on, today, reference.calendar);
      OwnDate found{std::move(one.obligation), left, one.recorded_at.has_value()};
      if (!first || comes_first(found, *first)) first = std::move(found);
    }
  }
  return first;
}

}  // namespace pao::handlers::consult
