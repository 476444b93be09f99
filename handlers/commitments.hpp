// The open commitments of a person, shared by what is listed as pending and what marks one as fulfilled.
#pragma once

#include "cards/commitment_card.hpp"
#include "handlers/reference.hpp"
#include "storage/session.hpp"

#include <vector>

namespace pao::handlers {

// Those of the processes that the person leads or is liaison of, and those that he or she answers for in any
// other; the earliest date first.
std::vector<procedure::Item> open_commitments(storage::Session& session, const procedure::Person& person,
                                              Date today);

cards::CommitmentLine commitment_line(storage::Session& session, const Reference& reference,
                                      const procedure::Item& commitment, Date today);

}  // namespace pao::handlers
