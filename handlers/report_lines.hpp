// The lines of a follow-up report: as the records stood at a cut-off, as they were sent, and as a card offers
// them. For the reports and for the SS-4 that adjusts one of them.
#pragma once

#include "handlers/procedure/follow_up_report.hpp"
#include "handlers/reference.hpp"
#include "storage/reports_store.hpp"
#include "storage/session.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pao::handlers {

// The lines of a cycle as the records stood at that instant; `invalid` for a text that is no quarter.
Result<std::vector<procedure::ReportLine>> build_lines(storage::Session& session, const Reference& reference,
                                                       std::string_view process_id, std::string_view cycle,
                                                       Instant cut_off);

// What the preventive report says: the lines that were sent, or for a draft and for imported history those of
// the records at its cut-off.
Result<std::vector<procedure::ReportLine>> preventive_lines(storage::Session& session,
                                                            const Reference& reference,
                                                            const storage::FollowUpReport& report,
                                                            Instant now);

// "practice|item|period": how a card names a line.
std::string line_value(const procedure::ReportLine& line);

// Value and text of each line, what can be contested first; as many as a card can show.
std::vector<std::pair<std::string, std::string>> line_choices(
    const std::vector<procedure::ReportLine>& lines);

}  // namespace pao::handlers
