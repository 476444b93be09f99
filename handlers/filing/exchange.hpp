// Handing what was captured to the SMGI and reading what it says. Never part of a turn.
#pragma once

#include "handlers/digest_lines.hpp"
#include "handlers/smgi_gateway.hpp"
#include "storage/database.hpp"

#include <string>

namespace pao::handlers::filing {

struct Exchanged {
  int sent = 0;
  int confirmed = 0;
  int refused = 0;
  int unknown = 0;  // answers about nothing that was handed over, or that contradict what is known
};

// Hands over what waits, then stores what the SMGI has said. What was handed over before a failure stays so:
// the next run goes on behind it. Running twice hands nothing over twice. Every change stands in the registro
// . `unavailable` as the gateway says.
Result<Exchanged> exchange(storage::Database& database, SmgiGateway& gateway, Instant now);

// What the SMGI said of one's records and requests, told once. A source of digest lines.
Result<std::vector<DigestLine>> filing_lines(storage::Session& session, const Reference& reference,
                                             std::string_view person_id, Instant now);

}  // namespace pao::handlers::filing
