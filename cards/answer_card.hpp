// Answers to questions: a criterion's own words with its citation, a question back, or an honest "no lo
// dicen".
#pragma once

#include "cards/card.hpp"
#include "cards/own_dates.hpp"
#include "handlers/procedure/model.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pao::cards {

// A button under an answer.
struct Suggestion {
  enum class Kind { register_progress, open_request, talk_to_advisor, my_status, my_reports, see_request };
  Kind kind;
  std::string item_id = {};  // what the button is about, when known; of an SS its number
};

struct AnswerView {
  std::string question;  // as asked; carried by the advisor button
  procedure::Criterion criterion;
  std::string practice_name;
  bool sample = false;                         // shows the sample notice
  std::optional<int> fallback_for_term;        // the term asked for that has no guideline yet (C-01)
  std::vector<procedure::Criterion> see_also;  // at most two: code and title only
  std::vector<Suggestion> suggestions;         // at most three
  std::string answer_id = {};                  // ours: what this card shows is stored under it
  OwnDates own_dates = {};
  bool opens_guideline = false;              // offers the whole guideline that the criterion stands in
  std::optional<Date> as_of = std::nullopt;  // the day in the past whose guideline was asked for
};
Card answer_card(const AnswerView& view);

// The line above that card: where the answer comes from, each source with its mark ("[1]" the criterion, then
// those of `see_also`), so that the channel can show it.
std::string source_line(const AnswerView& view);

struct ClarifyView {
  std::string question;
  std::vector<procedure::Criterion> options;  // at most three
  std::string answer_id = {};
  std::optional<Date> as_of = std::nullopt;  // the day in the past whose guideline was asked for
};
Card clarify_card(const ClarifyView& view);

struct AbstainView {
  std::string question;
  bool out_of_scope = false;  // true: not about the eight practices; says what the assistant does instead
  std::string sentence;       // out of scope: what to say, with the right channel when known; may be empty
  std::string advisor_name;   // empty: no advisor is known for this person
  std::string answer_id = {};
  std::optional<Date> as_of = std::nullopt;      // the day in the past whose guideline was asked for
  bool no_guideline_then = false;                // none was in force that day …
  std::string practice = {};                     // … of this practice; empty: of none
  std::vector<procedure::Criterion> today = {};  // what may answer it today, to choose from; at most three
};
Card abstain_card(const AbstainView& view);

// "No tengo lineamientos de Riesgos publicados que rigieran el 15 de marzo de 2025."; without naming one when
// `practice` is empty or the general guideline.
std::string no_guideline_sentence(const std::string& practice, Date day);

}  // namespace pao::cards
