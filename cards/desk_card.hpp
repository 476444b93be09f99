// "¿Qué me toca?" of who advises the processes: everything that waits for this person, the most urgent first.
#pragma once

#include "cards/alert_card.hpp"
#include "cards/card.hpp"

#include <string>
#include <vector>

namespace pao::cards {

struct DeskView {
  std::string person_name;
  std::vector<DigestNote> notes;  // the page shown
  int page = 0;                   // 0-based
  int total = 0;                  // notes in all pages, at least one
  Instant as_of;                  // cut-off shown to the person
};
inline constexpr int desk_page_size = 6;
Card desk_card(const DeskView& view);

}  // namespace pao::cards
