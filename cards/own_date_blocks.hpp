// Own dates as a part of a card. Internal to the cards.
#pragma once

#include "cards/card_builder.hpp"
#include "cards/own_dates.hpp"

namespace pao::cards {

// What is late first, then what comes next, each with its reason; then open reports.
void add_own_dates(build::Blocks& body, const OwnDates& dates);

}  // namespace pao::cards
