// Follow-up reports (reportes de seguimiento).
#pragma once

#include "storage/session.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pao::storage {

struct FollowUpReport {
  std::string id;  // "REP-DIR-2026-T3"
  std::string process_id;
  std::string cycle;               // "2026-T3"
  std::string state;               // procedure 5.4: "borrador", "en_validacion", "final", "publicado" …
  std::optional<Instant> sent_at;  // none: still a draft
};

// The last one that was sent to the process; nothing when none was.
std::optional<FollowUpReport> latest_report_of(Session& session, std::string_view process_id);

}  // namespace pao::storage
