#include "cards/report_card.hpp"

#include "cards/report_blocks.hpp"
#include "cards/report_words.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

#include <algorithm>

namespace pao::cards {
namespace {

using namespace build;
using namespace report_part;
using procedure::ReportModel;
using procedure::ReportState;

Json deadline_block(const ReportCardView& view) {
  const ReportModel& report = view.report;
  if (!report.deadline_on) return text("Borrador: todavía no se ha enviado.", {.bold = true});
  if (!view.window_open) {
    return text("La validación ya cerró. El plazo iba hasta el " + long_date(*report.deadline_on) + ".",
                {.bold = true});
  }
  return container({text(due_phrase(*report.deadline_on, view.business_days_left), {.bold = true}),
                    text("Cierra ese día a las 11:59 p. m. Son diez días hábiles desde el día siguiente al "
                         "envío.",
                         {.small = true, .tight = true})},
                   view.business_days_left <= 2 ? Box::attention : Box::warning);
}

void add_deliveries(Blocks& body, const ReportCardView& view) {
  if (!view.is_advisor) return;
  for (const std::string& line : view.deliveries) body.push_back(text(line, {.small = true, .tight = true}));
}

Button file_button(const ReportModel& report) {
  return {"Descargar el reporte", verb::report_file, {{"reporte", report.id}}, Button::Kind::normal, false};
}

std::vector<Button> answer_buttons(const ReportCardView& view) {
  const ReportModel& report = view.report;
  std::vector<Button> buttons;
  if (view.window_open && view.may_respond) {
    buttons.push_back({"Aceptar", verb::report_accept, of_report(report), Button::Kind::primary});
    buttons.push_back({"Justificar con evidencia", verb::report_justify_form, {{"reporte", report.id}}});
    buttons.push_back(
        {"Pedir ajuste (SS-4)",
         verb::request_form,
         {{"tipo", "SS-4"}, {"asunto", "Ajustar el reporte " + report.id}, {"elemento", report.id}}});
  }
  if (!report.recommendations.empty()) {
    buttons.push_back({"Recomendaciones", verb::report_recommendations, {{"reporte", report.id}}});
  }
  buttons.push_back(file_button(report));
  if (view.may_respond) {
    buttons.push_back(
        {"Pedir asesoría",
         verb::advisor_form,
         {{"pregunta", "Sobre el reporte " + report.id + ": "}, {"respuesta_id", ""}, {"practica", ""}}});
  }
  if (view.is_advisor && procedure::awaits_answers(report.state)) {
    buttons.push_back({"Respuestas del proceso", verb::report_final, {{"reporte", report.id}}});
    buttons.push_back({"Corregir y reenviar", verb::report_edit, {{"reporte", report.id}}});
  }
  return buttons;
}

std::string practice_words(const ReportModel& report) {
  std::string words;
  for (const auto& one : report.practices) words += practice_name(one.practice) + "\n";
  return words;
}

// What each card shows of what somebody wrote: its acronyms are explained.
std::string words_to_validate(const ReportCardView& view) {
  std::string words = view.report.introduction + "\n" + practice_words(view.report);
  for (const auto& one : view.report.recommendations) words += recommendation_words(one) + "\n";
  return words + (view.window_open ? "SS-4" : "");
}

std::string words_of_final(const ReportModel& report) {
  std::string words = practice_words(report);
  for (const auto& said : report.answers) words += said.text + "\n" + said.resolution_reason + "\n";
  for (const std::string& erratum : report.errata) words += erratum + "\n";
  return words + "SS-4 OCI";
}

}  // namespace

Card report_card(const ReportCardView& view) {
  const ReportModel& report = view.report;
  Blocks body = {heading("Reporte preventivo: " + period_of(report)), deadline_block(view),
                 facts({{"Estado", report_state_name(report.state)},
                        {"Corte de los datos", long_instant(report.cut_off_at)},
                        {"Asesor", report.advisor_name}})};
  add_deliveries(body, view);
  if (!report.introduction.empty()) body.push_back(text(shorten(report.introduction, 1500)));
  if (view.liaison_accepted && view.window_open) {
    body.push_back(text(view.is_leader
                            ? "El enlace ya aceptó este reporte. Falta su respuesta: la suya prevalece."
                            : "Un enlace ya aceptó. Se espera la respuesta del líder o el fin del plazo."));
  }
  add_figures(body, report);
  if (view.unanswered_recommendations > 0) {
    body.push_back(text(count_of(view.unanswered_recommendations,
                                 "recomendación espera respuesta. Aceptar el reporte no la responde.",
                                 "recomendaciones esperan respuesta. Aceptar el reporte no las responde."),
                        {.bold = true}));
  }
  add_acronyms(body, words_to_validate(view));
  const std::string due = report.deadline_on && view.window_open
                              ? ". " + due_phrase(*report.deadline_on, view.business_days_left)
                              : "";
  return finish({"Reporte preventivo: " + period_of(report) + due, std::move(body), answer_buttons(view)});
}

Card final_report_card(const ReportCardView& view) {
  const ReportModel& report = view.report;
  const bool published = report.state == ReportState::published;
  Blocks body = {heading("Reporte final: " + period_of(report)),
                 facts({{"Estado", report_state_name(report.state)},
                        {"Pronunciamiento", report.outcome.empty() ? "" : response_name(report.outcome)},
                        {"Plazo que tuvo", report.deadline_on ? long_date(*report.deadline_on) : ""},
                        {"Asesor", report.advisor_name},
                        {"Huella", report.fingerprint}})};
  add_deliveries(body, view);
  add_figures(body, report);
  add_answers(body, report, view.files);
  add_changes(body, report);
  if (!report.errata.empty()) body.push_back(section("Fe de erratas"));
  for (const std::string& erratum : report.errata) body.push_back(text(shorten(erratum, 1000)));
  add_later(body, report);
  if (view.is_advisor) add_to_comment(body, view.to_comment, published);
  add_acronyms(body, words_of_final(report));
  body.push_back(text("Este reporte acompaña al proceso. No reemplaza la evaluación de la OCI.",
                      {.subtle = true, .small = true}));
  std::vector<Button> buttons;
  if (!report.recommendations.empty()) {
    buttons.push_back({"Recomendaciones", verb::report_recommendations, {{"reporte", report.id}}});
  }
  // What it would say is not the report yet.
  if (!procedure::awaits_answers(report.state)) buttons.push_back(file_button(report));
  if (view.is_advisor && report.state == ReportState::final_version) {
    buttons.push_back({"Publicar", verb::report_publish, {{"reporte", report.id}}, Button::Kind::primary});
  }
  if (view.is_advisor && published) {
    body.push_back(paragraph_input({"texto", "Fe de erratas: qué dice y qué debe decir", "", false}, 1000));
    buttons.push_back({"Agregar fe de erratas", verb::report_erratum, {{"reporte", report.id}}});
  }
  return finish({"Reporte final: " + period_of(report), std::move(body), std::move(buttons)});
}

Card report_list_card(const std::string& title, const std::string& intro,
                      const std::vector<ReportRow>& rows) {
  Blocks body = {heading(title), text(intro)};
  const std::size_t shown = std::min(rows.size(), most_rows);
  for (std::size_t i = 0; i < shown; ++i) {
    const ReportRow& row = rows[i];
    Blocks left = {text(row.process_name, {.bold = true}),
                   text(period_name(row.cycle) + " · " + row.state, subtle_small)};
    if (!row.detail.empty()) left.push_back(text(row.detail, {.small = true, .tight = true}));
    body.push_back(separated(
        side_by_side(std::move(left), {button_row({{"Abrir", verb::report_view, {{"reporte", row.id}}}})})));
  }
  if (rows.size() > shown) {
    body.push_back(text(more_line(static_cast<int>(rows.size() - shown)) + ".", {.subtle = true}));
  }
  return finish({title, std::move(body), {{"Actualizar", verb::report_list, {}}}});
}

Card report_justify_card(const JustifyView& view) {
  Blocks body = {heading("Justificar con evidencia"), text(view.title, {.subtle = true})};
  if (!view.problem.empty()) body.push_back(container({text(view.problem)}, Box::warning));
  body.push_back(
      text("Diga qué pasó e indique la evidencia. Su asesor la revisa y responde. Queda con el "
           "reporte y la consulta Control Interno."));
  body.push_back(choice_input({"linea", "Sobre qué", view.line}, view.lines));
  body.push_back(paragraph_input({"texto", "Qué pasó", view.text}, 2000));
  body.push_back(line_input({"evidencia", "Evidencia: nombre del archivo o enlace", view.evidence}, 500));
  return finish({"Justificar el reporte",
                 std::move(body),
                 {{"Enviar justificación",
                   verb::report_justify,
                   {{"reporte", view.report_id}, {"version", std::to_string(view.version)}},
                   Button::Kind::primary},
                  {"Volver al reporte",
                   verb::report_view,
                   {{"reporte", view.report_id}},
                   Button::Kind::normal,
                   false}}});
}

Card report_notice_card(const std::string& title, const std::string& sentence, const std::string& report_id) {
  return finish({title + ". " + sentence,
                 {heading(title), text(sentence)},
                 {{"Ver el reporte", verb::report_view, {{"reporte", report_id}}},
                  {"Recomendaciones", verb::report_recommendations, {{"reporte", report_id}}}}});
}

}  // namespace pao::cards
