// The control point of the verification (activity 4): when everything that a process recorded for a period is
// reviewed, its advisor is asked to confirm by name. Nothing here confirms.
#pragma once

#include "handlers/digest_lines.hpp"
#include "handlers/reference.hpp"
#include "storage/session.hpp"

#include <string_view>
#include <vector>

namespace pao::handlers::verification {

// Whether something was reviewed of that process and period, nothing waits, and nobody has confirmed.
bool awaits_control(storage::Session& session, const Reference& reference, std::string_view process_id,
                    std::string_view period);

// Digest lines of advisors who have such a period, once it is over for ten business days: records may still
// come before. A source of digest lines.
Result<std::vector<DigestLine>> control_lines(storage::Session& session, const Reference& reference,
                                              std::string_view person_id, Instant now);

}  // namespace pao::handlers::verification
