// Greeting, help, receipts in one sentence, and errors.
#pragma once

#include "cards/card.hpp"

#include <string>
#include <utility>
#include <vector>

namespace pao::cards {

// One thing that this person can do here: what it is, and the button that begins it.
struct HelpDoor {
  const char* ability;      // "Pendientes"
  const char* explanation;  // "Le muestro qué le toca, cuándo vence y por qué en esa fecha."
  const char* button;       // "Mis pendientes"
  const char* verb;         // of cards/verbs.hpp
  std::vector<std::pair<std::string, std::string>> values = {};
};

struct HelpView {
  std::string person_name;      // empty: somebody not in the directory
  std::vector<HelpDoor> doors;  // empty: general questions only
  bool sample_content = false;
};
Card greeting_card(const HelpView& view);
Card help_card(const HelpView& view);

// One sentence with an optional next step: what a card becomes when nothing is left to fill in.
Card notice_card(const std::string& title, const std::string& sentence);

// What happened, what to do, and the reference number for support.
Card error_card(const std::string& sentence, const std::string& reference);

}  // namespace pao::cards
