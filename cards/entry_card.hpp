// Answers that an advisor proposes for everybody, and who approves them.
#pragma once

#include "cards/card.hpp"
#include "handlers/procedure/entry_states.hpp"
#include "handlers/procedure/model.hpp"

#include <string>
#include <utility>
#include <vector>

namespace pao::cards {

struct EntryFormView {
  std::string consult_id;  // where it comes from
  std::string entry_id;    // a returned one that is proposed again; empty: a new one
  std::string practice;
  std::vector<std::pair<std::string, std::string>> practices;  // id and name
  std::string title;
  std::string text;
  std::string problem;  // what to correct; empty the first time
};
Card entry_form_card(const EntryFormView& view);

struct EntryStepView {
  Instant at;
  std::string kind;  // a word of procedure::EntryEvent; "propuesta" for the first
  std::string actor_name;
  std::string words;  // reason, or the vigencia for which it is kept
};

struct EntryView {
  std::string id;
  std::string practice_name;
  int term = 0;
  std::string title;
  std::string text;
  std::string consult_id;
  std::string proposed_by_name;
  procedure::EntryState state = procedure::EntryState::proposed;
  std::string reason;        // of the last step; may be empty
  bool may_decide = false;   // shows the buttons of who approves
  bool may_correct = false;  // a returned one, to who proposed it
  int last_term = 0;         // the latest vigencia for which it holds; 0: `term`
  int renew_for = 0;         // a vigencia whose guideline is in force and for which it does not hold; 0: none
  std::vector<EntryStepView> history = {};  // oldest first
};
Card entry_card(const EntryView& view);

Card entry_list_card(const std::vector<EntryView>& entries);  // in this order

std::string entry_state_name(procedure::EntryState state);

// "Respuesta aprobada por GESFO, 13 de noviembre de 2026".
std::string approved_answer_source(Date approved_on);

}  // namespace pao::cards
