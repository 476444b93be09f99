#include "handlers/procedure/service_clock.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace pao::procedure {
namespace {

using Kind = ClockEventKind;
using std::chrono::days;

constexpr std::pair<Kind, std::string_view> kind_words[] = {
    {Kind::start, "inicia"},    {Kind::stop, "detiene"},         {Kind::resume, "reanuda"},
    {Kind::extend, "extiende"}, {Kind::suspend_for, "suspende"}, {Kind::end, "termina"},
};

// A day that was once told not to count never counts again: the date that people know does not come nearer.
Calendar calendar_of(const std::vector<ClockEvent>& events) {
  std::map<Date, EntityDay> days_known;
  for (const ClockEvent& event : events) {
    for (const EntityDay& day : event.entity_days) {
      const auto [entry, is_new] = days_known.emplace(day.day, day);
      if (!is_new && entry->second.working && !day.working) entry->second = day;
    }
  }
  std::vector<EntityDay> list;
  for (auto& [day, entity_day] : days_known) list.push_back(std::move(entity_day));
  return Calendar(std::move(list));
}

Date last_waiting_day(const Wait& wait, const Calendar& calendar) {
  const Date longest = calendar.add_business_days(wait.asked_on, max_suspended_business_days);
  return wait.answered_on ? std::min(longest, *wait.answered_on) : longest;
}

bool stands_still(const ServiceClock& clock, Date day) {
  return std::any_of(clock.waits.begin(), clock.waits.end(), [&](const Wait& wait) {
    return wait.asked_on < day && day <= last_waiting_day(wait, clock.calendar);
  });
}

// The days of waiting that were taken over without dates are counted after the level.
int unknown_waits(const std::vector<ClockEvent>& events) {
  int total = 0;
  for (const ClockEvent& event : events) {
    if (event.kind == Kind::suspend_for) total += event.business_days;
  }
  return total;
}

Date due_of(const ServiceClock& clock, int business_days) {
  Date day = *clock.started_on;
  for (int counted = 0; counted < business_days;) {
    day += days{1};
    if (clock.calendar.is_business_day(day) && !stands_still(clock, day)) ++counted;
  }
  return day;
}

Result<void> take(ServiceClock& clock, const ClockEvent& event) {
  const auto wrong = [](const char* why) { return fail(ErrorCode::invalid, why); };
  if (event.kind == Kind::start) {
    if (clock.started_on) return wrong("the clock starts twice");
    if (event.business_days < 1) return wrong("the clock starts without a level");
    clock.started_on = event.on;
    clock.level = event.business_days;
    return {};
  }
  if (event.kind == Kind::end) {
    if (clock.ended_on) return wrong("the clock ends twice");
    clock.ended_on = event.on;  // also before it started: withdrawn while the aval was pending
    return {};
  }
  if (!clock.started_on) return wrong("the clock has not started");
  if (clock.ended_on && event.kind != Kind::suspend_for) return wrong("the clock has ended");
  switch (event.kind) {
    case Kind::stop:
      if (clock.stopped) return wrong("the clock stops twice");
      clock.stopped = true;
      clock.waits.push_back({event.on, std::nullopt});
      break;
    case Kind::resume:
      if (!clock.stopped) return wrong("the clock goes on without having stopped");
      if (event.on < clock.waits.back().asked_on) return wrong("the clock goes on before it stopped");
      clock.stopped = false;
      clock.waits.back().answered_on = event.on;
      break;
    default:
      break;
  }
  return {};
}

}  // namespace

std::string_view to_word(ClockEventKind kind) {
  for (const auto& [value, word] : kind_words) {
    if (value == kind) return word;
  }
  return {};
}

std::optional<ClockEventKind> parse_clock_event(std::string_view word) {
  for (const auto& [value, known] : kind_words) {
    if (known == word) return value;
  }
  return std::nullopt;
}

Result<ServiceClock> replay(const std::vector<ClockEvent>& events) {
  ServiceClock clock;
  clock.calendar = calendar_of(events);
  std::optional<Date> before;
  for (const ClockEvent& event : events) {
    if (before && event.on < *before) return fail(ErrorCode::invalid, "the events are not in order");
    before = event.on;
    if (const Result<void> taken = take(clock, event); !taken) return tl::unexpected<Error>(taken.error());
  }
  if (!clock.started_on) return clock;
  const int unknown = unknown_waits(events);
  clock.suspended = unknown;
  for (const Wait& wait : clock.waits) {
    const std::optional<Date> until = wait.answered_on ? wait.answered_on : clock.ended_on;
    if (until) clock.suspended += suspension(wait.asked_on, *until, clock.calendar);
  }
  if (!clock.stopped) clock.due_on = due_of(clock, clock.level + unknown);
  return clock;
}

