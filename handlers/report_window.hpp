// Whether the follow-up report of a process can be answered now.
#pragma once

#include "handlers/reference.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pao::handlers {

struct ReportWindow {
  std::string report_id;  // "REP-DIR-2026-T3"
  std::string cycle;      // "2026-T3"
  Date last_day;          // closes at the end of it, Bogotá
  bool is_open = false;   // sent, not answered early by the leader, and the last day has not ended
};

// The window of the last report that was sent to the process; nothing when none was. The last day is the one
// frozen at sending.
std::optional<ReportWindow> report_window(storage::Session& session, const Reference& reference,
                                          std::string_view process_id, Instant now);

}  // namespace pao::handlers
