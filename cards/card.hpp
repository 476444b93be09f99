// What a person receives: a card, or a plain text. Cards are values: JSON text and the line shown as
// notification.
#pragma once

#include <string>

namespace pao::cards {

// An Adaptive Card 1.5 ready to attach. At most `max_card_bytes` long; a test checks every card.
struct Card {
  std::string json;     // the card object, UTF-8
  std::string summary;  // one Spanish line for the notification and for screen readers
};

inline constexpr std::size_t max_card_bytes = 25 * 1024;

}  // namespace pao::cards