int used_business_days(const ServiceClock& clock, Date day) {
  if (!clock.started_on) return 0;
  const Date last = clock.ended_on ? std::min(*clock.ended_on, day) : day;
  int used = clock.calendar.business_days_after(*clock.started_on, last);
  for (const Wait& wait : clock.waits) {
    const Date until = std::min(last, last_waiting_day(wait, clock.calendar));
    used -= clock.calendar.business_days_after(wait.asked_on, until);
  }
  return used;
}

std::vector<ClockDay> explain(const ServiceClock& clock) {
  std::vector<ClockDay> explained;
  if (!clock.started_on || !clock.due_on) return explained;
  int number = 0;
  for (Date day = *clock.started_on + days{1}; day <= *clock.due_on; day += days{1}) {
    ClockDay one{.day = day, .reasons = clock.calendar.why_not_business(day)};
    if (one.reasons.empty()) {
      one.waiting = stands_still(clock, day);
      if (!one.waiting) one.number = ++number;
    }
    explained.push_back(std::move(one));
  }
  return explained;
}

std::optional<Date> information_until(const ServiceClock& clock) {
  if (!clock.stopped || clock.ended_on || clock.waits.empty()) return std::nullopt;
  return clock.calendar.add_business_days(clock.waits.back().asked_on, max_suspended_business_days);
}

std::optional<ClockEvent> extension(const std::vector<ClockEvent>& events, const Calendar& today_calendar,
                                    Date today) {
  const Result<ServiceClock> known = replay(events);
  if (!known || !known->due_on || known->ended_on || today > *known->due_on) return std::nullopt;
  ClockEvent event{.kind = Kind::extend, .on = today};
  for (const EntityDay& day : days_ahead(today_calendar, *known->started_on, known->level)) {
    if (!day.working && known->calendar.is_business_day(day.day)) {
      event.entity_days.push_back(day);
    }
  }
  if (event.entity_days.empty()) return std::nullopt;
  std::vector<ClockEvent> longer = events;
  longer.push_back(event);
  const Result<ServiceClock> extended = replay(longer);
  if (!extended || !extended->due_on || *extended->due_on <= *known->due_on) return std::nullopt;
  return event;
}

std::vector<EntityDay> days_ahead(const Calendar& calendar, Date from, int level) {
  const Date until = from + days{60 + 3 * level};
  std::vector<EntityDay> ahead;
  for (const EntityDay& day : calendar.entity_days()) {
    if (from <= day.day && day.day <= until) ahead.push_back(day);
  }
  return ahead;
}

std::optional<ClockEventKind> clock_effect(RequestEvent event, bool endorsement_pending) {
  switch (event) {
    case RequestEvent::file:
      return endorsement_pending ? std::nullopt : std::optional(Kind::start);
    case RequestEvent::endorse:
      return Kind::start;
    case RequestEvent::ask_information:
      return Kind::stop;
    case RequestEvent::provide_information:
      return Kind::resume;
    case RequestEvent::approve:
    case RequestEvent::reject:
    case RequestEvent::withdraw:
    case RequestEvent::close_unanswered:
      return Kind::end;
    case RequestEvent::take:
    case RequestEvent::apply:
    case RequestEvent::close:
    case RequestEvent::reassign:
      return std::nullopt;
  }
  return std::nullopt;
}

std::string_view to_word(ClockStep step) {
  switch (step) {
    case ClockStep::none:
      return "";
    case ClockStep::half:
      return "50";
    case ClockStep::most:
      return "80";
    case ClockStep::day_before:
      return "vispera";
    case ClockStep::due_today:
      return "100";
    case ClockStep::exceeded:
      return "vencida";
  }
  return "";
}

ClockStep step_on(const ServiceClock& clock, Date today) {
  if (!clock.due_on || clock.ended_on) return ClockStep::none;
  if (today > *clock.due_on) return ClockStep::exceeded;
  if (today == *clock.due_on) return ClockStep::due_today;
  if (clock.calendar.business_days_after(today, *clock.due_on) == 1) return ClockStep::day_before;
  const int used = used_business_days(clock, today);
  if (used * 10 >= clock.level * 8) return ClockStep::most;
  return used * 2 >= clock.level ? ClockStep::half : ClockStep::none;
}

}  // namespace pao::procedure
