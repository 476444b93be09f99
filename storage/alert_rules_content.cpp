#include "storage/alert_rules_content.hpp"

#include "storage/embedded.hpp"
#include "storage/knowledge/content_lines.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace pao::storage {
namespace {

using procedure::AlertRule;
using procedure::AlertSubjectKind;
using procedure::Recipient;

template <class Value>
using Words = std::initializer_list<std::pair<std::string_view, Value>>;

template <class Value>
bool read_word(std::string_view word, Words<Value> words, Value& into) {
  for (const auto& [known, value] : words) {
    if (known != word) continue;
    into = value;
    return true;
  }
  return false;
}

bool read_recipients(std::string_view text, std::vector<Recipient>& into) {
  for (const std::string_view word : knowledge::split_trimmed(text, ',')) {
    Recipient recipient{};
    if (!read_word<Recipient>(word,
                              {{"responsable", Recipient::owner},
                               {"enlace", Recipient::liaison},
                               {"lider", Recipient::leader},
                               {"asesor", Recipient::advisor},
                               {"coordinacion", Recipient::coordination}},
                              recipient))
      return false;
    into.push_back(recipient);
  }
  return !into.empty();
}

bool read_when(std::string_view text, AlertRule& rule) {
  constexpr std::string_view days = "dias ";
  if (!text.starts_with(days)) {
    return read_word<AlertRule::When>(text,
                                      {{"lineamiento", AlertRule::When::guideline},
                                       {"una_vez", AlertRule::When::once},
                                       {"cada_mes", AlertRule::When::monthly}},
                                      rule.when);
  }
  rule.when = AlertRule::When::steps;
  for (const std::string_view part : knowledge::split_trimmed(text.substr(days.size()), ',')) {
    int step = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), step);
    if (error != std::errc{} || end != part.data() + part.size()) return false;
    rule.steps.push_back(step);
  }
  std::sort(rule.steps.begin(), rule.steps.end(), std::greater<>{});
  return !rule.steps.empty();
}

bool read_line(std::string_view key, std::string_view value, AlertRule& rule) {
  if (value.empty()) return false;
  if (key == "practica")
    rule.practice = value;
  else if (key == "si")
    rule.conditions.emplace_back(value);
  else if (key == "criterio")
    rule.criterion = value;
  else if (key == "dato")
    rule.datum = value;
  else if (key == "sigue")
    rule.next_step = value;
  else if (key == "a")
    return read_recipients(value, rule.recipients);
  else if (key == "cuando")
    return read_when(value, rule);
  else if (key == "sobre")
    return read_word<AlertSubjectKind>(value,
                                       {{"obligacion", AlertSubjectKind::obligation},
                                        {"registro", AlertSubjectKind::record},
                                        {"elemento", AlertSubjectKind::item},
                                        {"proceso", AlertSubjectKind::process}},
                                       rule.about);
  else
    return false;
  return true;
}

// What every rule says; those about obligations take recipients and datum from the schedule of the guideline.
bool is_complete(const AlertRule& rule) {
  if (rule.practice.empty() || rule.conditions.empty() || rule.criterion.empty() || rule.next_step.empty())
    return false;
  const bool scheduled = rule.when == AlertRule::When::guideline;
  if ((rule.about == AlertSubjectKind::obligation) != scheduled) return false;
  return scheduled || (!rule.datum.empty() && !rule.recipients.empty());
}

}  // namespace

Result<std::vector<AlertRule>> parse_alert_rules(std::string_view text) {
  std::vector<AlertRule> rules;
  std::set<std::string> ids;
  for (const std::string_view line : knowledge::content_lines(text)) {
    const auto [key, value] = knowledge::key_and_value(line, ':');
    if (key == "regla") {
      if (!rules.empty() && !is_complete(rules.back()))
        return fail(ErrorCode::invalid, "alert rule " + rules.back().id + " is not complete");
      if (value.empty() || value.find(' ') != std::string_view::npos ||
          !ids.insert(std::string(value)).second)
        return fail(ErrorCode::invalid, "alert rule id missing, with blanks or twice: " + std::string(value));
      rules.push_back({.id = std::string(value)});
    } else if (rules.empty() || !read_line(key, value, rules.back())) {
      return fail(ErrorCode::invalid, "alert rules: cannot read \"" + std::string(line) + "\"");
    }
  }
  if (!rules.empty() && !is_complete(rules.back()))
    return fail(ErrorCode::invalid, "alert rule " + rules.back().id + " is not complete");
  return rules;
}

const std::vector<AlertRule>& alert_rules() {
  static const std::vector<AlertRule> rules =
      parse_alert_rules(embedded_file("alert_rules.txt")).value_or(std::vector<AlertRule>{});
  return rules;
}

}  // namespace pao::storage
