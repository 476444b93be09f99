// Files that somebody in the directory sends in the personal chat, and what they prove.
#pragma once

#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "storage/database.hpp"
#include "storage/outbox_store.hpp"

namespace pao::handlers::files {

class FilesHandler {
 public:
  FilesHandler(storage::Database& database, const ReferenceSource& reference)
      : database_(database), reference_(reference) {}

  // Takes note of the files; the receipt of each follows when its bytes are here.
  Result<Decision> on_files(const Turn& turn) const;

  // Links a kept file of the person (`archivo`) to an own progress record, request or justification, or to
  // a recommendation for the own process (`destino`).
  Result<Decision> on_link(const Turn& turn) const;

  // Offers a kept file (`archivo`) to its sender, or to whoever sees the details of the process or the report
  // that it is evidence of.
  Result<Decision> on_request(const Turn& turn) const;

 private:
  storage::Database& database_;
  const ReferenceSource& reference_;
};

// What became of a received file: the receipt with what it can be linked to, or why it was not taken.
Result<std::optional<Content>> render_receipt(storage::Session& session, const Reference& reference,
                                              const storage::OutboxMessage& message, Instant now);

}  // namespace pao::handlers::files
