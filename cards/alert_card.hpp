// The daily digest: at most one card a person and business day, each line with its reason.
#pragma once

#include "cards/card.hpp"
#include "handlers/procedure/model.hpp"

#include <string>
#include <vector>

namespace pao::cards {

struct AlertLine {
  procedure::Obligation obligation;
  std::string item_name;
  std::string process_name;
  std::string reason;  // "faltan 5 días hábiles", "venció hace 3 días hábiles; se informa al líder"
  int business_days_left = 0;  // negative: late
  bool can_register = false;
};

struct DigestView {
  std::string person_name;
  Date today;
  std::vector<AlertLine> lines;  // most urgent first
};
Card digest_card(const DigestView& view);  // shows the first lines and says how many more there are

}  // namespace pao::cards
