// What the report handlers of process and advisor share: finding the report that a card names, telling the
// others.
#pragma once

#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "storage/reports_store.hpp"

#include <string>
#include <string_view>

namespace pao::handlers::reports {

// The report that the card names; `invalid` for one that does not exist.
Result<storage::FollowUpReport> report_named(storage::Session& session, std::string_view id);

// The same, and the window is open and the version the current one; `refused` with the way forward.
Result<storage::FollowUpReport> open_report(storage::Session& session, const Turn& turn);

std::string report_words(const Reference& reference,
                         const storage::FollowUpReport& report);  // "el reporte …"

// Tells everybody of the audience but the sender, and the advisor, what was said. `what` is the part of the
// key that names it once.
void tell_others(storage::Session& session, const Reference& reference, const storage::FollowUpReport& report,
                 const Turn& turn, const std::string& what, const std::string& sentence, Reply& reply);

}  // namespace pao::handlers::reports
