// What waits for somebody who advises the processes: consults, requests, and what the daily digest knows.
#pragma once

#include "cards/alert_card.hpp"
#include "handlers/procedure/model.hpp"
#include "handlers/reference.hpp"
#include "storage/session.hpp"

#include <vector>

namespace pao::handlers::status {

// The most urgent first. What holds at `now`, whether the person was told of it or not. Reads only.
Result<std::vector<cards::DigestNote>> desk_notes(storage::Session& session, const Reference& reference,
                                                  const procedure::Person& person, Instant now);

}  // namespace pao::handlers::status
