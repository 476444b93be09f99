// The yearly review of a process's documents (DOC-07, DOC-08): each document has its own record, and the
// obligation, which is of the process ("DOC-DIR"), is settled with the last of them. The documents themselves
// are not changed; whoever asks how they stand is told with add_last_reviews().
#pragma once

#include "handlers/procedure/model.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace pao::handlers {

// Of a process's record that follows from those of its documents: how many they are.
inline constexpr const char* documents_reviewed_field = "documentos_revisados";

// In the order of import.
std::vector<procedure::Item> documents_of(storage::Session& session, std::string_view process_id);

// When the review of that period was recorded, here or in the SMGI.
std::optional<Instant> reviewed_at(storage::Session& session, const procedure::Item& document,
                                   std::string_view period);

// After a record was stored: when it is of a document and all documents of the process have theirs, the
// process has its own too. That one is never returned: it is corrected in the document.
Result<void> settle_review(storage::Session& session, const procedure::ProgressRecord& stored);

// Puts into the documents among the items what their last record here says, unless the SMGI tells of a later
// review: `resultado_revision`, `fecha_compromiso_actualizacion`, `ultima_revision`.
void add_last_reviews(storage::Session& session, std::vector<procedure::Item>& items);

}  // namespace pao::handlers
