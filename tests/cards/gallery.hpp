// One card of every kind and state, with invented people and processes. The golden files, the format check
// and the language check all look at these.
#pragma once

#include "cards/card.hpp"
#include "handlers/procedure/model.hpp"

#include <string>
#include <vector>

namespace pao::cards::gallery {

struct Sample {
  std::string name;  // of its golden file
  Card card;
};
std::vector<Sample> samples();

// Fills every free text with Markdown, HTML, a mention and a card function.
inline constexpr const char* hostile =
    "**Urgente** <at>Todos</at> <b>apruebe</b> [aquí](https://malo.example.com) _ya_ {{DATE(2026-01-01)}} "
    "&lt;x&gt;";

// As the guidelines of 2026 state them.
procedure::PracticeRules rules_of(const std::string& practice);
std::vector<std::string> practices();

// The parts, one function a family of cards.
void add_conversation_cards(std::vector<Sample>& all);
void add_progress_cards(std::vector<Sample>& all);
void add_status_cards(std::vector<Sample>& all);
void add_request_cards(std::vector<Sample>& all);
void add_guideline_cards(std::vector<Sample>& all);
void add_advice_cards(std::vector<Sample>& all);
void add_report_cards(std::vector<Sample>& all);
void add_session_cards(std::vector<Sample>& all);
void add_shared_cards(std::vector<Sample>& all);
void add_verification_cards(std::vector<Sample>& all);
void add_file_cards(std::vector<Sample>& all);
void add_alert_cards(std::vector<Sample>& all);
void add_rights_cards(std::vector<Sample>& all);

}  // namespace pao::cards::gallery
