// Working sessions (mesas de trabajo, R-10): what one must have, what can become of it, when people are
// reminded. Pure.
#pragma once

#include "handlers/procedure/business_calendar.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::procedure {

enum class SessionState { convened, held, cancelled };
// "convocada", "realizada", "cancelada".
std::string_view to_word(SessionState state);
std::optional<SessionState> parse_session_state(std::string_view word);

enum class SessionEvent { reschedule, record, cancel };
// "reprogramada", "realizada", "cancelada".
std::string_view to_word(SessionEvent event);

// Nothing when it cannot happen in that state: what was held or cancelled stays so.
std::optional<SessionState> next_state(SessionState state, SessionEvent event);

inline constexpr int shortest_session_minutes = 15;
inline constexpr int longest_session_minutes = 480;
inline constexpr std::size_t longest_session_subject = 200;  // in characters
inline constexpr std::size_t longest_session_agenda = 2000;
inline constexpr std::size_t longest_session_place = 300;
inline constexpr std::size_t longest_session_record = 4000;
inline constexpr std::size_t longest_commitment = 300;
inline constexpr std::size_t most_session_people = 60;
inline constexpr std::size_t most_commitments = 5;  // of one session

struct SessionPlan {
  std::string subject;
  std::string agenda;
  std::string place;
  std::optional<Instant> starts_at;  // nothing: no day or no hour
  int minutes = 0;
};

enum class SessionProblem {
  none,
  no_subject,
  long_subject,
  no_agenda,
  long_agenda,
  no_place,
  long_place,
  no_time,
  in_the_past,  // begins before now
  too_far,      // more than a year ahead
  no_business_day,
  outside_hours,  // begins before 7:00 or ends after 19:00 in Bogotá
  bad_length,
};

// The first thing that is wrong with it.
SessionProblem problem_with(const SessionPlan& plan, Instant now, const Calendar& calendar);

struct CommitmentPlan {
  std::string what;
  std::string owner_id;  // empty: nobody that is known
  std::optional<Date> due_on;
};
enum class CommitmentProblem { none, no_words, long_words, no_owner, no_date, too_early };
// `held_on`: the day of the session; a commitment is due that day or later, and not before today.
CommitmentProblem problem_with(const CommitmentPlan& commitment, Date held_on, Date today);

// A session can be recorded once it has begun.
bool may_be_recorded(Instant starts_at, Instant now);

enum class SessionReminder {
  none,
  tomorrow,        // to everybody invited, on the business day before
  record_missing,  // to who convened it, from the business day after, while there are no minutes
};
SessionReminder reminder_due(SessionState state, Instant starts_at, Date today, const Calendar& calendar);

// Missing minutes are told one, three and five business days after: the newest of these days that has come.
int record_reminder_step(int business_days_after);

}  // namespace pao::procedure
