// The guidelines that answer questions: of each practice the version in force, today or on a day (R-03,
// C-01). How a version comes into force is in guideline_versions_store.hpp.
#pragma once

#include "handlers/procedure/guideline_states.hpp"
#include "handlers/procedure/model.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

using procedure::GuidelineState;

// Names one version.
struct GuidelineKey {
  std::string practice;
  int term = 0;  // vigencia
  int version = 0;

  bool operator==(const GuidelineKey&) const = default;
};

// Of every practice the version that was in force at that instant for the term, or else for the latest
// earlier term (C-01): the caller sees it by `term`. Without `at`: those that no other has replaced.
std::vector<GuidelineKey> versions_in_force(Session& session, int term, std::optional<Instant> at = {});

// Their rules.
std::vector<procedure::PracticeRules> rules_in_force(Session& session, int term,
                                                     std::optional<Instant> at = {});

// Their criteria, in the order of the files.
std::vector<procedure::Criterion> criteria_in_force(Session& session, int term,
                                                    std::optional<Instant> at = {});

// One criterion of the version in force; nothing when the code is unknown.
std::optional<procedure::Criterion> find_criterion(Session& session, int term, std::string_view code);

// The criteria of one version, whatever its state; none when it does not exist.
std::vector<procedure::Criterion> criteria_of(Session& session, const GuidelineKey& key);

}  // namespace pao::storage
