// The daily digest: at most one card a person and business day, each line with its reason.
#pragma once

#include "cards/card.hpp"
#include "handlers/procedure/model.hpp"

#include <map>
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
  std::string key;  // of the alert that the person answers to; empty: no button for it
};

// Something else to know, in sentences of its own: a warning, a reminder, a consult that waits.
struct DigestNote {
  std::string title;
  std::string text;
  int urgency = 0;  // business days left; negative: late
  std::string button_title;
  const char* verb = nullptr;  // none: no button
  std::map<std::string, std::string> values;
  std::string key;  // as in AlertLine
};

struct DigestView {
  std::string person_name;
  Date today;
  std::vector<AlertLine> lines;        // most urgent first
  std::vector<DigestNote> notes = {};  // the same
};
// Shows the most urgent lines and notes and says how many more there are.
Card digest_card(const DigestView& view);

}  // namespace pao::cards
