#include "handlers/procedure/conditions.hpp"

#include "handlers/procedure/numbers.hpp"

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

bool compare(double left, const std::string& relation, double right) {
  if (relation == "<") return left < right;
  if (relation == ">") return left > right;
  if (relation == "<=") return left <= right;
  if (relation == ">=") return left >= right;
  return false;
}

// "field = word", "field < x".
bool simple_condition_holds(const std::vector<std::string>& words, const Values& values) {
  const auto left = find_value(values, words[0]);
  if (!left) return false;
  if (words[1] == "=") return *left == words[2];
  if (words[1] == "!=") return *left != words[2];
  const auto left_number = parse_number(*left);
  const auto right_number =
      values.count(words[2]) > 0 ? find_number(values, words[2]) : parse_number(words[2]);
  return left_number && right_number && compare(*left_number, words[1], *right_number);
}

// "field < N% de lo programado".
bool share_of_plan_holds(const std::vector<std::string>& words, const Values& values) {
  if (words[3] != "de" || words[4] != "lo" || words[5] != "programado") return false;
  if (words[2].empty() || words[2].back() != '%') return false;
  const auto share = parse_number(std::string_view(words[2]).substr(0, words[2].size() - 1));
  const auto done = find_number(values, words[0] + "_cop");
  const auto planned = find_number(values, words[0] + "_programadas_cop");
  return share && done && planned && compare(*done, words[1], *planned * *share / 100);
}

}  // namespace

bool condition_holds(std::string_view condition, const std::map<std::string, std::string>& values) {
  const auto words = words_of(condition);
  if (words.size() == 3) return simple_condition_holds(words, values);
  if (words.size() == 6) return share_of_plan_holds(words, values);
  return false;
}

std::string condition_field(std::string_view condition) {
  const auto words = words_of(condition);
  const bool is_simple = words.size() == 3 && words[1].find_first_not_of("<>=!") == std::string::npos;
  return is_simple ? words[0] : std::string{};
}

}  // namespace pao::procedure
