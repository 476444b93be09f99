// The one list of what people find on the greeting and help cards, by what they may do.
#pragma once

#include "cards/basic_card.hpp"
#include "handlers/procedure/model.hpp"

#include <vector>

namespace pao::handlers::help {

// In the order in which they are shown; nothing for somebody without a role.
std::vector<cards::HelpDoor> doors_of(const procedure::Person& person, Date today);

}  // namespace pao::handlers::help
