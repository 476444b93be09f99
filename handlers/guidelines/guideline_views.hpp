// Guideline versions as the cards show them. Internal to the feature.
#pragma once

#include "cards/guideline_card.hpp"
#include "handlers/reference.hpp"
#include "handlers/turn.hpp"
#include "storage/guideline_versions_store.hpp"

#include <optional>
#include <string>

namespace pao::handlers::guidelines {

cards::GuidelineRef ref_of(const storage::GuidelineKey& key);

// When it begins to answer, or began to; nothing while it is not published.
std::optional<Instant> rules_from(const storage::GuidelineVersion& version);

// The version that a card names; nothing when its values are none.
std::optional<storage::GuidelineKey> key_of(const Turn& turn);

// Published versions are for everybody in the directory; the others for the planning office.
bool may_see(const procedure::Person& person, const storage::GuidelineVersion& version, Date today);

// The version that answers questions for that practice at `now`, or would answer for a later vigencia.
std::optional<storage::GuidelineKey> in_force(storage::Session& session, const storage::GuidelineKey& key,
                                              Instant now);

// With what the person may do with it.
cards::GuidelineVersionView version_view(storage::Session& session, const Reference& reference,
                                         const storage::GuidelineVersion& version,
                                         const procedure::Person& person, Instant now);

// Of the vigencia whose guidelines are worked on: this year's, and from October on the next one's.
cards::GuidelineBoardView board_view(storage::Session& session, const Reference& reference,
                                     const procedure::Person& person, Instant now);

bool coordinates(const procedure::Person& person, Date today);

}  // namespace pao::handlers::guidelines
