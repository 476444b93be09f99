// What happens when nobody answers a consult in time (R-09, GEN-10): the next level takes it, and everybody
// involved is told once.
#pragma once

#include "handlers/reference.hpp"
#include "storage/database.hpp"

namespace pao::handlers::consult {

// Escalates what has been silent until today, and closes what waits for the asker for too long. Running it
// twice changes nothing. Gives how many consults moved.
Result<int> escalate_silence(storage::Database& database, const Reference& reference, Instant now);

}  // namespace pao::handlers::consult
