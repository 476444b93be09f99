// The window in which a process reviews its follow-up report (procedure 5.4, R-29, R-30, R-32, R-33, C-07,
// C-08): ten business days counted from the business day after sending, closed at the last second of day 10.
#pragma once

#include "handlers/procedure/business_calendar.hpp"

#include <optional>
#include <string>

namespace pao::procedure {

inline constexpr int validation_business_days = 10;

// What is frozen when a report is sent. Stored with it, so that a later reader can reproduce the deadline.
struct ValidationWindow {
  Date sent_on;  // Bogotá day; never counts
  int business_days = validation_business_days;
  Date last_day;            // closes at 23:59:59 of it, Bogotá
  std::string calendar;     // Calendar::name() at the time
  std::string explanation;  // Spanish: each skipped weekday and its norm
};

ValidationWindow open_window(Instant sent_at, const Calendar& calendar,
                             int business_days = validation_business_days);

// The same window after the calendar changed: a non-working day declared later extends it, a day that was
// removed never shortens it. Nothing when the deadline stays.
std::optional<ValidationWindow> extended(const ValidationWindow& window, const Calendar& calendar);

// The first instant at which it is closed: 00:00:00 of the day after the last one.
Instant closing_instant(Date last_day);

// Whether an answer at that instant is in time, to the second.
inline bool is_in_time(Date last_day, Instant at) {
  return at < closing_instant(last_day);
}

// Which business day of the window that day is: 1 is the first; 0 on the day of sending. A day that does not
// count has the number of the business day before it.
int window_day(Date sent_on, Date today, const Calendar& calendar);

// The step of the reminders that has been reached: 5, 8 or 10; nothing before day 5 and after the last day.
// After a stop of the service the latest step counts, once.
std::optional<int> reminder_step(const ValidationWindow& window, Date today, const Calendar& calendar);

inline constexpr int final_report_business_days = 5;

// By when the final report has to leave (activity 7): five business days after the window ended, or after the
// last justification or SS-4 was decided when that was later.
Date final_report_due(Date window_ended, std::optional<Date> last_decision, const Calendar& calendar);

}  // namespace pao::procedure
