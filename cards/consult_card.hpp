// Handing a question over to an advisor and bringing the reply back.
#pragma once

#include "cards/card.hpp"
#include "handlers/procedure/attention.hpp"
#include "handlers/procedure/model.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pao::cards {

struct AdvisorFormView {
  std::string question;           // prefilled
  std::string answer_id = {};     // our id of the answer that goes along; empty: none
  std::string answer_shown = {};  // its words
  std::string practice;
  std::vector<std::pair<std::string, std::string>> processes;  // asked only when there are several
  std::string advisor_name;                                    // may be empty: decided by the process
  std::string problem;                                         // what to correct; empty the first time
};
Card advisor_form_card(const AdvisorFormView& view);

// One step of the way that a consult went.
struct ConsultStepView {
  Instant at;
  std::string kind;  // "preguntada", otherwise a word of procedure::ConsultEvent
  std::string actor_name;
  std::string holder_name;  // who has it after the step
  int level = 1;            // after the step
  std::string words;
};

struct ConsultView {
  std::string id;
  std::string question;
  std::string answer_shown;
  std::string asked_by_name;
  std::string process_name;
  std::string practice_name;
  std::string advisor_name;
  int level = 1;
  Date due_on;
  int business_days_left = 0;
  procedure::ConsultState state = procedure::ConsultState::assigned;
  std::optional<Date> asked_on = std::nullopt;
  std::vector<ConsultStepView> history = {};
  // People who could have it instead, by id and name; empty unless this person may give it to somebody else.
  std::vector<std::pair<std::string, std::string>> may_go_to = {};
  std::string reply;  // filled in when answered
  std::string replied_by_name;
  std::string problem;  // what to correct in the reply; empty the first time
};
Card consult_sent_card(const ConsultView& view);  // to who asked: who has it and until when
Card consult_assigned_card(
    const ConsultView& view);  // to whoever has it: question, context, what can be done
Card consult_answered_card(const ConsultView& view);  // to the advisor: what was sent
Card consult_reply_card(const ConsultView& view);     // to who asked: the reply, by whom

// "12 de noviembre de 2026: Ana Ceiba preguntó; la recibió Bruno Páramo."
std::string step_phrase(const ConsultStepView& step);

// "Nivel 1, asesor GESFO asignado".
std::string attention_level_name(int level);

}  // namespace pao::cards
