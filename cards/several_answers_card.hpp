// Several questions of one message, each with its answer.
#pragma once

#include "cards/card.hpp"
#include "handlers/procedure/model.hpp"

#include <string>
#include <vector>

namespace pao::cards {

struct SeveralAnswersView {
  struct Part {
    std::string question;
    procedure::Criterion criterion;
    std::string practice_name;
  };
  std::vector<Part> parts;
  std::vector<std::string> unanswered;  // questions that no criterion answers
  int left_out = 0;                     // further questions that were not looked at
  bool sample = false;                  // shows the sample notice
};
Card several_answers_card(const SeveralAnswersView& view);

}  // namespace pao::cards
