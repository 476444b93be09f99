// Alert rules as data: what a rule says, and whether it holds for something and is due to be told today.
// Pure: rules come from content, facts from the records.
#pragma once

#include "handlers/procedure/alert_rules.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::procedure {

enum class AlertSubjectKind { obligation, record, item, process };  // obligacion, registro, elemento, proceso

struct AlertRule {
  std::string id;  // "repac.compromiso_vencido"
  std::string practice;
  AlertSubjectKind about{};
  std::vector<std::string> conditions;  // all must hold
  enum class When { guideline, steps, once, monthly } when = When::once;
  std::vector<int> steps;  // business days to the date; the newest last
  std::vector<Recipient> recipients;
  std::string criterion;  // "REP-12"
  std::string datum;      // "El compromiso tiene fecha {fecha_nombre}"
  std::string next_step;
};

// Something a rule may look at, with what is known of it. `dias` among the facts: business days to its date.
struct AlertSubject {
  AlertSubjectKind kind{};
  std::string id;        // of item or process
  std::string step_key;  // what makes it new: the period of a record; empty elsewhere
  std::string process_id;
  std::string practice;
  std::string owner_id;
  std::string name;
  std::optional<Date> due_on;
  std::map<std::string, std::string> facts;
};

struct FiredAlert {
  std::string key;   // "reglas/repac.compromiso_vencido/COMP-1|-3"
  std::string text;  // datum, criterion, next step
  int urgency = 0;
  std::vector<Recipient> recipients;  // with those who join as it gets late
};

// Nothing when a condition does not hold or no step has come. A step counts for three business days, so that
// a missed day is caught up and history is not. Rules about obligations are decided by alerts_due().
std::optional<FiredAlert> fire(const AlertRule& rule, const AlertSubject& subject, Date today);

// Whether its condition still holds for that subject, on whatever day: what it warned of has not ended (5.6).
bool still_holds(const AlertRule& rule, const AlertSubject& subject);

// What the keys of its alerts about that subject begin with, whatever the step: "reglas/<rule>/<subject>".
std::string alert_topic(const AlertRule& rule, const AlertSubject& subject);

// What such a key is about; nothing for the key of an alert of another source.
struct RuleAlertKey {
  std::string_view subject;  // of item or process
  std::string_view step;
};
std::optional<RuleAlertKey> parse_rule_alert_key(std::string_view key);

// The rule about obligations that speaks of this step; null when there is none. Points into `rules`.
const AlertRule* obligation_rule(const std::vector<AlertRule>& rules, std::string_view practice, int step);

// {name} replaced by the fact of that name; numbers with a decimal comma.
std::string fill_in(const std::string& sentence, const std::map<std::string, std::string>& facts);

}  // namespace pao::procedure
