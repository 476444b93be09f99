#include "handlers/consult/own_date.hpp"

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

}  // namespace

bool states_due_date(const procedure::Criterion& criterion) {
  static constexpr std::array<std::string_view, 2> marks{"fecha de corte", "plazo para registrar"};
  const std::string title = storage::knowledge::fold(criterion.title);
  return std::any_of(marks.begin(), marks.end(),
                     [&](std::string_view mark) { return title.find(mark) != std::string::npos; });
}

Result<std::optional<OwnDate>> next_own_date(storage::Session& session, const Reference& reference,
                                             const procedure::Person& person, const std::string& practice,
                                             Instant now) {
  const Date today = local_date(now);
  std::optional<OwnDate> next;
  for (const ProcessScope& scope : scopes_of(person, today)) {
    Result<std::vector<Tracked>> tracked = track(session, reference, scope.process_id, now);
    if (!tracked) return tl::unexpected<Error>(tracked.error());
    for (Tracked& one : *tracked) {
      const bool mine = scope.whole || one.owner_id == person.id;
      if (!mine || one.obligation.practice != practice || !waits(one, today)) continue;
      if (next && next->obligation.due_on <= one.obligation.due_on) continue;
      const int left = procedure::business_days_left(one.obligation.due_on, today, reference.calendar);
      next = OwnDate{std::move(one.obligation), left};
    }
  }
  return next;
}

}  // namespace pao::handlers::consult
