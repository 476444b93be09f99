// What waits for an advisor to be verified, and for how long.
#pragma once

#include "cards/verification_card.hpp"
#include "handlers/reference.hpp"
#include "storage/session.hpp"

namespace pao::handlers::verification {

// One page of the queue, the oldest first; a page beyond the end gives the last one.
cards::VerificationQueueView queue_page(storage::Session& session, const Reference& reference,
                                        const procedure::Person& advisor, int page, Instant now);

// How many records wait in the advisor's processes.
int waiting_count(storage::Session& session, const procedure::Person& advisor, Date today);

}  // namespace pao::handlers::verification
