// What a search found.
#pragma once

#include "cards/card.hpp"

#include <map>
#include <optional>
#include <string>

namespace pao::handlers {

struct Finding {
  std::string title;
  std::string subtitle;             // one line; may be empty
  std::string value;                // of a field: what is submitted when it is chosen
  std::optional<cards::Card> card;  // of the compose box: what is put into the message
  std::string verb;                 // which is asked for anew when it is chosen; empty: `card` is used
  std::map<std::string, std::string> data;  // of that verb
};

}  // namespace pao::handlers
