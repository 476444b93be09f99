#include "handlers/procedure/service_level.hpp"

#include <algorithm>

namespace pao::procedure {

const ServiceLevel* find_service_level(const PracticeRules& general, std::string_view type) {
  const auto found = std::find_if(general.service_levels.begin(), general.service_levels.end(),
                                  [type](const ServiceLevel& level) { return level.type == type; });
  return found == general.service_levels.end() ? nullptr : &*found;
}

bool needs_endorsement(std::string_view type, Role filed_as) {
  return filed_as != Role::leader && (type == "SS-2" || type == "SS-3");
}

std::optional<Date> clock_start(const ServiceRequest& request) {
  if (request.state == RequestState::draft || request.state == RequestState::withdrawn) return std::nullopt;
  if (request.endorsement_pending) return std::nullopt;
  return local_date(request.endorsed_at.value_or(request.filed_at));
}

Date service_due(Date start, int level_business_days, int suspended_business_days, const Calendar& calendar) {
  return calendar.add_business_days(start, level_business_days + suspended_business_days);
}

std::optional<Date> service_due(const ServiceRequest& request, const ServiceLevel& level,
                                const Calendar& calendar) {
  const auto start = clock_start(request);
  if (!start) return std::nullopt;
  return service_due(*start, level.business_days, request.suspended_business_days, calendar);
}

int suspension(Date asked_on, Date answered_on, const Calendar& calendar) {
  return std::min(max_suspended_business_days, calendar.business_days_after(asked_on, answered_on));
}

ServiceStatus service_status(Date due_on, Date today, const Calendar& calendar) {
  const int left = business_days_left(due_on, today, calendar);
  return {.business_days_left = left,
          .overdue = today > due_on,
          .warn_today = today < due_on && left == 1 && calendar.is_business_day(today)};
}

int business_days_left(Date due_on, Date today, const Calendar& calendar) {
  return today <= due_on ? calendar.business_days_after(today, due_on)
                         : -calendar.business_days_after(due_on, today);
}

}  // namespace pao::procedure
