#include "handlers/procedure/conditions.hpp"

#include "handlers/procedure/numbers.hpp"
#include "handlers/procedure/progress_rules.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace pao::procedure {
namespace {

using Values = std::map<std::string, std::string>;

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (true) {
    const auto begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos) return words;
    text.remove_prefix(begin);
    const auto end = text.find(' ');
    words.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return words;
    text.remove_prefix(end);
  }
}

std::optional<std::string> find_value(const Values& values, const std::string& field) {
  const auto found = values.find(field);
  if (found == values.end() || found->second.empty()) return std::nullopt;
  return found->second;
}

std::optional<double> find_number(const Values& values, const std::string& field) {
  const auto value = find_value(values, field);
  return value ? parse_number(*value) : std::nullopt;
}

bool is_order(const std::string& relation) {
  return relation == "<" || relation == ">" || relation == "<=" || relation == ">=";
}

bool compare(double left, const std::string& relation, double right) {
  if (relation == "<") return left < right;
  if (relation == ">") return left > right;
  if (relation == "<=") return left <= right;
  if (relation == ">=") return left >= right;
  return false;
}

// "field = word", "field < x".
bool is_comparison(const std::vector<std::string>& words) {
  return words.size() == 3 && (words[1] == "=" || words[1] == "!=" || is_order(words[1]));
}

bool comparison_holds(const std::vector<std::string>& words, const Values& values) {
  const auto left = find_value(values, words[0]);
  if (!left) return false;
  if (words[1] == "=") return *left == words[2];
  if (words[1] == "!=") return *left != words[2];
  const auto left_number = parse_number(*left);
  const auto right_number =
      values.count(words[2]) > 0 ? find_number(values, words[2]) : parse_number(words[2]);
  return left_number && right_number && compare(*left_number, words[1], *right_number);
}

// "field < N% de lo programado": N.
std::optional<double> share_of_plan(const std::vector<std::string>& words) {
  if (words.size() != 6 || !is_order(words[1])) return std::nullopt;
  if (words[3] != "de" || words[4] != "lo" || words[5] != "programado") return std::nullopt;
  if (words[2].back() != '%') return std::nullopt;
  return parse_number(std::string_view(words[2]).substr(0, words[2].size() - 1));
}

bool share_of_plan_holds(const std::vector<std::string>& words, double share, const Values& values) {
  const auto done = find_number(values, words[0] + "_cop");
  const auto planned = find_number(values, words[0] + "_programadas_cop");
  return done && planned && compare(*done, words[1], *planned * share / 100);
}

// "someone no verb": the question that tells it.
std::string question_of(const std::vector<std::string>& words) {
  return words.size() == 3 && words[1] == "no" ? words[2] + "_" + words[0] : std::string{};
}

// "field in (word, word)".
struct Membership {
  std::string field;
  std::vector<std::string> words;
  bool twice = false;  // "durante 2 periodos seguidos"
};

std::optional<Membership> membership_of(std::string_view condition) {
  const auto open = condition.find('(');
  const auto close = condition.find(')', open == std::string_view::npos ? 0 : open);
  if (open == std::string_view::npos || close == std::string_view::npos) return std::nullopt;
  const auto left = words_of(condition.substr(0, open));
  std::string list(condition.substr(open + 1, close - open - 1));
  std::replace(list.begin(), list.end(), ',', ' ');
  const auto after = words_of(condition.substr(close + 1));
  const bool twice = after == std::vector<std::string>{"durante", "2", "periodos", "seguidos"};
  Membership membership{.field = left.empty() ? "" : left[0], .words = words_of(list), .twice = twice};
  if (left.size() != 2 || left[1] != "in" || membership.words.empty() || (!after.empty() && !twice))
    return std::nullopt;
  return membership;
}

bool is_one_of(const Membership& membership, const std::string& field, const Values& values) {
  const auto value = find_value(values, field);
  return value &&
         std::find(membership.words.begin(), membership.words.end(), *value) != membership.words.end();
}

}  // namespace

bool condition_holds(std::string_view condition, const std::map<std::string, std::string>& values) {
  const auto words = words_of(condition);
  if (is_comparison(words)) return comparison_holds(words, values);
  if (const auto share = share_of_plan(words)) return share_of_plan_holds(words, *share, values);
  if (const auto membership = membership_of(condition)) {
    return is_one_of(*membership, membership->field, values) &&
           (!membership->twice || is_one_of(*membership, earlier_prefix + membership->field, values));
  }
  const std::string question = question_of(words);
  return !question.empty() && find_value(values, question) == "no";
}

std::string condition_field(std::string_view condition) {
  const auto words = words_of(condition);
  if (is_comparison(words)) return words[0];
  if (share_of_plan(words)) return words[0] + "_programadas_cop";
  if (const auto membership = membership_of(condition)) return membership->field;
  const std::string question = question_of(words);
  return field_choices(question).empty() ? std::string{} : question;
}

bool is_understood(std::string_view condition) {
  return !condition_field(condition).empty();
}

}  // namespace pao::procedure
