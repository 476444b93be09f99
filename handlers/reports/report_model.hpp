// Builds what a report says from the records at a cut-off, or reads it from the document
// that was published. Reads only; the same store and the same cut-off give the same model.
#pragma once

#include "handlers/procedure/follow_up_report.hpp"
#include "handlers/reference.hpp"
#include "storage/recommendations_store.hpp"
#include "storage/reports_store.hpp"
#include "storage/session.hpp"

#include <string_view>
#include <vector>

namespace pao::handlers::reports {

// The lines at the end of the window, with what was justified and adjusted. `sent`: those that were sent
// (preventive_lines).
Result<std::vector<procedure::ReportLine>> final_lines(storage::Session& session, const Reference& reference,
                                                       const storage::FollowUpReport& report,
                                                       std::vector<procedure::ReportLine> sent, Instant now);

procedure::ReportRecommendation shown(const storage::Recommendation& one);

// The recommendations that are part of the report: once it was sent, a draft that was added since is not,
// until it is sent again.
std::vector<storage::Recommendation> recommendations_in(storage::Session& session,
                                                        const storage::FollowUpReport& report);

// Whether it still holds of the version that is there now: an acceptance is of the version that was read, a
// justification stays with the report (procedure 5.4).
bool still_counts(const storage::ReportResponse& said, const storage::FollowUpReport& report);

// The last word of the leader and of the liaisons on the report as a whole, SS-4 included.
procedure::LastWords last_words(storage::Session& session, const Reference& reference,
                                const storage::FollowUpReport& report);

// The final one of a published report comes from its document, with what was said since apart;
// imported history has no document.
Result<procedure::ReportModel> build_model(storage::Session& session, const Reference& reference,
                                           const storage::FollowUpReport& report, procedure::ReportKind kind,
                                           Instant now);

// The report of a process and cycle, and when it has none what its draft would say at `now`; `not_found` for
// a process or a cycle that does not exist.
Result<procedure::ReportModel> model_of_cycle(storage::Session& session, const Reference& reference,
                                              std::string_view process_id, std::string_view cycle,
                                              procedure::ReportKind kind, Instant now);

}  // namespace pao::handlers::reports
