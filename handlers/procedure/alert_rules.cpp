#include "handlers/procedure/alert_rules.hpp"

#include "handlers/procedure/service_level.hpp"

#include <algorithm>
#include <cstdlib>

namespace pao::procedure {
namespace {

using std::chrono::days;

bool still_to_record(ObligationState state) {
  switch (state) {
    case ObligationState::future:
    case ObligationState::open:
    case ObligationState::due_soon:
    case ObligationState::overdue:
      return true;
    case ObligationState::met:
    case ObligationState::met_late:
    case ObligationState::no_record_due:
      return false;
  }
  return false;
}

// Steps by day, the newest last: +5, +2, 0, −1, −3, −5.
std::vector<int> steps_of(const PracticeRules* rules) {
  const bool stated =
      rules != nullptr && !(rules->alert_days_before.empty() && rules->alert_days_after.empty());
  std::vector<int> steps = stated ? rules->alert_days_before : std::vector<int>{5, 2, 0};
  for (const int after : stated ? rules->alert_days_after : std::vector<int>{1, 3, 5})
    steps.push_back(-after);
  std::sort(steps.begin(), steps.end(), std::greater<>{});
  return steps;
}

struct PlannedStep {
  int step;
  Date day;
};

std::optional<PlannedStep> newest_step(const std::vector<int>& steps, Date due_on, Date today,
                                       const Calendar& calendar) {
  std::optional<PlannedStep> newest;
  for (const int step : steps) {
    const Date day = step_day(due_on, step, calendar);
    if (day > today) break;
    newest = {step, day};
  }
  return newest;
}

// GEN-19: the first ones go to owner and liaison; the leader and the coordination join as it gets late.
std::vector<Recipient> recipients_at(int business_days_left) {
  std::vector<Recipient> recipients{Recipient::owner, Recipient::liaison};
  if (-business_days_left >= leader_from_days_late) recipients.push_back(Recipient::leader);
  if (-business_days_left >= coordination_from_days_late) recipients.push_back(Recipient::coordination);
  return recipients;
}

std::string business_days_phrase(int count) {
  return std::to_string(count) + (count == 1 ? " día hábil" : " días hábiles");
}

std::string reason_at(int business_days_left, Date due_on, Date today) {
  if (business_days_left > 0) {
    return (business_days_left == 1 ? "falta " : "faltan ") + business_days_phrase(business_days_left);
  }
  if (business_days_left == 0) return today == due_on ? "vence hoy" : "vence antes del próximo día hábil";
  const int late = -business_days_left;
  std::string reason = "venció hace " + business_days_phrase(late);
  if (late >= coordination_from_days_late) return reason + "; se informa al líder y a la coordinación";
  if (late >= leader_from_days_late) return reason + "; se informa al líder";
  return reason;
}

}  // namespace

std::string alert_key(const Obligation& obligation, int step) {
  return obligation_key(obligation) + (step > 0 ? "|+" : "|") + std::to_string(step);
}

Date step_day(Date due_on, int step, const Calendar& calendar) {
  if (step < 0) return calendar.add_business_days(due_on, -step);
  const Date anchor = calendar.is_business_day(due_on) ? due_on : calendar.add_business_days(due_on, -1);
  return calendar.add_business_days(anchor, -step);
}

std::vector<AlertDue> alerts_due(const std::vector<AssessedObligation>& obligations,
                                 const std::vector<PracticeRules>& rules, const Calendar& calendar,
                                 Date today, const std::unordered_set<std::string>& sent,
                                 std::optional<Date> first_day) {
  std::vector<AlertDue> due;
  if (!calendar.is_business_day(today)) return due;
  const int year = static_cast<int>(std::chrono::year_month_day{today}.year());
  for (const auto& [obligation, recorded_at, assessment] : obligations) {
    if (!still_to_record(assessment.state)) continue;
    const auto steps = steps_of(rules_in_force(rules, obligation.practice, year));
    const auto newest = newest_step(steps, obligation.due_on, today, calendar);
    if (!newest || (first_day && newest->day < *first_day)) continue;
    auto key = alert_key(obligation, newest->step);
    if (sent.count(key) > 0) continue;
    const int left = business_days_left(obligation.due_on, today, calendar);
    due.push_back({obligation, newest->step, newest->day, left, std::move(key),
                   reason_at(left, obligation.due_on, today), recipients_at(left),
                   obligation.practice + (newest->step < 0 ? ".vencida" : ".proxima")});
  }
  return due;
}

}  // namespace pao::procedure
