#include "cards/several_answers_card.hpp"

#include "cards/card_builder.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

#include <algorithm>

namespace pao::cards {
namespace {

using namespace build;

constexpr std::size_t shown_question_bytes = 200;
constexpr std::size_t shown_criterion_bytes = 900;
constexpr std::size_t carried_question_bytes = 600;

// Guidelines mark file names as code; cards do not know code.
std::string plain_criterion(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), '`'), text.end());
  return text;
}

void add_part(const SeveralAnswersView::Part& part, Blocks& body) {
  const procedure::Criterion& criterion = part.criterion;
  body.push_back(separated(section("«" + shorten(part.question, shown_question_bytes) + "»")));
  body.push_back(text(shorten(criterion.title, 200), {.bold = true}));
  body.push_back(text(shorten(plain_criterion(criterion.text), shown_criterion_bytes)));
  body.push_back(side_by_side(
      {text("Criterio " + criterion.code + ", " + part.practice_name + ", vigencia " +
                std::to_string(criterion.term) + ", versión " + std::to_string(criterion.version) + ".",
            subtle_small)},
      {button_row(
          {{"Ver criterio completo",
            verb::choose_criterion,
            {{"codigo", criterion.code}, {"pregunta", shorten(part.question, carried_question_bytes)}}}})}));
}

}  // namespace

Card several_answers_card(const SeveralAnswersView& view) {
  const std::string title = "Le respondo cada pregunta";
  Blocks body = {heading(title)};
  for (const auto& part : view.parts) add_part(part, body);
  for (const std::string& question : view.unanswered) {
    body.push_back(separated(section("«" + shorten(question, shown_question_bytes) + "»")));
    body.push_back(text("No encontré un criterio vigente que la responda y prefiero no adivinar."));
  }
  if (view.left_out > 0) {
    body.push_back(container(
        {text(view.left_out == 1 ? "Quedó 1 pregunta sin mirar. Escríbala en otro mensaje, por favor."
                                 : "Quedaron " + std::to_string(view.left_out) +
                                       " preguntas sin mirar. Escríbalas en otro mensaje, por favor.")},
        Box::warning));
  }
  if (view.sample) body.push_back(text(sample_notice, subtle_small));
  return finish({title, std::move(body), {}});
}

}  // namespace pao::cards
