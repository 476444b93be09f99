// An order to change something, typed in the chat (R-39, C-11): which SS it needs, what of which item it is
// about. Only what is certain is filled in; nothing is changed.
#pragma once

#include "handlers/procedure/model.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pao::handlers::requests {

struct ChangeOrder {
  std::string type;     // "SS-2"; empty when the words do not tell
  std::string field;    // of item_changes.hpp; empty when the words do not tell
  std::string item_id;  // empty when no item, or more than one, can be meant
};

// `items`: those of the processes for which the person may file; `named`: an id that stands in the text.
ChangeOrder read_change_order(std::string_view text, std::string_view named,
                              const std::vector<procedure::Item>& items);

// "octubre de 2026", "Tercer trimestre de 2026", "2026-10" → "2026-10"; the text itself when it is no period.
// Without a year it is the last one that has begun: in January "diciembre" is that of the year before.
std::string period_from_words(std::string_view text, Date today);

}  // namespace pao::handlers::requests
