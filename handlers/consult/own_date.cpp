#include "handlers/consult/own_date.hpp"

#include "handlers/procedure/period.hpp"
#include "handlers/procedure/service_level.hpp"
#include "handlers/report_window.hpp"
#include "handlers/scope.hpp"
#include "handlers/tracking.hpp"
#include "storage/knowledge/spanish_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace pao::handlers::consult {
namespace {

using cards::OwnDates;
using cards::OwnDueDate;
using procedure::ObligationState;

bool title_has(const procedure::Criterion& criterion, std::string_view mark) {
  return storage::knowledge::fold(criterion.title).find(mark) != std::string::npos;
}

bool states_due_date(const procedure::Criterion& criterion) {
  static constexpr std::array<std::string_view, 2> marks{"fecha de corte", "plazo para registrar"};
  return std::any_of(marks.begin(), marks.end(),
                     [&](std::string_view mark) { return title_has(criterion, mark); });
}

bool states_window(const procedure::Criterion& criterion) {
  return title_has(criterion, "dias habiles para validar");
}

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
bool comes_first(const OwnDueDate& left, const OwnDueDate& right) {
  return std::pair(left.recorded, left.obligation.due_on) <
         std::pair(right.recorded, right.obligation.due_on);
}

void keep_first(std::optional<OwnDueDate>& kept, OwnDueDate found) {
  if (!kept || comes_first(found, *kept)) kept = std::move(found);
}

OwnDueDate due_date_of(const Tracked& tracked, const Reference& reference, Date today) {
  return {.obligation = tracked.obligation,
          .process_name = reference.process_name(tracked.obligation.process_id),
          .business_days_left =
              procedure::business_days_left(tracked.obligation.due_on, today, reference.calendar),
          .recorded = tracked.recorded_at.has_value(),
          .reopened_until = tracked.reopened_until};
}

void add_due_date(OwnDates& dates, const Tracked& tracked, const Reference& reference,
                  std::optional<Date> month, Date today) {
  if (month) {
    if (is_of_month(tracked, *month)) keep_first(dates.due, due_date_of(tracked, reference, today));
  } else if (tracked.assessment.state == ObligationState::overdue) {
    ++dates.overdue_count;
    keep_first(dates.overdue, due_date_of(tracked, reference, today));
  } else if (waits(tracked, today)) {
    keep_first(dates.due, due_date_of(tracked, reference, today));
  }
}

void add_window(OwnDates& dates, storage::Session& session, const Reference& reference,
                const ProcessScope& scope, Instant now) {
  if (!scope.whole) return;
  const auto window = report_window(session, reference, scope.process_id, now);
  if (!window || !window->is_open) return;
  dates.windows.push_back({.report_id = window->report_id,
                           .cycle = window->cycle,
                           .process_name = reference.process_name(scope.process_id),
                           .last_day = window->last_day,
                           .business_days_left = procedure::business_days_left(
                               window->last_day, local_date(now), reference.calendar)});
}

}  // namespace

bool states_own_date(const procedure::Criterion& criterion) {
  return states_due_date(criterion) || states_window(criterion);
}

Result<OwnDates> own_dates(storage::Session& session, const Reference& reference,
                           const procedure::Person& person, const procedure::Criterion& criterion,
                           std::optional<Date> month, Instant now) {
  const Date today = local_date(now);
  OwnDates dates;
  for (const ProcessScope& scope : scopes_of(person, today)) {
    if (states_window(criterion)) add_window(dates, session, reference, scope, now);
    if (!states_due_date(criterion)) continue;
    const Result<std::vector<Tracked>> tracked = track(session, reference, scope.process_id, now);
    if (!tracked) return tl::unexpected<Error>(tracked.error());
    for (const Tracked& one : *tracked) {
      const bool mine = scope.whole || one.owner_id == person.id;
      if (mine && one.obligation.practice == criterion.practice)
        add_due_date(dates, one, reference, month, today);
    }
  }
  return dates;
}

}  // namespace pao::handlers::consult
