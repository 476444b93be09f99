// Greeting, help, receipts in one sentence, and errors.
#pragma once

#include "cards/card.hpp"

#include <string>
#include <vector>

namespace pao::cards {

struct HelpView {
  std::string person_name;  // empty: somebody not in the directory
  bool known = false;       // a role in some process: offers progress, SS and status
  bool advisor = false;     // works a queue: says so
  bool sample_content = false;
};
Card greeting_card(const HelpView& view);
Card help_card(const HelpView& view);

// One sentence with an optional next step: what a card becomes when nothing is left to fill in.
Card notice_card(const std::string& title, const std::string& sentence);

// What happened, what to do, and the reference number for support.
Card error_card(const std::string& sentence, const std::string& reference);

}  // namespace pao::cards
