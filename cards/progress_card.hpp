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
// Several of the same process, practice and period, which one form takes.
struct ProgressGroup {
  std::string process_id;
  std::string practice;
  std::string period;
  int count = 0;
};
// `truncated`: how many further choices are not shown.
Card progress_choice_card(const std::vector<ProgressChoice>& choices, int truncated,
                          const std::vector<ProgressGroup>& groups = {});

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
  std::string origin = {};  // of an improvement action: "Recomendación REC-…"; may be empty
  std::map<std::string, std::string> values;  // prefilled, or as the person typed them before a problem
  std::vector<std::string> conditional;       // conditional fields shown, by name
  std::string last_known;                     // "Último registro: 60 % en septiembre de 2026"; may be empty
  std::string planned;                        // planned percentage of the period ("80"); may be empty
  std::vector<FormProblem> problems;          // empty the first time
  std::vector<FormProblem> doubts = {};       // may be saved when the person says that it is so
  std::string record_id = {};                 // the record that is corrected; empty: a new one
  std::string must_correct = {};              // what the advisor asked for; may be empty
};
Card progress_form_card(const ProgressFormView& view);

// Several items of one practice and period in one form. `saved`: what was recorded by the save before.
struct SavedItem {
  std::string item_name;
  procedure::ProgressRecord record;
  std::vector<std::string> remarks = {};  // what was seen and needs no answer
};
struct ProgressSeveralView {
  std::string process_id;
  std::string process_name;
  std::string practice;
  std::string period;
  Date due_on;
  int business_days_left = 0;
  std::vector<ProgressFormView> items;  // with their values and problems
  std::vector<SavedItem> saved = {};
  std::string author_name = {};  // of what was saved
};
// Shows as many items as fit into a card, at most `most_items_at_once`, and says how many are left; with none
// it is the receipt of what was saved.
inline constexpr std::size_t most_items_at_once = 8;
Card progress_several_card(const ProgressSeveralView& view);

struct ProgressReceiptView {
  procedure::ProgressRecord record;
  std::string item_name;
  std::string process_name;
  std::string author_name;
  procedure::Timeliness timeliness;
  Date due_on;
  bool corrected = false;
  std::vector<std::string> remarks = {};  // what was seen and needs no answer
};
Card progress_receipt_card(const ProgressReceiptView& view);

// What was recorded lately and how far each is: captured, sent, confirmed in the SMGI.
struct RecentRecord {
  procedure::ProgressRecord record;
  std::string item_name;
  std::string smgi_number;       // empty until confirmed
  std::string smgi_reason;       // why the SMGI refused it; may be empty
  std::string correction;        // what the advisor asked to correct; empty unless returned
  std::string author_name = {};  // who recorded it, when it was somebody else
  bool can_change = false;
};
Card recent_records_card(const std::vector<RecentRecord>& records);

}  // namespace pao::cards
