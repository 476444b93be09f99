// Parts of more than one card that answers questions. Internal to the cards.
#pragma once

#include "cards/answer_card.hpp"
#include "cards/card_builder.hpp"

#include <optional>
#include <string>

namespace pao::cards::answer_part {

// `question` is carried by the buttons: where they lead goes on from it.
build::Button choose(const std::string& title, const procedure::Criterion& criterion,
                     const std::string& question, std::optional<Date> as_of);
build::Button ask_advisor(const std::string& question, const std::string& answer_id,
                          const std::string& practice);
build::Button suggestion_button(const Suggestion& suggestion, const std::string& question,
                                const std::string& answer_id, const std::string& practice);

// A criterion to choose: title, practice and code, and its button.
build::Json criterion_row(const procedure::Criterion& criterion, const std::string& question,
                          std::optional<Date> as_of);
// The criterion's own words, at most that long.
build::Json criterion_words(const procedure::Criterion& criterion, std::size_t max_bytes);
// That the guidelines of the term asked for are not published yet (C-01).
build::Json fallback_notice(const std::string& practice_name, int asked_term, int answered_term);
build::Json past_line(Date day);
// That no criterion of today, or of that day, answers the question.
std::string nothing_found(std::optional<Date> as_of);
// Whether the answer helped.
build::Json feedback_row(const std::string& answer_id);

}  // namespace pao::cards::answer_part
