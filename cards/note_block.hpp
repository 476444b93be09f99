// A digest note as it stands in more than one card. Internal to the cards.
#pragma once

#include "cards/alert_card.hpp"
#include "cards/card_builder.hpp"

namespace pao::cards {

build::Json note_block(const DigestNote& note);

}  // namespace pao::cards
