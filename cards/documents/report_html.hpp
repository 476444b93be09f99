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

// Days as the rules write them ("2026-11-09") in the words of people ("9 de noviembre de 2026", R-54).
std::string with_long_dates(std::string_view text);

// In words: "Registrado a tiempo", "Sin registro" …
std::string line_state_name(procedure::ObligationState state);
std::string response_name(std::string_view word);  // "aceptado" → "Aceptó el reporte"
std::string recommendation_state_name(procedure::RecommendationState state);

}  // namespace pao::cards
