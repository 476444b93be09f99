// The life of a progress record (procedure 5.3), as a table of every state and event, and until when a
// returned one may be corrected without losing its timeliness.
#pragma once

#include "handlers/procedure/business_calendar.hpp"
#include "handlers/procedure/model.hpp"
#include "handlers/procedure/result.hpp"

#include <array>
#include <optional>

namespace pao::procedure {

enum class RecordEvent {
  save,       // the form is saved: borrador → registrado
  change,     // the process changes what it saved: before verification, or because it was returned
  take_up,    // the advisor opens it to verify
  accept,     // the advisor accepts it
  send_back,  // the advisor returns it with what to correct
};

inline constexpr std::array all_record_events = {RecordEvent::save, RecordEvent::change, RecordEvent::take_up,
                                                 RecordEvent::accept, RecordEvent::send_back};

// The state that follows; nothing stands for borrador, which is the open form and is not stored. `refused`
// with a sentence that says what to do instead.
Result<ReviewState> next_record_state(std::optional<ReviewState> state, RecordEvent event);

// Business days to correct a returned record (5.3, PLA-12).
inline constexpr int correction_business_days = 3;

// The last day on which a correction keeps the first timeliness, returned on that day.
Date correct_until(Date returned_on, const Calendar& calendar);

// The instant that decides whether a corrected record is on time: the first save, unless the correction of a
// returned record came after its last day. `returned_at`: none when it was changed before verification.
Instant counted_at(Instant first_saved_at, std::optional<Instant> returned_at, Instant corrected_at,
                   const Calendar& calendar);

// Whether the obligation's timeliness is that of a record saved then.
Timeliness timeliness_of(Instant recorded_at, Date due_on);

}  // namespace pao::procedure
