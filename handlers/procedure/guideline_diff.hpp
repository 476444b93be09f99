// What changed from one version of a guideline to another, criterion by criterion (activity 1).
#pragma once

#include "handlers/procedure/model.hpp"

#include <span>
#include <string>
#include <vector>

namespace pao::procedure {

struct CriterionChange {
  enum class Kind { added, removed, changed };
  Kind kind = Kind::changed;
  std::string code;
  // `before` is empty of what was added, `after` of what was removed.
  std::string title_before, title_after;
  std::string text_before, text_after;
  std::string section_before, section_after;
};

// In the order of the new version; what was removed comes last, in the order of the old one. A criterion is
// the same one when it has the same code; its place among the others does not matter.
std::vector<CriterionChange> compare_criteria(std::span<const Criterion> before,
                                              std::span<const Criterion> after);

}  // namespace pao::procedure
