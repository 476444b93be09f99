#include "cards/answer_card.hpp"

#include "cards/answer_parts.hpp"
#include "cards/card_builder.hpp"
#include "cards/own_date_blocks.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

namespace pao::cards {
namespace {

using namespace build;
using answer_part::criterion_row;

constexpr std::size_t shown_question_bytes = 300;
constexpr std::size_t shown_criterion_bytes = 5000;

std::string citation(const procedure::Criterion& criterion, const std::string& practice) {
  // An answer that was approved for everybody: its section says by whom and when.
  if (criterion.code.starts_with("RES-"))
    return "Fuente: " + criterion.section + " (" + criterion.code + ", " + practice + ", vigencia " +
           std::to_string(criterion.term) + ").";
  return "Fuente: criterio " + criterion.code + ", " + practice + ", vigencia " +
         std::to_string(criterion.term) + ", versión " + std::to_string(criterion.version) + ".";
}

Json citation_row(const AnswerView& view) {
  const procedure::Criterion& criterion = view.criterion;
  const Json cited = text(citation(criterion, view.practice_name), {.subtle = true, .small = true});
  if (!view.opens_guideline) return cited;
  return side_by_side({cited}, {button_row({{"Ver lineamiento completo",
                                             verb::guideline_text,
                                             {{"practica", criterion.practice},
                                              {"vigencia", std::to_string(criterion.term)},
                                              {"version", std::to_string(criterion.version)},
                                              {"pagina", "0"}}}})});
}

Json asked_line(const std::string& question) {
  return text("Usted escribió: «" + shorten(question, shown_question_bytes) + "»", {.subtle = true});
}

std::string why_nothing(const AbstainView& view) {
  if (view.as_of && view.no_guideline_then) return no_guideline_sentence(view.practice, *view.as_of);
  return answer_part::nothing_found(view.as_of);
}

std::string offer_of_advisor(const AbstainView& view) {
  const std::string offer =
      view.advisor_name.empty()
          ? "Puedo pasar su pregunta al grupo de asesores de la OAP"
          : "Puedo pasar su pregunta a " + view.advisor_name + ", que asesora a su proceso";
  return offer + (view.no_guideline_then ? "." : ", o intente con otras palabras.");
}

}  // namespace

Card answer_card(const AnswerView& view) {
  const procedure::Criterion& criterion = view.criterion;
  Blocks body = {heading(shorten(criterion.title, 200))};
  if (view.fallback_for_term)
    body.push_back(answer_part::fallback_notice(view.practice_name, *view.fallback_for_term, criterion.term));
  if (view.as_of) body.push_back(answer_part::past_line(*view.as_of));
  body.push_back(answer_part::criterion_words(criterion, shown_criterion_bytes));
  add_own_dates(body, view.own_dates);
  body.push_back(citation_row(view));
  if (view.sample) body.push_back(text(sample_notice, subtle_small));
  if (!view.answer_id.empty()) body.push_back(answer_part::feedback_row(view.answer_id));
  if (!view.see_also.empty()) {
    body.push_back(section("Vea también"));
    for (std::size_t i = 0; i < view.see_also.size() && i < 2; ++i)
      body.push_back(criterion_row(view.see_also[i], view.question, view.as_of));
  }
  std::vector<Button> buttons;
  for (std::size_t i = 0; i < view.suggestions.size() && i < 3; ++i)
    buttons.push_back(answer_part::suggestion_button(view.suggestions[i], view.question, view.answer_id,
                                                     criterion.practice));
  return finish({criterion.code + ": " + criterion.title, std::move(body), std::move(buttons)});
}

std::string source_line(const AnswerView& view) {
  std::string line = "Respondo con el criterio " + view.criterion.code + " de " + plain(view.practice_name) +
                     ", vigencia " + std::to_string(view.criterion.term) + ", versión " +
                     std::to_string(view.criterion.version) + " [1].";
  std::vector<std::string> others;
  for (std::size_t i = 0; i < view.see_also.size() && i < 2; ++i)
    others.push_back(view.see_also[i].code + " [" + std::to_string(i + 2) + "]");
  if (!others.empty()) line += " Vea también " + enumerate(others) + ".";
  return line;
}

Card clarify_card(const ClarifyView& view) {
  Blocks body = {heading("¿Sobre cuál de estos temas pregunta?"), asked_line(view.question)};
  for (std::size_t i = 0; i < view.options.size() && i < 3; ++i)
    body.push_back(criterion_row(view.options[i], view.question, view.as_of));
  Button none = answer_part::ask_advisor(view.question, view.answer_id, "");
  none.title = "Ninguno: hablar con mi asesor";
  return finish({"¿Sobre cuál de estos temas pregunta?", std::move(body), {std::move(none)}});
}

Card abstain_card(const AbstainView& view) {
  if (view.out_of_scope) {
    Blocks body = {heading("Ese tema no lo atiendo")};
    if (!view.sentence.empty()) body.push_back(text(shorten(view.sentence, 300)));
    body.push_back(
        text("Solo respondo sobre las ocho prácticas de gestión y el Sistema Único de Gestión (SUG): "
             "planes, proyectos de inversión, indicadores, riesgos, REPAC, mejoras por autocontrol, "
             "continuidad del negocio y documentos."));
    return finish(
        {"Ese tema no lo atiendo", std::move(body), {{"¿Qué puede hacer PAO Teams?", verb::help, {}}}});
  }
  const std::string title =
      view.no_guideline_then ? "No tengo lineamientos de ese día" : "Los lineamientos no lo dicen";
  Blocks body = {heading(title), text(why_nothing(view)), asked_line(view.question),
                 text(offer_of_advisor(view))};
  if (!view.today.empty()) body.push_back(section("Lo que rige hoy"));
  for (std::size_t i = 0; i < view.today.size() && i < 3; ++i)
    body.push_back(criterion_row(view.today[i], view.question, std::nullopt));
  Button ask = answer_part::ask_advisor(view.question, view.answer_id, "");
  ask.kind = Button::Kind::primary;
  return finish({title, std::move(body), {std::move(ask)}});
}

std::string no_guideline_sentence(const std::string& practice, Date day) {
  const bool named = !practice.empty() && practice != procedure::practice::general;
  return "No tengo lineamientos " + (named ? "de " + practice_name(practice) + " " : "") +
         "publicados que rigieran el " + long_date(day) + ".";
}

}  // namespace pao::cards
