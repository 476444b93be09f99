// The verb and values that a button of one of our cards sends, whichever way it arrives.
#pragma once

#include "bot/protocol/activity.hpp"

#include <nlohmann/json_fwd.hpp>

namespace pao::bot::protocol {

// The members of a card's data but those that steer the button itself ("verb", "msteams"). `invalid` when
// there are more than handlers::max_values or one is above handlers::max_value_bytes.
Result<void> read_values(const nlohmann::json& data, Activity& activity);

// Data with our verb beside the values: what Action.Submit sends. Without a verb (or when it is no object)
// nothing is read.
Result<void> read_submitted(const nlohmann::json* data, Activity& activity);

}  // namespace pao::bot::protocol
