// The consults somebody has, those somebody asked, and what each person involved is told about a move.
#pragma once

#include "cards/consult_card.hpp"

#include <string>
#include <vector>

namespace pao::cards {

inline constexpr int consult_page_size = 6;

struct ConsultLine {
  std::string id;
  std::string question;
  std::string asked_by_name;
  std::string holder_name;
  std::string process_name;
  Date asked_on;
  Date due_on;
  int business_days_left = 0;
  procedure::ConsultState state = procedure::ConsultState::assigned;
};

struct ConsultQueueView {
  bool of_everybody = false;  // the open ones of everybody, for the coordination
  bool may_see_all = false;   // offers them
  int total = 0;
  int page = 0;
  std::vector<ConsultLine> lines;  // of this page, oldest first
};
Card consult_queue_card(const ConsultQueueView& view);

Card my_questions_card(const std::vector<ConsultLine>& lines);  // newest first

// How a consult stands, history included. `to_asker`: with what who asked can do.
Card consult_state_card(const ConsultView& view, bool to_asker);

// Who has it now and until when, in one sentence: to who asked, or to who had it before.
Card consult_moved_card(const ConsultView& view, bool to_asker);

// To who asked: what more is needed, with a field for it.
Card consult_asked_back_card(const ConsultView& view, const std::string& words);
// To who asked: which other channel answers this.
Card consult_referred_card(const ConsultView& view, const std::string& words);
// To whoever asked back: it waits now.
Card consult_waiting_card(const ConsultView& view, const std::string& words);
// To advisors: what was done with it, by whom.
Card consult_acted_card(const ConsultView& view, const std::string& words);

// "Espera respuesta", "Espera datos de quien preguntó", …
std::string consult_state_name(procedure::ConsultState state);

}  // namespace pao::cards
