// Recording progress: choose what, fill in exactly the practice's fields, receive a receipt (R-12, R-13,
//
#pragma once

#include "cards/card.hpp"
#include "handlers/procedure/model.hpp"

#include <map>
#include <string>
#include <vector>

namespace pao::cards {

struct ProgressChoice {
  std::string item_id;
  std::string item_name;
  std::string period;
  Date due_on;
  int business_days_left = 0;
  std::string practice;
};
// `truncated`: how many further choices are not shown.
Card progress_choice_card(const std::vector<ProgressChoice>& choices, int truncated);

struct FormProblem {
  std::string field;
  std::string sentence;  // Spanish, what to do
};

struct ProgressFormView {
  procedure::PracticeRules rules;  // decides which fields are asked
  procedure::Item item;
  std::string process_name;
  std::string period;
  Date due_on;
  int business_days_left = 0;
  std::map<std::string, std::string> values;  // prefilled, or as the person typed them before a problem
  std::vector<std::string> conditional;       // conditional fields shown, by name
  std::string last_known;                     // "Último registro: 60 % en septiembre de 2026"; may be empty
  std::string planned;                        // planned percentage of the period ("80"); may be empty
  std::vector<FormProblem> problems;          // empty the first time
};
Card progress_form_card(const ProgressFormView& view);

struct ProgressReceiptView {
  procedure::ProgressRecord record;
  std::string item_name;
  std::string process_name;
  std::string author_name;
  procedure::Timeliness timeliness;
  Date due_on;
};
Card progress_receipt_card(const ProgressReceiptView& view);

}  // namespace pao::cards
