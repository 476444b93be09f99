// What the report handlers of process and advisor share: finding the report that a card names, who may see
// and edit it, telling the others.
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

// Whoever may not see it learns nothing, not even that it exists; OCI sees final reports.
bool may_see(const Turn& turn, const storage::FollowUpReport& report);

// A draft, or one that can still be corrected and sent again.
bool is_editable(procedure::ReportState state);
tl::unexpected<Error> not_editable();  // `refused`, with what to do instead
// The advisor's card of it.
Result<Reply> reply_with_editor(storage::Session& session, const Reference& reference,
                                const storage::FollowUpReport& report, const char* outcome, Instant now);

std::string report_words(const Reference& reference,
                         const storage::FollowUpReport& report);  // "el reporte …"

// Tells everybody of the audience but the sender, and the advisor, what was said. `what` is the part of the
// key that names it once.
void tell_others(storage::Session& session, const Reference& reference, const storage::FollowUpReport& report,
                 const Turn& turn, const std::string& what, const std::string& sentence, Reply& reply);

}  // namespace pao::handlers::reports
