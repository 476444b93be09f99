// A guideline named in words: "lineamiento de riesgos 2025 versión 1".
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pao::handlers {

struct NamedGuideline {
  std::string practice;
  int term = 0;
  int version = 0;  // 0: not said
};

// Nothing unless the message begins with "lineamiento(s)" and names a practice and a year and nothing else.
std::optional<NamedGuideline> guideline_named(std::string_view text);

}  // namespace pao::handlers
