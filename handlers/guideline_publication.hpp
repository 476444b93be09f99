// Telling every leader and every active liaison that a guideline was published.
#pragma once

#include "cards/guideline_notice.hpp"
#include "handlers/reference.hpp"
#include "storage/guideline_versions_store.hpp"

#include <cstddef>
#include <optional>

namespace pao::handlers {

// What the card of a publication says; nothing for a version that was not published. `before`: what was in
// force until then.
std::optional<cards::PublicationView> publication_view(storage::Session& session,
                                                       const storage::GuidelineKey& key);

// In the transaction that publishes: the audience of that day and one message each, in working hours. Gives
// how many people. The same publication tells nobody twice.
std::size_t announce(storage::Session& session, const Reference& reference, const storage::GuidelineKey& key,
                     Instant now);

// Now when it is a business day between 8:00 and 18:00, else the next such 8:00.
Instant in_working_hours(Instant now, const procedure::Calendar& calendar);

}  // namespace pao::handlers
