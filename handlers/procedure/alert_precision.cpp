#include "handlers/procedure/alert_precision.hpp"

#include <map>
#include <utility>

namespace pao::procedure {

std::vector<RuleCount> count_by_rule(const std::vector<RuleCount>& counts) {
  std::map<std::string, RuleCount> by_rule;
  for (const RuleCount& one : counts) {
    RuleCount& sum = by_rule[one.rule];
    sum.rule = one.rule;
    sum.told += one.told;
    sum.failed += one.failed;
    sum.useful += one.useful;
    sum.not_useful += one.not_useful;
  }
  std::vector<RuleCount> sums;
  for (auto& [rule, sum] : by_rule) sums.push_back(std::move(sum));
  return sums;
}

std::optional<double> precision_of(const RuleCount& count) {
  const std::int64_t judged = count.useful + count.not_useful;
  if (judged == 0) return std::nullopt;
  return static_cast<double>(count.useful) / static_cast<double>(judged);
}

}  // namespace pao::procedure
