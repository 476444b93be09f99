// The SS-4 that contest a follow-up report (activity 6, procedure 5.4): which they are, what became of them,
// what the report still waits for. For the reports, the requests and the control points.
#pragma once

#include "handlers/procedure/model.hpp"
#include "handlers/procedure/report_states.hpp"
#include "storage/reports_store.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::handlers {

// SS-4 that were filed while the report was being validated, oldest first.
std::vector<procedure::ServiceRequest> adjustment_requests(storage::Session& session,
                                                           const storage::FollowUpReport& report);

// The report that the SS-4 contests; nothing for one that was filed outside every window.
std::optional<storage::FollowUpReport> contested_report(storage::Session& session,
                                                        const procedure::ServiceRequest& request);

// What became of it: "aceptada", "aceptada_en_parte", "rechazada", "cerrada sin respuesta", "anulada";
// empty while it is pending.
std::string resolution_of(const procedure::ServiceRequest& request);

// Why: what the decision gives, else what the review of pertinence found; empty while it is pending,
// and in imported history that does not say.
std::string resolution_reason(storage::Session& session, const procedure::ServiceRequest& request);

// What an SS-4 still needs before its report can be final.
enum class AdjustmentStep {
  none,
  decide,
  apply,    // approved: the line has to be adjusted
  confirm,  // the control point of activity 6: somebody who did not decide confirms that it was pertinent
};
AdjustmentStep next_step(storage::Session& session, const procedure::ServiceRequest& request);

// SS-4 of the process that are decided and keep a report from being final until somebody confirms.
std::vector<std::string> adjustments_to_confirm(storage::Session& session, std::string_view process_id);

// The day of the last decision on what the process said; nothing when there was none.
std::optional<Date> last_decision(storage::Session& session, const storage::FollowUpReport& report);

// What the report waits for.
procedure::OpenMatters open_matters(storage::Session& session, const storage::FollowUpReport& report);

}  // namespace pao::handlers
