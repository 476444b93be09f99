// A follow-up report as a page: Spanish, self-contained (no script, no picture, nothing loaded), readable by
// a screen reader and on paper. Also the HTML part of the mail.
#pragma once

#include "handlers/procedure/follow_up_report.hpp"

#include <string>

namespace pao::cards {

// The same model gives the same bytes.
std::string report_html(const procedure::ReportModel& report);

// The same without markup: the text part of the mail.
std::string report_text(const procedure::ReportModel& report);

// What both begin with: "Reporte preventivo de seguimiento: Planeación, tercer trimestre de 2026".
std::string report_title(const procedure::ReportModel& report);

}  // namespace pao::cards
