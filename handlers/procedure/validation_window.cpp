#include "handlers/procedure/validation_window.hpp"

#include <algorithm>

namespace pao::procedure {
namespace {

std::string explain(const CountExplanation& count) {
  std::string text = "Se cuentan " + std::to_string(count.business_days) + " días hábiles desde el " +
                     iso_date(count.first) + ", el día hábil siguiente al envío (" + iso_date(count.start) +
                     "). El último es el " + iso_date(count.end) + ".";
  for (const CountedDay& skipped : count.skipped_weekdays()) {
    text += " No cuenta el " + iso_date(skipped.day) + ":";
    for (std::size_t i = 0; i < skipped.reasons.size(); ++i) {
      const NonBusinessReason& reason = skipped.reasons[i];
      text += (i == 0 ? " " : "; ") + reason.name;
      if (!reason.norm.empty()) text += " (" + reason.norm + ")";
    }
    text += ".";
  }
  return text;
}

}  // namespace

ValidationWindow open_window(Instant sent_at, const Calendar& calendar, int business_days) {
  const CountExplanation count = calendar.explain(local_date(sent_at), business_days);
  return {.sent_on = count.start,
          .business_days = business_days,
          .last_day = count.end,
          .calendar = count.calendar,
          .explanation = explain(count)};
}

std::optional<ValidationWindow> extended(const ValidationWindow& window, const Calendar& calendar) {
  const CountExplanation count = calendar.explain(window.sent_on, window.business_days);
  if (count.end <= window.last_day) return std::nullopt;
  ValidationWindow longer = window;
  longer.last_day = count.end;
  longer.calendar = count.calendar;
  longer.explanation =
      explain(count) + " El plazo comunicado antes era el " + iso_date(window.last_day) + ".";
  return longer;
}

Instant closing_instant(Date last_day) {
  return start_of_day(last_day + std::chrono::days{1});
}

int window_day(Date sent_on, Date today, const Calendar& calendar) {
  return calendar.business_days_after(sent_on, today);
}

std::optional<int> reminder_step(const ValidationWindow& window, Date today, const Calendar& calendar) {
  if (today > window.last_day) return std::nullopt;
  // The last step is the deadline itself, also when it was extended.
  if (today == window.last_day) return window.business_days;
  const int day = window_day(window.sent_on, today, calendar);
  if (day >= 8) return 8;
  if (day >= 5) return 5;
  return std::nullopt;
}

Date final_report_due(Date window_ended, std::optional<Date> last_decision, const Calendar& calendar) {
  const Date from = std::max(window_ended, last_decision.value_or(window_ended));
  return calendar.add_business_days(from, final_report_business_days);
}

}  // namespace pao::procedure
