// What internal control may read besides the plans (R-35, decision 16), and what it has read.
#pragma once

#include "storage/session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

struct FinishedReport {
  std::string id;
  std::string process_id;
  std::string cycle;
  std::string state;  // "final", "publicado"
  std::string
      response;  // of the process in the window: "aceptado", "justificado" …; empty when it said nothing
  std::optional<Instant> sent_at;
  std::optional<Date> responded_on;
  std::optional<Date> final_on;
  std::optional<Date> published_on;
};
// Final and published ones of the process, newest cycle first; nothing that is still being made.
std::vector<FinishedReport> finished_reports(Session& session, std::string_view process_id);

inline constexpr const char* oversight_read_kind = "oci.read";  // of the registro entry

// What internal control reads through the chat: becomes an entry of the registro.
struct OversightReading {
  Instant at;
  std::string reader;      // person id
  std::string process_id;  // empty: the list of processes
  std::string what;        // "planes", "archivo" …: a word of the list of reads
  std::string item = {};   // id of what was read, where there is one
  int term = 0;            // vigencia of what was read; 0: of none
  int page = 0;
};
void add_oversight_reading(Session& session, const OversightReading& reading);

struct OversightRead {
  Instant at;
  std::string reader;   // person id
  std::string subject;  // process id; empty: the list of processes
  std::string content;  // JSON object: what, item, page, and term where there is one
};
// Newest first, from the registro.
std::vector<OversightRead> oversight_reads(Session& session, int limit, int offset);
std::int64_t count_oversight_reads(Session& session);

}  // namespace pao::storage
