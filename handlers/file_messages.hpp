// The messages about files that do not come from a turn: a file has been fetched, or put into OneDrive.
#pragma once

#include "cards/file_card.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "storage/file_consents_store.hpp"
#include "storage/outbox_store.hpp"
#include "storage/received_files_store.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pao::handlers {

// Kind of the message that tells what became of a received file; its subject is the file's id, and what it
// says is made when it is sent.
inline constexpr const char* file_receipt_kind = "file_receipt";
storage::OutboxMessage file_receipt_message(const storage::ReceivedFile& file, Instant now);

// What the registro keeps of it: JSON of ids, size and SHA-256, no names.
std::string file_registro(const storage::ReceivedFile& file);

// The files that were linked to a record ("avance:…"), a request ("ss:…"), a recommendation
// ("recomendacion:…") or a justification ("respuesta:…"), as its card shows them, oldest first.
std::vector<cards::EvidenceFile> evidence_of(storage::Session& session, std::string_view target);

// A file for a person's OneDrive. `sha256` names its content, which is in the folder of files already.
struct OfferedFile {
  std::string id;  // our own, unique
  std::string aad_object_id;
  std::string name;         // "reporte.pdf"
  std::string description;  // Spanish, one line
  std::string sha256;
  std::int64_t size = 0;
};
// The id of what this turn offers: the same turn offers once.
std::string offer_id(const Turn& turn);
// Stores the offer and gives the notice that asks. `conflict` when the id is taken.
Result<Notice> offer_file(storage::Session& session, const OfferedFile& file, Instant now);

// The name of the content that an offer is about; "" when it is not of ours.
std::string_view offered_content(const storage::FileConsent& consent);

// What stands in the place of the question afterwards.
Content upload_message(const storage::FileConsent& consent, bool uploaded);
// Its row without content: it takes the place of the card that asked, or is a message of its own.
storage::OutboxMessage upload_outcome_message(const storage::FileConsent& consent, Instant now);

}  // namespace pao::handlers
