// An open commitment as it stands in more than one card. Internal to the cards.
#pragma once

#include "cards/card_builder.hpp"
#include "cards/commitment_card.hpp"

namespace pao::cards {

build::Json commitment_block(const CommitmentLine& line);
build::Button fulfil_button(const std::string& commitment_id);

}  // namespace pao::cards
