#include "cards/recommendation_card.hpp"

#include "cards/evidence_files.hpp"
#include "cards/report_blocks.hpp"
#include "cards/report_words.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

#include <utility>

namespace pao::cards {
namespace {

using namespace build;
using namespace report_part;

void add_pages(std::vector<Button>& buttons, const RecommendationsView& view, bool with_inputs) {
  const auto go = [&](const char* title, int page) {
    buttons.push_back({title,
                       verb::report_recommendations,
                       {{"reporte", view.report_id}, {"pagina", std::to_string(page)}},
                       Button::Kind::normal,
                       with_inputs});
  };
  const int last = view.page * recommendations_page_size + static_cast<int>(view.shown.size());
  if (view.page > 0) go("Anteriores", view.page - 1);
  if (last < view.total) go("Siguientes", view.page + 1);
}

Blocks answerable_blocks(const RecommendationView& view, std::size_t& room) {
  const procedure::ReportRecommendation& one = view.recommendation;
  Blocks items = recommendation_blocks(one);
  add_evidence_rows(items, view.files, room);
  if (!view.can_answer) return items;
  if (view.answer_by) {
    items.push_back(text(due_phrase(*view.answer_by, view.business_days_left), {.small = true}));
  }
  items.push_back(button_row({{"Responder", verb::recommendation_form, {{"recomendacion", one.id}}},
                              {"Pedir asesoría",
                               verb::advisor_form,
                               {{"pregunta", "Sobre la recomendación " + one.id + ": "},
                                {"respuesta_id", ""},
                                {"practica", one.practice}}}}));
  return items;
}

}  // namespace

Card recommendations_card(const RecommendationsView& view) {
  Blocks body = {heading("Recomendaciones"), text(view.title, {.subtle = true})};
  std::string words;
  std::vector<std::pair<std::string, std::string>> to_comment;
  std::size_t room = most_files_of_card;
  for (const RecommendationView& each : view.shown) {
    const procedure::ReportRecommendation& one = each.recommendation;
    if (each.can_comment) to_comment.emplace_back(one.id, one.id + ", " + shorten(one.reason, 80));
    words += recommendation_words(one) + "\n" + practice_name(one.practice);
    body.push_back(separated(container(answerable_blocks(each, room))));
  }
  if (view.shown.empty()) body.push_back(text("Este reporte no tiene recomendaciones."));
  std::vector<Button> buttons;
  if (!to_comment.empty()) {
    body.push_back(section("Comentar lo que no procede"));
    body.push_back(choice_input({"recomendacion", "Recomendación", to_comment.front().first}, to_comment));
    body.push_back(paragraph_input({"comentario", "Su comentario; el reporte final lo dice", ""}, 1000));
    buttons.push_back({"Guardar comentario", verb::recommendation_comment, {}, Button::Kind::primary});
  }
  add_pages(buttons, view, to_comment.empty());
  buttons.push_back({"Mis reportes", verb::report_list, {}, Button::Kind::normal, to_comment.empty()});
  add_acronyms(body, words);
  return finish({"Recomendaciones: " + view.title, std::move(body), std::move(buttons)});
}

Card recommendation_form_card(const RecommendationView& view) {
  const auto& one = view.recommendation;
  Blocks body = {heading("Responder la recomendación")};
  if (!view.problem.empty()) body.push_back(container({text(view.problem)}, Box::warning));
  for (Json& block : recommendation_blocks(one)) body.push_back(std::move(block));
  std::size_t room = most_files_of_card;
  add_evidence_rows(body, view.files, room);
  body.push_back(choice_input({"respuesta", "Su respuesta", ""},
                              {{"aplicada", "Ya la aplicamos"},
                               {"convertida_en_mejora", "La registramos como acción de mejora"},
                               {"no_procede", "No procede"}},
                              ChoiceLook::buttons));
  body.push_back(
      line_input({"mejora", "Código de la acción de mejora, si la registró en el SMGI", "", false}, 60));
  body.push_back(paragraph_input({"motivo", "Explicación; obligatoria si no procede", "", false}, 1000));
  add_acronyms(body, "SMGI " + recommendation_words(one));
  return finish({"Responder la recomendación " + one.id,
                 std::move(body),
                 {{"Guardar respuesta",
                   verb::recommendation_answer,
                   {{"recomendacion", one.id}},
                   Button::Kind::primary},
                  {"Pedir asesoría",
                   verb::advisor_form,
                   {{"pregunta", "Sobre la recomendación " + one.id + ": "},
                    {"respuesta_id", ""},
                    {"practica", one.practice}},
                   Button::Kind::normal,
                   false}}});
}

Card recommendation_edit_card(const std::string& report_id,
                              const procedure::ReportRecommendation& recommendation,
                              const std::vector<std::pair<std::string, std::string>>& practices,
                              const std::vector<std::string>& problems) {
  Blocks body = {
      heading(recommendation.id.empty() ? "Nueva recomendación" : "Recomendación " + recommendation.id)};
  add_problems(body, problems);
  body.push_back(choice_input({"practica", "Práctica", recommendation.practice}, practices));
  body.push_back(paragraph_input({"observado", "Qué se observó", recommendation.observed}, 600));
  body.push_back(paragraph_input({"sugerencia", "Qué se sugiere hacer", recommendation.suggestion}, 600));
  body.push_back(date_input(
      {"fecha", "Para cuándo", recommendation.target_on ? iso_date(*recommendation.target_on) : ""}));
  return finish({"Recomendación",
                 std::move(body),
                 {{"Guardar",
                   verb::recommendation_save,
                   {{"reporte", report_id}, {"recomendacion", recommendation.id}},
                   Button::Kind::primary},
                  {"Volver", verb::report_edit, {{"reporte", report_id}}, Button::Kind::normal, false}}});
}

}  // namespace pao::cards
