// What stands in the place of something that Teams does not take.
#pragma once

#include "cards/card.hpp"

#include <string>
#include <string_view>

namespace pao::cards {

// Instead of a card above the channel's size. `summary` is that card's; `number` the message's, by which the
// OAP finds the whole of it (may be empty).
Card card_too_large(std::string_view summary, std::string_view number);

// The end of a text that was cut.
std::string rest_elsewhere(std::string_view number);

}  // namespace pao::cards
