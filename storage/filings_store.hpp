// What was handed to the SMGI and what became of it, one row for each content handed over.
#pragma once

#include "handlers/procedure/model.hpp"
#include "storage/session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

enum class SmgiState { sent, confirmed, refused };  // "enviado", "confirmado", "rechazado"
std::string_view to_word(SmgiState state);

struct SmgiFiling {
  std::string key;   // "AV-2026-000001.r2"
  std::string kind;  // "avance", "solicitud_ss"
  std::string id;    // of the record, or the provisional number of the SS
  SmgiState state = SmgiState::sent;
  Instant changed_at;
  std::string smgi_number;
  std::string reason;
};

// A record that waits to be handed over; `revision` counts its contents from 1 on.
struct RecordToFile {
  procedure::ProgressRecord record;
  std::int64_t revision = 1;
};
// Made through this service, oldest first, at most `limit`.
std::vector<RecordToFile> records_to_file(Session& session, int limit);
// SS with a provisional number that were never handed over, oldest first, at most `limit`.
std::vector<procedure::ServiceRequest> requests_to_file(Session& session, int limit);

// False when that content is marked as handed over already. A record changed meanwhile stays `capturado`.
bool mark_record_sent(Session& session, const RecordToFile& filed, std::string_view key, Instant at);
bool mark_request_sent(Session& session, std::string_view request_id, std::string_view key, Instant at);

std::optional<SmgiFiling> find_filing(Session& session, std::string_view key);

// Stores what the SMGI said of it. A record is `confirmado` only when its present content is what was
// confirmed; what the SMGI refused stays `enviado` and shows the reason until it is corrected.
void settle_record(Session& session, const SmgiFiling& filing);
void settle_filing(Session& session, const SmgiFiling& filing);

// Settled since that instant, oldest first.
std::vector<SmgiFiling> settled_since(Session& session, Instant since);
// Handed over or settled since that instant, oldest first.
std::vector<SmgiFiling> filings_since(Session& session, Instant since);

}  // namespace pao::storage
