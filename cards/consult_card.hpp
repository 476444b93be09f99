// Handing a question over to an advisor and bringing the reply back.
#pragma once

#include "cards/card.hpp"
#include "handlers/procedure/model.hpp"

#include <string>
#include <utility>
#include <vector>

namespace pao::cards {

struct AdvisorFormView {
  std::string question;      // prefilled
  std::string answer_shown;  // goes along; may be empty
  std::string practice;
  std::vector<std::pair<std::string, std::string>> processes;  // asked only when there are several
  std::string advisor_name;                                    // may be empty: decided by the process
  std::string problem;                                         // what to correct; empty the first time
};
Card advisor_form_card(const AdvisorFormView& view);

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
  std::string reply;  // filled in when answered
  std::string replied_by_name;
  std::string problem;  // what to correct in the reply; empty the first time
};
Card consult_sent_card(const ConsultView& view);      // to who asked: who has it and until when
Card consult_assigned_card(const ConsultView& view);  // to the advisor: question, context, reply field
Card consult_answered_card(const ConsultView& view);  // to the advisor: what was sent
Card consult_reply_card(const ConsultView& view);     // to who asked: the reply, by whom
}  // namespace pao::cards
