// What the questions of the month before say about the guidelines, told to those who can act on it and kept
// for the next review.
#pragma once

#include "cards/learning_card.hpp"
#include "handlers/learning/month.hpp"
#include "handlers/procedure/learning.hpp"
#include "handlers/reference.hpp"
#include "storage/database.hpp"

#include <vector>

namespace pao::handlers::learning {

cards::ProposalsView proposals_view(const Month& month, int questions,
                                    const std::vector<procedure::Proposal>& proposals);

// Once a month, when there is a proposal: keeps the proposals of the month before, and tells the coordination
// all of them and each advisor those of his or her practices and of questions from his or her processes.
// Gives how many people are told.
Result<int> tell_proposals(storage::Database& database, const Reference& reference, Instant now);

}  // namespace pao::handlers::learning
