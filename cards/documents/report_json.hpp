// A follow-up report as JSON: every value of the model, ids included, but what came after its publication.
// The published document is this one.
#pragma once

#include "handlers/procedure/follow_up_report.hpp"
#include "handlers/procedure/result.hpp"

#include <string>
#include <string_view>

namespace pao::cards {

// UTF-8, two spaces, a line end at the end; the same model gives the same bytes.
std::string report_json(const procedure::ReportModel& report);

// The model that such a document was written of; `internal` for any other text.
Result<procedure::ReportModel> read_report_json(std::string_view document);

}  // namespace pao::cards
