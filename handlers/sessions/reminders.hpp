// What the daily digest says of working sessions: to everybody on the business day before, and to who
// convened one that has no minutes yet.
#pragma once

#include "handlers/digest_lines.hpp"

namespace pao::handlers::sessions {

// A digest source (digest_lines.hpp).
Result<std::vector<DigestLine>> reminder_lines(storage::Session& session, const Reference& reference,
                                               std::string_view person_id, Instant now);

}  // namespace pao::handlers::sessions
