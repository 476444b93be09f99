// What the states of a follow-up report are called in its cards, pages and mails.
#pragma once

#include "handlers/procedure/follow_up_report.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pao::cards {

std::string report_state_name(procedure::ReportState state);    // "En validación"
std::string line_state_name(procedure::ObligationState state);  // "Registrado a tiempo", "Sin registro"
std::string response_name(std::string_view word);               // "aceptado" → "Aceptó el reporte"
std::string recommendation_state_name(procedure::RecommendationState state);  // "No procede"

// What became of what the process said: "aceptada_en_parte" → "Aceptada en parte"; empty → "Pendiente de
// decisión".
std::string resolution_name(std::string_view word);

// What an adjusted line can become: value and text.
const std::vector<std::pair<std::string, std::string>>& line_state_choices();

// Days as the rules write them ("2026-11-09") in the words of people ("9 de noviembre de 2026", R-54).
std::string with_long_dates(std::string_view text);

}  // namespace pao::cards
