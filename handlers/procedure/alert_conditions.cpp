#include "handlers/procedure/alert_conditions.hpp"

#include "handlers/procedure/conditions.hpp"
#include "handlers/procedure/numbers.hpp"

#include <algorithm>

namespace pao::procedure {
namespace {

constexpr std::string_view of_rules = "reglas/";  // how the keys of rule alerts begin

using Facts = std::map<std::string, std::string>;

constexpr int catch_up_business_days = 3;
// What has no date of its own stands behind everything that has one.
constexpr int without_date = 50;

std::optional<int> days_of(const Facts& facts) {
  const auto found = facts.find("dias");
  const auto number = found == facts.end() ? std::nullopt : parse_number(found->second);
  return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

bool holds(const AlertRule& rule, const Facts& facts) {
  return std::all_of(rule.conditions.begin(), rule.conditions.end(),
                     [&](const std::string& condition) { return condition_holds(condition, facts); });
}

std::optional<int> newest_step(const AlertRule& rule, int days) {
  std::optional<int> newest;
  for (const int step : rule.steps) {
    if (days <= step) newest = step;
  }
  return newest && days > *newest - catch_up_business_days ? newest : std::nullopt;
}

// The part of the key that changes when it is to be told again.
std::optional<std::string> step_text(const AlertRule& rule, const AlertSubject& subject, Date today) {
  switch (rule.when) {
    case AlertRule::When::guideline:
      return std::nullopt;
    case AlertRule::When::once:
      return subject.step_key.empty() ? "1" : subject.step_key;
    case AlertRule::When::monthly:
      return iso_date(today).substr(0, 7);
    case AlertRule::When::steps: {
      const auto days = days_of(subject.facts);
      const auto step = days ? newest_step(rule, *days) : std::nullopt;
      if (!step) return std::nullopt;
      return (*step > 0 ? "+" : "") + std::to_string(*step);
    }
  }
  return std::nullopt;
}

std::vector<Recipient> recipients_of(const AlertRule& rule, const Facts& facts) {
  std::vector<Recipient> recipients = rule.recipients;
  if (rule.when != AlertRule::When::steps) return recipients;
  const int late = -days_of(facts).value_or(0);
  const auto add = [&](Recipient one) {
    if (std::find(recipients.begin(), recipients.end(), one) == recipients.end()) recipients.push_back(one);
  };
  if (late >= leader_from_days_late) add(Recipient::leader);
  if (late >= coordination_from_days_late) add(Recipient::coordination);
  return recipients;
}

}  // namespace

std::string fill_in(const std::string& sentence, const Facts& facts) {
  std::string out;
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    const auto end = sentence[i] == '{' ? sentence.find('}', i) : std::string::npos;
    if (end == std::string::npos) {
      out += sentence[i];
      continue;
    }
    const auto fact = facts.find(sentence.substr(i + 1, end - i - 1));
    if (fact != facts.end()) {
      std::string shown = fact->second;
      if (parse_number(shown)) std::replace(shown.begin(), shown.end(), '.', ',');
      out += shown;
    }
    i = end;
  }
  return out;
}

bool still_holds(const AlertRule& rule, const AlertSubject& subject) {
  return rule.about == subject.kind && rule.practice == subject.practice && holds(rule, subject.facts);
}

std::string alert_topic(const AlertRule& rule, const AlertSubject& subject) {
  return std::string(of_rules) + rule.id + "/" + subject.id;
}

std::optional<RuleAlertKey> parse_rule_alert_key(std::string_view key) {
  if (!key.starts_with(of_rules)) return std::nullopt;
  const auto subject = key.find('/', of_rules.size()), step = key.find('|');
  if (subject == std::string_view::npos || step == std::string_view::npos || step < subject)
    return std::nullopt;
  return RuleAlertKey{key.substr(subject + 1, step - subject - 1), key.substr(step + 1)};
}

std::optional<FiredAlert> fire(const AlertRule& rule, const AlertSubject& subject, Date today) {
  if (!still_holds(rule, subject)) return std::nullopt;
  const auto step = step_text(rule, subject, today);
  if (!step) return std::nullopt;
  return FiredAlert{
      .key = alert_topic(rule, subject) + "|" + *step,
      .text = fill_in(rule.datum, subject.facts) + " Criterio " + rule.criterion + ". " + rule.next_step,
      .urgency = rule.when == AlertRule::When::steps ? days_of(subject.facts).value_or(0) : without_date,
      .recipients = recipients_of(rule, subject.facts)};
}

const AlertRule* obligation_rule(const std::vector<AlertRule>& rules, std::string_view practice, int step) {
  const Facts facts{{"dias", std::to_string(step)}};
  for (const AlertRule& rule : rules) {
    if (rule.about == AlertSubjectKind::obligation && rule.practice == practice && holds(rule, facts))
      return &rule;
  }
  return nullptr;
}

}  // namespace pao::procedure
