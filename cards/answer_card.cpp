#include "cards/answer_card.hpp"

#include "cards/card_builder.hpp"
#include "cards/own_date_blocks.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

#include <algorithm>

namespace pao::cards {
namespace {

using namespace build;

constexpr std::size_t carried_question_bytes = 900;
constexpr std::size_t shown_question_bytes = 300;
constexpr std::size_t shown_criterion_bytes = 5000;

// Guidelines mark file names as code; cards do not know code, so the marks would be read as characters.
std::string without_code_marks(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), '`'), text.end());
  return text;
}

std::string citation(const procedure::Criterion& criterion, const std::string& practice) {
  // An answer that was approved for everybody: its section says by whom and when.
  if (criterion.code.starts_with("RES-"))
    return "Fuente: " + criterion.section + " (" + criterion.code + ", " + practice + ", vigencia " +
           std::to_string(criterion.term) + ").";
  return "Fuente: criterio " + criterion.code + ", " + practice + ", vigencia " +
         std::to_string(criterion.term) + ", versión " + std::to_string(criterion.version) + ".";
}

Button choose(const procedure::Criterion& criterion, const std::string& question) {
  return {"Ver " + criterion.code,
          verb::choose_criterion,
          {{"codigo", criterion.code}, {"pregunta", shorten(question, carried_question_bytes)}}};
}

Json criterion_row(const procedure::Criterion& criterion, const std::string& question) {
  return separated(
      side_by_side({text(shorten(criterion.title, 200), {.bold = true}),
                    text(practice_name(criterion.practice) + " · " + criterion.code, subtle_small)},
                   {button_row({choose(criterion, question)})}));
}

Button ask_advisor(const std::string& question, const std::string& answer_id, const std::string& practice) {
  return {"Hablar con mi asesor",
          verb::advisor_form,
          {{"pregunta", shorten(question, carried_question_bytes)},
           {"respuesta_id", answer_id},
           {"practica", practice}}};
}

Button suggestion_button(const Suggestion& suggestion, const AnswerView& view) {
  switch (suggestion.kind) {
    case Suggestion::Kind::register_progress:
      return {"Registrar avance",
              verb::progress_list,
              {{"practica", view.criterion.practice}, {"elemento", suggestion.item_id}}};
    case Suggestion::Kind::open_request:
      return {"Preparar una SS",
              verb::request_start,
              {{"asunto", shorten(view.question, 150)}, {"elemento", suggestion.item_id}}};
    case Suggestion::Kind::my_status:
      return {"Mis pendientes", verb::my_status, {{"pagina", "0"}}};
    case Suggestion::Kind::talk_to_advisor:
      break;
  }
  return ask_advisor(view.question, view.answer_id, view.criterion.practice);
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

}  // namespace

Card answer_card(const AnswerView& view) {
  const procedure::Criterion& criterion = view.criterion;
  Blocks body = {heading(shorten(criterion.title, 200))};
  if (view.fallback_for_term) {
    body.push_back(container({text("Los lineamientos de " + view.practice_name + " para la vigencia " +
                                   std::to_string(*view.fallback_for_term) +
                                   " todavía no están publicados. Le respondo con los de " +
                                   std::to_string(criterion.term) + ".")},
                             Box::warning));
  }
  if (view.as_of) body.push_back(text("Esto regía el " + long_date(*view.as_of) + ".", {.bold = true}));
  body.push_back(text(shorten(without_code_marks(criterion.text), shown_criterion_bytes)));
  add_own_dates(body, view.own_dates);
  body.push_back(citation_row(view));
  if (view.sample) body.push_back(text(sample_notice, subtle_small));
  if (!view.answer_id.empty()) {
    const Data data = {{"respuesta_id", view.answer_id}};
    body.push_back(
        button_row({{"Me sirvió", verb::answer_helped, data, Button::Kind::normal, false},
                    {"No me sirvió", verb::answer_not_helped, data, Button::Kind::normal, false}}));
  }
  if (!view.see_also.empty()) {
    body.push_back(section("Vea también"));
    for (std::size_t i = 0; i < view.see_also.size() && i < 2; ++i)
      body.push_back(criterion_row(view.see_also[i], view.question));
  }
  std::vector<Button> buttons;
  for (std::size_t i = 0; i < view.suggestions.size() && i < 3; ++i)
    buttons.push_back(suggestion_button(view.suggestions[i], view));
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
  Blocks body = {
      heading("¿Sobre cuál de estos temas pregunta?"),
      text("Usted escribió: «" + shorten(view.question, shown_question_bytes) + "»", {.subtle = true})};
  for (std::size_t i = 0; i < view.options.size() && i < 3; ++i)
    body.push_back(criterion_row(view.options[i], view.question));
  Button none = ask_advisor(view.question, view.answer_id, "");
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
  Blocks body = {
      heading("Los lineamientos no lo dicen"),
      text("No encontré un criterio vigente que responda su pregunta y prefiero no adivinar."),
      text("Usted escribió: «" + shorten(view.question, shown_question_bytes) + "»", {.subtle = true})};
  body.push_back(
      text(view.advisor_name.empty()
               ? "Puedo pasar su pregunta al grupo de asesores de la OAP, o intente con otras palabras."
               : "Puedo pasar su pregunta a " + view.advisor_name +
                     ", que asesora a su proceso, o intente con otras palabras."));
  Button ask = ask_advisor(view.question, view.answer_id, "");
  ask.kind = Button::Kind::primary;
  return finish({"Los lineamientos no lo dicen", std::move(body), {std::move(ask)}});
}

}  // namespace pao::cards
