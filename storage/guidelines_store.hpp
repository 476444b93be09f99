// Guideline versions and their criteria.
#pragma once

#include "handlers/procedure/model.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

enum class GuidelineState { draft, in_review, approved, published, replaced, discarded };

// A published version of every practice for the term, rules only. Falls back per practice to the latest
// earlier term when the term has none (C-01): the caller sees it by `term`.
std::vector<procedure::PracticeRules> rules_in_force(Session& session, int term);

// The criteria of those versions, in the order of the files.
std::vector<procedure::Criterion> criteria_in_force(Session& session, int term);

// One criterion of the version in force; nothing when the code is unknown.
std::optional<procedure::Criterion> find_criterion(Session& session, int term, std::string_view code);

}  // namespace pao::storage
