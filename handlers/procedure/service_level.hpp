// The clock of an SS request (procedure 5.2, R-41, R-42, GEN-15 to GEN-17): whole business days from the
// business day after it started, standing still while information is awaited.
#pragma once

#include "handlers/procedure/business_calendar.hpp"
#include "handlers/procedure/model.hpp"

#include <optional>
#include <string_view>

namespace pao::procedure {

// The clock stands still while information is awaited, at most this many business days (5.2); after them the
// request is closed for want of an answer (GEN-17).
inline constexpr int max_suspended_business_days = 5;

// The level of that SS type ("SS-2") in the general guideline; null when it has none. Points into `general`.
const ServiceLevel* find_service_level(const PracticeRules& general, std::string_view type);

// Whether a request of that type needs the leader's endorsement (aval) when this role files it:
// modifications, creations and eliminations (SS-2, SS-3) filed by anybody but the leader (GEN-15).
bool needs_endorsement(std::string_view type, Role filed_as);

// The Bogotá day on which the clock started; day 1 is the next business day. Nothing for a draft, a withdrawn
// request, or one that waits for the leader's endorsement.
std::optional<Date> clock_start(const ServiceRequest& request);

// When the answer is due: closing of the last business day of the level, later by the suspended days.
Date service_due(Date start, int level_business_days, int suspended_business_days, const Calendar& calendar);

// The same for a request: nothing while its clock has not started.
std::optional<Date> service_due(const ServiceRequest& request, const ServiceLevel& level,
                                const Calendar& calendar);

// Business days that a wait for information from `asked_on` to `answered_on` stops the clock.
int suspension(Date asked_on, Date answered_on, const Calendar& calendar);

struct ServiceStatus {
  int business_days_left = 0;  // until the due date; negative: business days late
  bool overdue = false;        // the due day has ended without an answer: COORD is told
  bool warn_today = false;     // today is the business day before the due date: the advisor is told
};

// Of a request not yet answered, on that day.
ServiceStatus service_status(Date due_on, Date today, const Calendar& calendar);

// Of a request answered that day: whether it was within its level.
inline bool answered_in_time(Date due_on, Date answered_on) {
  return answered_on <= due_on;
}

// Signed distance to a due date: business days in (today, due_on], 0 on the day, and after it the negative
// number of business days late (0 on a weekend right after it).
int business_days_left(Date due_on, Date today, const Calendar& calendar);

}  // namespace pao::procedure
