// What is said to each question of a message that holds several.
#pragma once

#include "cards/several_answers_card.hpp"
#include "handlers/reference.hpp"
#include "handlers/turn.hpp"
#include "handlers/understanding.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pao::handlers::consult {

struct SeveralAnswers {
  cards::SeveralAnswersView view;
  Understanding used;  // its hits: those of each question that its answer or options rest on
};

// The card's view, without what is about the message as a whole. Each question gets what it would get alone:
// the answer, the options to choose from, what to press for an order, or why it is not answered. Nothing when
// fewer than two of them get anything, or no criterion answers any: then the whole message, its story
// included, is read as one question. `as_of`: the past day that `reference` is of.
std::optional<SeveralAnswers> answer_each(const Turn& turn, const std::vector<std::string>& questions,
                                          const Reference& reference, std::optional<Date> as_of);

}  // namespace pao::handlers::consult
