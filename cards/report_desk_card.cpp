#include "cards/report_desk_card.hpp"

#include "cards/report_blocks.hpp"
#include "cards/report_words.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"
#include "handlers/procedure/control_points.hpp"

#include <algorithm>

namespace pao::cards {
namespace {

using namespace build;
using namespace report_part;
using procedure::ReportModel;
using procedure::ReportState;
void add_adjustments(Blocks& body, const std::vector<PendingAdjustment>& adjustments) {
  if (adjustments.empty()) return;
  body.push_back(section("SS-4 que el reporte espera"));
  for (const PendingAdjustment& one : adjustments) {
    const Button button =
        one.control_subject.empty()
            ? Button{"Abrir", verb::request_view, {{"ss", one.request_id}}, Button::Kind::normal, false}
            : Button{"Confirmar",
                     verb::control_open,
                     {{"punto", "6"}, {"asunto", one.control_subject}},
                     Button::Kind::normal,
                     false};
    body.push_back(separated(side_by_side(
        {text(one.request_id, {.bold = true}), text(one.what, {.tight = true})}, {button_row({button})})));
  }
}

Json control_missing(const ReportEditView& view) {
  const Button confirm{"Confirmar la verificación",
                       verb::control_open,
                       {{"punto", std::string(procedure::to_word(procedure::ControlPoint::verification))},
                        {"asunto", view.control_subject}},
                       Button::Kind::normal,
                       false};
  return container({text("Antes de enviarlo falta el punto de control", {.bold = true}),
                    text("Confirme con su nombre que está verificado lo registrado (actividad 4): " +
                         period_of(view.report) + "."),
                    button_row({confirm})},
                   Box::warning);
}

}  // namespace

Card report_edit_card(const ReportEditView& view) {
  const ReportModel& report = view.report;
  const bool draft = report.state == ReportState::draft;
  Blocks body = {heading((draft ? "Preparar el reporte: " : "Corregir y reenviar: ") + period_of(report)),
                 text("Corte de los datos: " + long_instant(report.cut_off_at), {.subtle = true})};
  if (!draft) {
    body.push_back(
        text("Al reenviar empieza un plazo nuevo de diez días hábiles. El anterior queda "
             "sustituido. El texto y las recomendaciones en borrador llegan al proceso al reenviar. Si el "
             "reporte pasa antes a final, los borradores se descartan."));
  }
  add_problems(body, view.problems);
  if (!view.control_subject.empty()) body.push_back(control_missing(view));
  add_figures(body, report);
  body.push_back(section("Recomendaciones"));
  if (report.recommendations.empty()) body.push_back(text("No hay recomendaciones."));
  for (const auto& one : report.recommendations) {
    Blocks items = recommendation_blocks(one);
    if (one.state == procedure::RecommendationState::draft) {
      items.push_back(button_row({{"Editar",
                                   verb::recommendation_edit,
                                   {{"reporte", report.id}, {"recomendacion", one.id}},
                                   Button::Kind::normal,
                                   false},
                                  {"Quitar",
                                   verb::recommendation_remove,
                                   {{"recomendacion", one.id}},
                                   Button::Kind::normal,
                                   false}}));
    }
    body.push_back(separated(container(std::move(items))));
  }
  body.push_back(
      paragraph_input({"introduccion", "Sus palabras para el proceso", report.introduction, false}, 1500));
  std::vector<Button> buttons;
  if (draft) buttons.push_back({"Guardar el texto", verb::report_save, {{"reporte", report.id}}});
  buttons.push_back({"Agregar recomendación",
                     verb::recommendation_edit,
                     {{"reporte", report.id}, {"recomendacion", ""}},
                     Button::Kind::normal,
                     false});
  buttons.push_back({draft ? "Enviar al proceso" : "Reenviar al proceso", verb::report_send,
                     of_report(report), Button::Kind::primary});
  return finish({"Preparar el reporte: " + period_of(report), std::move(body), std::move(buttons)});
}

Card report_resolve_card(const ResolveView& view) {
  const ReportModel& report = view.report;
  Blocks body = {heading("Respuestas del proceso: " + period_of(report)),
                 facts({{"Estado", report_state_name(report.state)},
                        {"Plazo", report.deadline_on ? long_date(*report.deadline_on) : ""}})};
  std::vector<std::pair<std::string, std::string>> pending;  // justifications
  for (const auto& said : report.answers) {
    if (said.kind == procedure::ResponseKind::justified && said.resolution.empty()) {
      pending.emplace_back(said.id, said.id + ", " + shorten(said.text, 80));
    }
  }
  add_answers(body, report, view.files);
  std::vector<Button> buttons;
  if (!pending.empty()) {
    body.push_back(section("Decidir una justificación"));
    body.push_back(
        choice_input({"respuesta", "Justificación", pending.size() == 1 ? pending[0].first : ""}, pending));
    body.push_back(choice_input(
        {"decision", "Decisión", ""},
        {{"aceptada", "Aceptada"}, {"aceptada_en_parte", "Aceptada en parte"}, {"rechazada", "Rechazada"}},
        ChoiceLook::buttons));
    body.push_back(paragraph_input({"motivo", "Por qué", ""}, 1000));
    buttons.push_back({"Guardar la decisión", verb::report_resolve, {}, Button::Kind::primary});
  }
  add_adjustments(body, view.adjustments);
  add_to_comment(body, view.to_comment, false);
  if (report.state == ReportState::in_adjustment) {
    buttons.push_back(
        {"Pasar a final", verb::report_settle, {{"reporte", report.id}}, Button::Kind::normal, false});
  }
  if (!report.recommendations.empty()) {
    buttons.push_back({"Recomendaciones",
                       verb::report_recommendations,
                       {{"reporte", report.id}},
                       Button::Kind::normal,
                       false});
  }
  add_changes(body, report);
  add_acronyms(body, "SS-4");
  return finish({"Respuestas del proceso: " + period_of(report), std::move(body), std::move(buttons)});
}

}  // namespace pao::cards
