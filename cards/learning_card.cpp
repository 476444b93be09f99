#include "cards/learning_card.hpp"

#include "cards/card_builder.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

namespace pao::cards {
namespace {

using namespace build;

constexpr std::size_t shown_bytes = 3000;

Button advisor_button(const FeedbackView& view) {
  return {"Hablar con mi asesor",
          verb::advisor_form,
          {{"pregunta", shorten(view.question, 900)},
           {"respuesta_id", view.answer_id},
           {"practica", view.practice}},
          Button::Kind::normal,
          false};
}

Json answer_again(const FeedbackView& view) {
  return container(
      {text("Lo que le respondí", {.subtle = true, .small = true}), text(shorten(view.answer, shown_bytes))},
      Box::emphasis);
}

}  // namespace

std::string concern_phrase(const std::string& concern) {
  if (concern == "sin_respuesta") return "no tuvo respuesta en los lineamientos";
  if (concern == "no_sirvio") return "la respuesta no sirvió";
  if (concern == "reformulada") return "se preguntó otra vez con otras palabras";
  return "pasó a una persona";
}

std::string proposal_sentence(const ProposalView& view) {
  const std::string about = view.practice_name.empty() ? "Sin práctica definida" : view.practice_name;
  const std::string count = std::to_string(view.questions.size()) + " preguntas";
  if (view.criterion.empty()) return about + ": falta un criterio que lo diga (" + count + ").";
  return about + ": aclarar el criterio " + view.criterion + " (" + count + ").";
}

Card feedback_reason_card(const FeedbackView& view) {
  Blocks body = {heading("¿Qué faltó en la respuesta?"), answer_again(view)};
  body.push_back(choice_input({"motivo", "Motivo", ""},
                              {{"No responde lo que pregunté", "No responde lo que pregunté"},
                               {"No la entiendo", "No la entiendo"},
                               {"Le falta información", "Le falta información"},
                               {"Está desactualizada", "Está desactualizada"}},
                              ChoiceLook::buttons));
  return finish({"¿Qué faltó en la respuesta?",
                 std::move(body),
                 {{"Enviar", verb::answer_reason, {{"respuesta_id", view.answer_id}}, Button::Kind::primary},
                  advisor_button(view)}});
}

Card feedback_thanks_card(const FeedbackView& view) {
  return finish(
      {"Gracias, lo tendremos en cuenta",
       {heading("Gracias, lo tendremos en cuenta"),
        text("Cada mes revisamos estas respuestas para mejorar los lineamientos."), answer_again(view)},
       {advisor_button(view)}});
}

Card proposals_card(const ProposalsView& view) {
  constexpr std::size_t proposals_shown = 5, questions_shown = 4, words_shown = 5;
  const std::string title = "Qué dicen las preguntas de " + period_name(view.month);
  Blocks body = {heading(title)};
  body.push_back(
      text(view.proposals.empty()
               ? view.questions == 1 ? std::string("Con una sola pregunta no hay propuestas.")
                                     : "En " + std::to_string(view.questions) +
                                           " preguntas no hay tres o más sobre lo mismo que piden un cambio."
               : "De " + std::to_string(view.questions) +
                     " preguntas salen estas propuestas para la revisión de los lineamientos. Cada una "
                     "se apoya en tres o más preguntas reales."));
  for (std::size_t i = 0; i < view.proposals.size() && i < proposals_shown; ++i) {
    const ProposalView& proposal = view.proposals[i];
    Blocks block = {text(proposal_sentence(proposal), {.bold = true})};
    std::vector<std::string> words(
        proposal.shared.begin(),
        proposal.shared.begin() + static_cast<std::ptrdiff_t>(std::min(words_shown, proposal.shared.size())));
    if (!words.empty())
      block.push_back(text("Raíces de palabras en común: " + enumerate(words) + ".", subtle_small));
    for (std::size_t q = 0; q < proposal.questions.size() && q < questions_shown; ++q) {
      const ProposalQuestion& question = proposal.questions[q];
      block.push_back(text("«" + shorten(question.question, 160) + "», " + long_date(question.asked_on) +
                               ": " + concern_phrase(question.concern) + ".",
                           {.small = true, .tight = true}));
    }
    if (proposal.questions.size() > questions_shown)
      block.push_back(
          text(more_line(static_cast<int>(proposal.questions.size() - questions_shown)), subtle_small));
    body.push_back(separated(container(std::move(block))));
  }
  if (view.proposals.size() > proposals_shown)
    body.push_back(text(more_line(static_cast<int>(view.proposals.size() - proposals_shown)), subtle_small));
  return finish(
      {title, std::move(body), {{"Ver el mes anterior", verb::proposals, {{"mes", view.month_before}}}}});
}

}  // namespace pao::cards
