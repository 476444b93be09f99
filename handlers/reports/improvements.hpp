// Recommendations that became improvement actions, followed to their end (procedure 5.5, R-48): the action is
// registered and carried out in the SMGI, whose rows tell when it began and when it was closed.
#pragma once

#include "handlers/reference.hpp"
#include "storage/database.hpp"

namespace pao::handlers::reports {

// Moves the recommendations whose action began or was closed, and tells the process and its advisor of what
// was closed. Gives how many moves; running twice makes none.
Result<int> follow_improvements(storage::Database& database, const Reference& reference, Instant now);

}  // namespace pao::handlers::reports
