#include "cards/several_answers_card.hpp"

#include "cards/answer_parts.hpp"
#include "cards/card_builder.hpp"
#include "cards/texts.hpp"

namespace pao::cards {
namespace {

using namespace build;
using Part = SeveralAnswersView::Part;

constexpr std::size_t shown_question_bytes = 200;
constexpr std::size_t shown_criterion_bytes = 900;
constexpr std::size_t shown_sentence_bytes = 400;
constexpr std::size_t carried_question_bytes = 600;

void add_answer(const Part& part, std::optional<Date> as_of, Blocks& body) {
  const procedure::Criterion& criterion = part.criteria.front();
  const std::string question = shorten(part.question, carried_question_bytes);
  if (part.fallback_for_term)
    body.push_back(answer_part::fallback_notice(part.practice_name, *part.fallback_for_term, criterion.term));
  body.push_back(text(shorten(criterion.title, 200), {.bold = true}));
  body.push_back(answer_part::criterion_words(criterion, shown_criterion_bytes));
  body.push_back(side_by_side(
      {text("Criterio " + criterion.code + ", " + part.practice_name + ", vigencia " +
                std::to_string(criterion.term) + ", versión " + std::to_string(criterion.version) + ".",
            subtle_small)},
      {button_row({answer_part::choose("Ver criterio completo", criterion, question, as_of)})}));
}

void add_options(const Part& part, std::optional<Date> as_of, Blocks& body) {
  const std::string question = shorten(part.question, carried_question_bytes);
  body.push_back(text("¿Sobre cuál de estos temas pregunta?"));
  for (std::size_t i = 0; i < part.criteria.size() && i < 3; ++i)
    body.push_back(answer_part::criterion_row(part.criteria[i], question, as_of));
}

void add_sentence(const Part& part, const SeveralAnswersView& view, Blocks& body) {
  body.push_back(text(part.sentence.empty() ? answer_part::nothing_found(view.as_of)
                                            : shorten(part.sentence, shown_sentence_bytes)));
  if (part.next)
    body.push_back(button_row(
        {answer_part::suggestion_button(*part.next, part.question, view.answer_id, part.practice)}));
}

void add_part(const Part& part, const SeveralAnswersView& view, Blocks& body) {
  body.push_back(separated(section("«" + shorten(part.question, shown_question_bytes) + "»")));
  if (part.criteria.empty()) {
    add_sentence(part, view, body);
  } else if (part.criteria.size() == 1) {
    add_answer(part, view.as_of, body);
  } else {
    add_options(part, view.as_of, body);
  }
}

}  // namespace

Card several_answers_card(const SeveralAnswersView& view) {
  const std::string title = "Le respondo cada pregunta";
  Blocks body = {heading(title)};
  if (view.as_of) body.push_back(answer_part::past_line(*view.as_of));
  for (const Part& part : view.parts) add_part(part, view, body);
  if (view.left_out > 0) {
    body.push_back(container(
        {text(view.left_out == 1 ? "Quedó 1 pregunta sin mirar. Escríbala en otro mensaje, por favor."
                                 : "Quedaron " + std::to_string(view.left_out) +
                                       " preguntas sin mirar. Escríbalas en otro mensaje, por favor.")},
        Box::warning));
  }
  if (view.sample) body.push_back(text(sample_notice, subtle_small));
  if (!view.answer_id.empty()) body.push_back(answer_part::feedback_row(view.answer_id));
  std::vector<Button> buttons;
  if (view.talks_to_advisor) buttons.push_back(answer_part::ask_advisor(view.question, view.answer_id, ""));
  return finish({title, std::move(body), std::move(buttons)});
}

std::string source_line(const SeveralAnswersView& view) {
  std::vector<std::string> sources;
  for (const Part& part : view.parts) {
    if (part.criteria.size() == 1)
      sources.push_back(part.criteria.front().code + " [" + std::to_string(sources.size() + 1) + "]");
  }
  if (sources.empty()) return "";
  return (sources.size() == 1 ? "Respondo con el criterio " : "Respondo con los criterios ") +
         enumerate(sources) + ".";
}

}  // namespace pao::cards
