// Something that must be true of every simulated day, with its number of checks: a check that never looked at
// anything proves nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::bot::simulation {

struct Invariant {
  std::string name;
  std::string says = {};  // what must be true
  std::uint64_t checks = 0;
  std::uint64_t violations = 0;
  std::vector<std::string> examples = {};  // the first ones
};

// One check of the invariant with that name; `example` says where it does not hold.
using Expect = std::function<void(const char* name, bool holds, const std::string& example)>;

// What the invariant with that name says; empty when there is none.
std::string_view invariant_text(std::string_view name);

}  // namespace pao::bot::simulation
