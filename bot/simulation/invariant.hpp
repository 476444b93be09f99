// Something that must be true of every simulated day, with its number of checks: a check that never looked at
// anything proves nothing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace pao::bot::simulation {

struct Invariant {
  std::string name;
  std::uint64_t checks = 0;
  std::uint64_t violations = 0;
  std::vector<std::string> examples = {};  // the first ones
};

}  // namespace pao::bot::simulation
