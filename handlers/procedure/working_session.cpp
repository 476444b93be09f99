#include "handlers/procedure/working_session.hpp"

#include "handlers/procedure/characters.hpp"

namespace pao::procedure {
namespace {

using namespace std::chrono_literals;

constexpr auto earliest = 7h, latest = 19h;
constexpr std::chrono::days farthest{366};

bool is_within_hours(Instant starts_at, int minutes) {
  const auto from = local_time_of_day(starts_at);
  return from >= earliest && from + std::chrono::minutes{minutes} <= latest;
}

}  // namespace

std::string_view to_word(SessionState state) {
  switch (state) {
    case SessionState::convened:
      return "convocada";
    case SessionState::held:
      return "realizada";
    case SessionState::cancelled:
      return "cancelada";
  }
  return {};
}

std::optional<SessionState> parse_session_state(std::string_view word) {
  for (const SessionState state : {SessionState::convened, SessionState::held, SessionState::cancelled}) {
    if (to_word(state) == word) return state;
  }
  return std::nullopt;
}

std::string_view to_word(SessionEvent event) {
  switch (event) {
    case SessionEvent::reschedule:
      return "reprogramada";
    case SessionEvent::record:
      return "realizada";
    case SessionEvent::cancel:
      return "cancelada";
  }
  return {};
}

std::optional<SessionState> next_state(SessionState state, SessionEvent event) {
  if (state != SessionState::convened) return std::nullopt;
  switch (event) {
    case SessionEvent::reschedule:
      return SessionState::convened;
    case SessionEvent::record:
      return SessionState::held;
    case SessionEvent::cancel:
      return SessionState::cancelled;
  }
  return std::nullopt;
}

SessionProblem problem_with(const SessionPlan& plan, Instant now, const Calendar& calendar) {
  if (is_blank(plan.subject)) return SessionProblem::no_subject;
  if (count_characters(plan.subject) > longest_session_subject) return SessionProblem::long_subject;
  if (is_blank(plan.agenda)) return SessionProblem::no_agenda;
  if (count_characters(plan.agenda) > longest_session_agenda) return SessionProblem::long_agenda;
  if (is_blank(plan.place)) return SessionProblem::no_place;
  if (count_characters(plan.place) > longest_session_place) return SessionProblem::long_place;
  if (!plan.starts_at) return SessionProblem::no_time;
  if (plan.minutes < shortest_session_minutes || plan.minutes > longest_session_minutes)
    return SessionProblem::bad_length;
  if (*plan.starts_at <= now) return SessionProblem::in_the_past;
  const Date day = local_date(*plan.starts_at);
  if (day - local_date(now) > farthest) return SessionProblem::too_far;
  if (!calendar.is_business_day(day)) return SessionProblem::no_business_day;
  if (!is_within_hours(*plan.starts_at, plan.minutes)) return SessionProblem::outside_hours;
  return SessionProblem::none;
}

CommitmentProblem problem_with(const CommitmentPlan& commitment, Date held_on, Date today) {
  if (is_blank(commitment.what)) return CommitmentProblem::no_words;
  if (count_characters(commitment.what) > longest_commitment) return CommitmentProblem::long_words;
  if (commitment.owner_id.empty()) return CommitmentProblem::no_owner;
  if (!commitment.due_on) return CommitmentProblem::no_date;
  if (*commitment.due_on < held_on || *commitment.due_on < today) return CommitmentProblem::too_early;
  return CommitmentProblem::none;
}

bool may_be_recorded(Instant starts_at, Instant now) {
  return starts_at <= now;
}

SessionReminder reminder_due(SessionState state, Instant starts_at, Date today, const Calendar& calendar) {
  if (state != SessionState::convened) return SessionReminder::none;
  const Date day = local_date(starts_at);
  if (today < day)
    return calendar.add_business_days(day, -1) == today ? SessionReminder::tomorrow : SessionReminder::none;
  return calendar.business_days_after(day, today) > 0 ? SessionReminder::record_missing
                                                      : SessionReminder::none;
}

int record_reminder_step(int business_days_after) {
  if (business_days_after >= 5) return 5;
  return business_days_after >= 3 ? 3 : 1;
}

}  // namespace pao::procedure
