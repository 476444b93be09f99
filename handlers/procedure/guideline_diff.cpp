#include "handlers/procedure/guideline_diff.hpp"

#include <algorithm>

namespace pao::procedure {
namespace {

const Criterion* find_code(std::span<const Criterion> criteria, const std::string& code) {
  const auto found =
      std::find_if(criteria.begin(), criteria.end(), [&](const Criterion& one) { return one.code == code; });
  return found == criteria.end() ? nullptr : &*found;
}

}  // namespace

std::vector<CriterionChange> compare_criteria(std::span<const Criterion> before,
                                              std::span<const Criterion> after) {
  using Kind = CriterionChange::Kind;
  std::vector<CriterionChange> changes;
  for (const Criterion& now : after) {
    const Criterion* old = find_code(before, now.code);
    if (old == nullptr) {
      changes.push_back({Kind::added, now.code, "", now.title, "", now.text, "", now.section});
    } else if (old->title != now.title || old->text != now.text || old->section != now.section) {
      changes.push_back(
          {Kind::changed, now.code, old->title, now.title, old->text, now.text, old->section, now.section});
    }
  }
  for (const Criterion& old : before) {
    if (find_code(after, old.code) == nullptr) {
      changes.push_back({Kind::removed, old.code, old.title, "", old.text, "", old.section, ""});
    }
  }
  return changes;
}

}  // namespace pao::procedure
