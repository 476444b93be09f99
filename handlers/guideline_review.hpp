// The yearly review of the guidelines: which practices wait for theirs, and what last year's
// reports ask of them.
#pragma once

#include "handlers/reference.hpp"
#include "storage/session.hpp"

#include <string>
#include <vector>

namespace pao::handlers {

// The vigencia whose guidelines are worked on that day: the year's, and from 1 October on the next one's
// (procedure section 4, activity 1).
int working_term(Date today);

struct PracticeInForce {
  std::string practice;
  int term = 0;  // of the version that answers for the vigencia asked; 0: none
  int version = 0;
};

// The eight practices and the general guideline, in the order of the procedure.
std::vector<PracticeInForce> practices_in_force(storage::Session& session, int term, Instant now);

// Those of the eight practices that have no version published for the vigencia.
std::vector<std::string> pending_practices(storage::Session& session, int term, Instant now);

// Sends, once a year and person: from 1 October to 15 December the reminder of the review to advisors and
// coordination; from the first business day of the year on, while a practice has none, the pending list to
// coordination. Gives how many messages were enqueued.
Result<int> remind_of_review(storage::Database& database, const Reference& reference, Instant now);

}  // namespace pao::handlers
