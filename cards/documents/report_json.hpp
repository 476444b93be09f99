// A follow-up report as JSON: every value of the model, ids included. The published document is this one.
#pragma once

#include "handlers/procedure/follow_up_report.hpp"

#include <string>

namespace pao::cards {

// UTF-8, two spaces, a line end at the end; the same model gives the same bytes.
std::string report_json(const procedure::ReportModel& report);

}  // namespace pao::cards
