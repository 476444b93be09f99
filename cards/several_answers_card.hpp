// Several questions of one message, each with its answer.
#pragma once

#include "cards/answer_card.hpp"
#include "cards/card.hpp"
#include "handlers/procedure/model.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pao::cards {

struct SeveralAnswersView {
  struct Part {
    std::string question;
    // One: it answers. More, at most three: the person chooses. None: `sentence` says what there is to say.
    std::vector<procedure::Criterion> criteria = {};
    std::string practice_name = {};                       // of the one that answers
    std::optional<int> fallback_for_term = std::nullopt;  // the term without a guideline yet (C-01)
    std::string sentence = {};                            // empty: no criterion answers
    std::optional<Suggestion> next = std::nullopt;        // the button below it …
    std::string practice = {};                            // … about that practice, when one was named
  };
  std::vector<Part> parts;    // in the order of the message
  int left_out = 0;           // further questions that were not looked at
  bool sample = false;        // shows the sample notice
  std::string question = {};  // the whole message; carried by the advisor button
  std::string answer_id = {};
  bool talks_to_advisor = false;             // offers the advisor
  std::optional<Date> as_of = std::nullopt;  // the day in the past whose guidelines were asked for
};
Card several_answers_card(const SeveralAnswersView& view);

// The line above that card, with the mark of each criterion that answers, in order; empty when none does.
std::string source_line(const SeveralAnswersView& view);

}  // namespace pao::cards
