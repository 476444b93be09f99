// The life of one alert to one person (procedure 5.6), as a table of every state and event.
#pragma once

#include "handlers/procedure/business_calendar.hpp"
#include "handlers/procedure/result.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace pao::procedure {

enum class AlertState {
  planned,    // programada: in a digest that is not delivered yet
  sent,       // enviada: the channel has given a receipt
  seen,       // vista: the person has pressed something of it
  postponed,  // pospuesta: returns the next business day
  resolved,   // resuelta: what it warned of was done
  expired,    // vencida: its due date passed; a later alert of the same matter takes over
  failed,     // fallida: it did not reach the person, who counts as not told
  retrying,   // reintento: failed before, and in a digest again
};

enum class AlertEvent {
  delivered,    // receipt of the channel
  undelivered,  // unreachable, given up, cancelled, or stale when its turn came
  opened,       // the person pressed something of it
  put_off,      // the person asks for it again later
  put_again,    // in another digest
  done,         // what it warned of was done
  due_passed,   // the due date passed without that
};

inline constexpr std::array all_alert_states = {
    AlertState::planned,  AlertState::sent,    AlertState::seen,   AlertState::postponed,
    AlertState::resolved, AlertState::expired, AlertState::failed, AlertState::retrying};
inline constexpr std::array all_alert_events = {
    AlertEvent::delivered, AlertEvent::undelivered, AlertEvent::opened,    AlertEvent::put_off,
    AlertEvent::put_again, AlertEvent::done,        AlertEvent::due_passed};

// "programada", "enviada", "vista", "pospuesta", "resuelta", "vencida", "fallida", "reintento".
std::string_view to_word(AlertState state);
std::optional<AlertState> parse_alert_state(std::string_view word);

// The state that follows; `refused` when the event cannot happen in that state. Terminal: resolved. From
// expired only `done` leads on.
Result<AlertState> next_state(AlertState state, AlertEvent event);

// When an alert that is put off today comes back: the next business day (5.6). `refused` with a Spanish
// sentence when its state does not take it, when that day lies behind its due date, or when it is late and
// was put off before. `due_on`: none when it has no date.
Result<Date> postponed_until(AlertState state, std::optional<Date> due_on, int postponements, Date today,
                             const Calendar& calendar);

// Whether a person in that state counts as told. Somebody whom it did not reach does not.
constexpr bool counts_as_told(AlertState state) {
  return state != AlertState::failed;
}

}  // namespace pao::procedure
