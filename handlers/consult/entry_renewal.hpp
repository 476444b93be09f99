// Approved answers of an earlier vigencia: since the guideline of the new one is in force they answer nobody,
// until somebody of the coordination keeps or retires them (activity 3 feeding activity 1).
#pragma once

#include "handlers/digest_lines.hpp"
#include "handlers/reference.hpp"
#include "storage/entries_store.hpp"

#include <vector>

namespace pao::handlers::consult {

// The vigencia for which an approved answer would have to be kept: that of its practice's guideline in force,
// when it holds for an earlier one only. 0: nothing to decide.
int renewal_term(const storage::Entry& entry, const Reference& reference);

// Those with something to decide, newest first.
std::vector<storage::Entry> entries_to_renew(storage::Session& session, const Reference& reference);

// Digest lines of the coordination: that a practice has such answers, once a vigencia.
Result<std::vector<DigestLine>> renewal_lines(storage::Session& session, const Reference& reference,
                                              std::string_view person_id, Instant now);

}  // namespace pao::handlers::consult
