// The clock of one SS request, replayed from its events (procedure 5.2, R-41, R-42; GEN-16, GEN-17).
//
// It starts on the day of filing or of the leader's endorsement (day 1 is the next business day), stands
// still while information is awaited (at most five business days each time), goes on, and ends with the
// answer. Each event that makes it run carries the entity's own days known at that time, so that the due date
// follows from the events and the law alone: a non-working day declared later moves it only by an event of
// its own, and a day taken off the list never brings it nearer.
#pragma once

#include "handlers/procedure/business_calendar.hpp"
#include "handlers/procedure/request_states.hpp"
#include "handlers/procedure/service_level.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::procedure {

enum class ClockEventKind {
  start,        // `business_days`: the level
  stop,         // information is awaited from this day on
  resume,       // it came this day
  extend,       // a non-working day was declared
  suspend_for,  // `business_days` of waiting whose dates are not known (requests taken over from the SMGI)
  end,          // answered, withdrawn or closed: it never runs again
};

// "inicia", "detiene", "reanuda", "extiende", "suspende", "termina": part of the stored format.
std::string_view to_word(ClockEventKind kind);
std::optional<ClockEventKind> parse_clock_event(std::string_view word);

struct ClockEvent {
  ClockEventKind kind;
  Date on;  // Bogotá
  int business_days = 0;
  std::vector<EntityDay> entity_days = {};  // of start, resume, extend: those from `on` on
};

struct Wait {
  Date asked_on;
  std::optional<Date> answered_on;  // none: still waiting, or ended without an answer
};

struct ServiceClock {
  std::optional<Date> started_on;  // none: not started; nothing below has a meaning
  int level = 0;                   // business days
  int suspended = 0;               // business days it stood still until now or its end
  std::vector<Wait> waits;
  bool stopped = false;
  std::optional<Date> ended_on;
  std::optional<Date> due_on;  // last day to answer; none while it is stopped
  Calendar calendar;           // the law and the days that the events name
};

// From the events in their order. `invalid` (English detail) when they cannot follow each other.
Result<ServiceClock> replay(const std::vector<ClockEvent>& events);

// Business days of the level used up at the end of that day, or when it ended; waiting does not use any.
int used_business_days(const ServiceClock& clock, Date day);

// One day of the explanation.
struct ClockDay {
  Date day;
  int number = 0;        // 1 … level; 0: does not count
  bool waiting = false;  // a business day on which information was awaited
  std::vector<NonBusinessReason> reasons;
};
// Every day from the one after the start to the due date; empty while there is none.
std::vector<ClockDay> explain(const ServiceClock& clock);

// Last day on which the awaited information is received; nothing when none is awaited.
std::optional<Date> information_until(const ServiceClock& clock);

// The event that brings in what the calendar of today knows more than the clock; nothing when the due date
// does not move. Only for a running clock.
std::optional<ClockEvent> extension(const std::vector<ClockEvent>& events, const Calendar& today_calendar,
                                    Date today);

// The entity's own days that an event of that day has to carry for a level.
std::vector<EntityDay> days_ahead(const Calendar& calendar, Date from, int level);

// What the event does to the clock of a request; nothing when it leaves it alone.
std::optional<ClockEventKind> clock_effect(RequestEvent event, bool endorsement_pending);

// How much of the level is used up: whom to tell. In the order of urgency.
enum class ClockStep {
  none,
  half,        // 50 %
  most,        // 80 %
  day_before,  // one business day left
  due_today,   // 100 %
  exceeded,    // the day has passed: the coordination too
};
std::string_view to_word(ClockStep step);  // "", "50", "80", "vispera", "100", "vencida"
ClockStep step_on(const ServiceClock& clock, Date today);

}  // namespace pao::procedure
