// How a simulated person fills in a card: something sensible in every visible field, by the kind of the
// field.
#pragma once

#include "bot/client/card_text.hpp"
#include "bot/simulation/dice.hpp"
#include "handlers/procedure/bogota_time.hpp"

#include <map>
#include <string>
#include <vector>

namespace pao::bot::simulation {

using Values = std::map<std::string, std::string>;

inline constexpr const char* any_choice = "@choice";  // wanted of a choice: a thrown one

// `wanted` wins for the fields it names, "punto_*" naming all that begin so; what the card prefilled stays; a
// choice without a wish takes a thrown one.
Values fill(const std::vector<client::CardInput>& inputs, Date today, const Values& wanted, Dice& dice);

}  // namespace pao::bot::simulation
