// How often people say that the alerts of a rule help: what a rule is kept, changed or dropped by.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pao::procedure {

struct RuleCount {
  std::string rule;
  std::int64_t told = 0;    // that reached the person
  std::int64_t failed = 0;  // that did not
  std::int64_t useful = 0;
  std::int64_t not_useful = 0;
};

// One line a rule, in the order of their names.
std::vector<RuleCount> count_by_rule(const std::vector<RuleCount>& counts);

// Useful among those that somebody judged, 0 to 1; nothing when nobody has.
std::optional<double> precision_of(const RuleCount& count);

}  // namespace pao::procedure
