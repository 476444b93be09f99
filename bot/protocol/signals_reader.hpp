// What Teams tells about messages and meetings without words: reactions, meeting events (reference 3.2, 3.4).
#pragma once

#include "bot/protocol/activity.hpp"

#include <nlohmann/json_fwd.hpp>

namespace pao::bot::protocol {

// A messageReaction. No signal when it does not name the message, or nothing was given or withdrawn.
void read_reactions(const nlohmann::json& json, Activity& activity);

// An event. No signal when it is not about a meeting, or of nobody who can be told apart.
void read_event(const nlohmann::json& json, Activity& activity);

}  // namespace pao::bot::protocol
