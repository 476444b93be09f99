#include "cards/report_card.hpp"

#include "cards/card_builder.hpp"
#include "cards/documents/report_html.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"
#include "handlers/procedure/plain_language.hpp"

#include <algorithm>

namespace pao::cards {
namespace {

using namespace build;
using procedure::ReportModel;
using procedure::ReportState;

constexpr std::size_t shown_text_bytes = 500;
constexpr std::size_t most_rows = 12;

std::string number(int count) {
  return std::to_string(count);
}

std::string count_of(int count, const char* one, const char* many) {
  return number(count) + " " + (count == 1 ? one : many);
}

std::string figures_line(const procedure::PracticeFigures& one) {
  std::string text = count_of(one.obligations, "obligación", "obligaciones") + ": " + number(one.on_time) +
                     " a tiempo, " + number(one.late) + " fuera de plazo, " + number(one.missing) +
                     " sin registro. " + count_of(one.returned, "devuelta", "devueltas") + ", " +
                     count_of(one.alerts, "alerta enviada", "alertas enviadas") + ", " +
                     count_of(one.recommendations, "recomendación", "recomendaciones") + ".";
  if (one.not_yet_due > 0) text += " " + number(one.not_yet_due) + " aún no vencen.";
  if (one.justified > 0) text += " " + number(one.justified) + " con justificación aceptada.";
  return text;
}

void add_figures(Blocks& body, const ReportModel& report) {
  for (const auto& one : report.practices) {
    body.push_back(separated(container({text(practice_name(one.practice), {.bold = true}),
                                        text(figures_line(one), {.small = true, .tight = true})})));
  }
}

void add_acronyms(Blocks& body, const std::string& words) {
  std::string meanings;
  for (const procedure::Acronym& one : procedure::acronyms_in(words)) {
    meanings +=
        (meanings.empty() ? "" : " ") + std::string(one.letters) + ": " + std::string(one.meaning) + ".";
  }
  if (!meanings.empty()) body.push_back(text(meanings, {.subtle = true, .small = true}));
}

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

// A draft is version 0: its button, pressed again, does not send a second version.
Data of_report(const ReportModel& report) {
  const int version = report.state == ReportState::draft ? 0 : report.version;
  return {{"reporte", report.id}, {"version", number(version)}};
}

std::string period_of(const ReportModel& report) {
  return report.process_name + ", " + period_name(report.cycle);
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

std::string recommendation_words(const procedure::ReportRecommendation& one) {
  return one.observed + " " + one.suggestion + " " + one.reason + " " + one.advisor_comment;
}

Blocks recommendation_blocks(const procedure::ReportRecommendation& one) {
  Blocks items = {text(practice_name(one.practice) + " · " + one.id, {.bold = true})};
  if (!one.reiterates.empty()) {
    items.push_back(text("Se reitera: quedó sin respuesta en el reporte anterior.", subtle_small));
  }
  items.push_back(facts({{"Qué se observó", shorten(one.observed, shown_text_bytes)},
                         {"Qué se sugiere", shorten(one.suggestion, shown_text_bytes)},
                         {"Para cuándo", one.target_on ? long_date(*one.target_on) : std::string()},
                         {"Estado", recommendation_state_name(one.state)},
                         {"Acción de mejora", one.improvement_id},
                         {"Lo que dijo el proceso", shorten(one.reason, shown_text_bytes)},
                         {"Comentario del asesor", shorten(one.advisor_comment, shown_text_bytes)}}));
  return items;
}

std::string decision_text(const procedure::ReportAnswer& said) {
  if (said.kind == procedure::ResponseKind::accepted) return "";
  if (said.resolution.empty()) return "Pendiente de decisión";
  std::string text = said.resolution == "aceptada_en_parte" ? "Aceptada en parte"
                     : said.resolution == "aceptada"        ? "Aceptada"
                     : said.resolution == "rechazada"       ? "Rechazada"
                                                            : "Se cerró: " + said.resolution;
  return said.resolution_reason.empty() ? text : text + ". " + shorten(said.resolution_reason, 300);
}

Json answer_block(const procedure::ReportAnswer& said) {
  const char* role = said.role == procedure::Role::leader ? "líder" : "enlace";
  const std::string who = said.person_name.empty() ? std::string(role) : said.person_name + ", " + role;
  std::string about = said.item_id.empty() ? "todo el reporte" : said.item_id;
  if (!said.period.empty()) about += ", " + period_name(said.period);
  return container({text(response_name(procedure::to_word(said.kind)) + " · " + said.id, {.bold = true}),
                    facts({{"Quién", who + ", " + long_instant(said.at)},
                           {"Sobre", about},
                           {"Qué dijo", shorten(said.text, shown_text_bytes)},
                           {"Evidencia", shorten(said.evidence, 200)},
                           {"Decisión", decision_text(said)}})});
}

void add_answers(Blocks& body, const ReportModel& report) {
  body.push_back(section("Lo que dijo el proceso y cómo se resolvió"));
  if (report.answers.empty()) body.push_back(text("El proceso no presentó justificaciones ni solicitudes."));
  const std::size_t shown = std::min(report.answers.size(), most_rows);
  for (std::size_t i = 0; i < shown; ++i) body.push_back(separated(answer_block(report.answers[i])));
  if (report.answers.size() > shown) {
    body.push_back(text(more_line(static_cast<int>(report.answers.size() - shown)) + ".", {.subtle = true}));
  }
}

void add_changes(Blocks& body, const ReportModel& report) {
  body.push_back(section("Diferencias con el reporte preventivo"));
  if (report.changes.empty()) body.push_back(text("El reporte final dice lo mismo que el preventivo."));
  const std::size_t shown = std::min(report.changes.size(), most_rows);
  for (std::size_t i = 0; i < shown; ++i) {
    const procedure::LineChange& change = report.changes[i];
    body.push_back(separated(container(
        {text(change.item_id + ", " + period_name(change.period), {.bold = true}),
         text(with_long_dates(change.field + ": " + change.before + " → " + change.after), {.tight = true}),
         text("Por qué: " + shorten(with_long_dates(change.reason), 300), subtle_small)})));
  }
  if (report.changes.size() > shown) {
    body.push_back(text(more_line(static_cast<int>(report.changes.size() - shown)) + ".", {.subtle = true}));
  }
}

void add_problems(Blocks& body, const std::vector<std::string>& problems) {
  if (problems.empty()) return;
  Blocks items = {text("Antes de enviar, corrija esto:", {.bold = true})};
  const std::size_t shown = std::min(problems.size(), most_rows);
  for (std::size_t i = 0; i < shown; ++i) items.push_back(text(shorten(problems[i], 300), {.tight = true}));
  body.push_back(container(std::move(items), Box::warning));
}

const std::vector<std::pair<std::string, std::string>> line_states = {
    {"cumplida", "Registrado a tiempo"},
    {"cumplida_extemporanea", "Registrado fuera de plazo"},
    {"no_exigible", "No exigible"},
    {"vencida", "Sin registro"}};

}  // namespace

std::string report_state_name(ReportState state) {
  switch (state) {
    case ReportState::draft:
      return "En borrador";
    case ReportState::sent:
    case ReportState::in_validation:
      return "En validación";
    case ReportState::in_adjustment:
      return "En ajustes";
    case ReportState::final_version:
      return "Final";
    case ReportState::published:
      return "Publicado";
  }
  return "";
}

Card report_card(const ReportCardView& view) {
  const ReportModel& report = view.report;
  Blocks body = {heading("Reporte preventivo: " + period_of(report)), deadline_block(view),
                 facts({{"Estado", report_state_name(report.state)},
                        {"Corte de los datos", long_instant(report.cut_off_at)},
                        {"Asesor", report.advisor_name}})};
  if (!report.introduction.empty()) body.push_back(text(shorten(report.introduction, 1500)));
  if (view.liaison_accepted && view.window_open) {
    body.push_back(text(view.is_leader
                            ? "El enlace ya aceptó este reporte. Falta su respuesta: la suya prevalece."
                            : "Un enlace ya aceptó. Se espera la respuesta del líder o el fin del plazo."));
  }
  add_figures(body, report);
  if (view.unanswered_recommendations > 0) {
    body.push_back(text(count_of(view.unanswered_recommendations, "recomendación espera respuesta.",
                                 "recomendaciones esperan respuesta.") +
                            " Aceptar el reporte no las responde.",
                        {.bold = true}));
  }
  std::string words;
  for (const auto& one : report.recommendations) words += recommendation_words(one) + "\n";
  for (const auto& one : report.practices) words += practice_name(one.practice) + "\n";
  if (view.window_open) words += "SS-4";
  add_acronyms(body, words);
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
  add_figures(body, report);
  add_answers(body, report);
  add_changes(body, report);
  if (!report.errata.empty()) body.push_back(section("Fe de erratas"));
  for (const std::string& erratum : report.errata) body.push_back(text(shorten(erratum, 1000)));
  add_acronyms(body, "SS-4 OCI");
  body.push_back(text("Este reporte acompaña al proceso. No reemplaza la evaluación de la OCI.",
                      {.subtle = true, .small = true}));
  std::vector<Button> buttons;
  if (!report.recommendations.empty()) {
    buttons.push_back({"Recomendaciones", verb::report_recommendations, {{"reporte", report.id}}});
  }
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
                   {{"reporte", view.report_id}, {"version", number(view.version)}},
                   Button::Kind::primary},
                  {"Volver al reporte",
                   verb::report_view,
                   {{"reporte", view.report_id}},
                   Button::Kind::normal,
                   false}}});
}

Card recommendations_card(const std::string& title, const std::vector<RecommendationView>& all) {
  Blocks body = {heading("Recomendaciones"), text(title, {.subtle = true})};
  std::string words;
  const std::size_t shown = std::min(all.size(), most_rows);
  for (std::size_t i = 0; i < shown; ++i) {
    const RecommendationView& view = all[i];
    Blocks items = recommendation_blocks(view.recommendation);
    words += recommendation_words(view.recommendation) + "\n" + practice_name(view.recommendation.practice);
    if (view.can_answer) {
      if (view.answer_by) {
        items.push_back(text(due_phrase(*view.answer_by, view.business_days_left), {.small = true}));
      }
      items.push_back(
          button_row({{"Responder", verb::recommendation_form, {{"recomendacion", view.recommendation.id}}},
                      {"Pedir asesoría",
                       verb::advisor_form,
                       {{"pregunta", "Sobre la recomendación " + view.recommendation.id + ": "},
                        {"respuesta_id", ""},
                        {"practica", view.recommendation.practice}}}}));
    }
    body.push_back(separated(container(std::move(items))));
  }
  if (all.empty()) body.push_back(text("Este reporte no tiene recomendaciones."));
  if (all.size() > shown) {
    body.push_back(text(more_line(static_cast<int>(all.size() - shown)) + ".", {.subtle = true}));
  }
  add_acronyms(body, words);
  return finish({"Recomendaciones: " + title, std::move(body), {{"Mis reportes", verb::report_list, {}}}});
}

Card recommendation_form_card(const RecommendationView& view) {
  const auto& one = view.recommendation;
  Blocks body = {heading("Responder la recomendación")};
  if (!view.problem.empty()) body.push_back(container({text(view.problem)}, Box::warning));
  for (Json& block : recommendation_blocks(one)) body.push_back(std::move(block));
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

Card report_edit_card(const ReportEditView& view) {
  const ReportModel& report = view.report;
  const bool draft = report.state == ReportState::draft;
  Blocks body = {heading((draft ? "Preparar el reporte: " : "Corregir y reenviar: ") + period_of(report)),
                 text("Corte de los datos: " + long_instant(report.cut_off_at), {.subtle = true})};
  if (!draft) {
    body.push_back(
        text("Al reenviar empieza un plazo nuevo de diez días hábiles. El anterior queda "
             "sustituido."));
  }
  add_problems(body, view.problems);
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
  return finish({"Preparar el reporte: " + period_of(report),
                 std::move(body),
                 {{"Guardar el texto", verb::report_save, {{"reporte", report.id}}},
                  {"Agregar recomendación",
                   verb::recommendation_edit,
                   {{"reporte", report.id}, {"recomendacion", ""}},
                   Button::Kind::normal,
                   false},
                  {draft ? "Enviar al proceso" : "Reenviar al proceso", verb::report_send, of_report(report),
                   Button::Kind::primary}}});
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

Card report_resolve_card(const ResolveView& view) {
  const ReportModel& report = view.report;
  Blocks body = {heading("Respuestas del proceso: " + period_of(report)),
                 facts({{"Estado", report_state_name(report.state)},
                        {"Plazo", report.deadline_on ? long_date(*report.deadline_on) : ""}})};
  if (!view.problem.empty()) body.push_back(container({text(view.problem)}, Box::warning));
  std::vector<std::pair<std::string, std::string>> pending;  // justifications
  for (const auto& said : report.answers) {
    if (said.kind == procedure::ResponseKind::justified && said.resolution.empty()) {
      pending.emplace_back(said.id, said.id + ", " + shorten(said.text, 80));
    }
  }
  add_answers(body, report);
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
  } else if (!view.approved_requests.empty() && report.state == ReportState::in_adjustment) {
    std::vector<std::pair<std::string, std::string>> requests;
    for (const std::string& id : view.approved_requests) requests.emplace_back(id, id);
    body.push_back(section("Ajustar una línea por una SS-4 aprobada"));
    body.push_back(choice_input({"ss", "SS-4", requests.size() == 1 ? requests[0].first : ""}, requests));
    body.push_back(choice_input({"linea", "Línea", ""}, view.lines));
    body.push_back(choice_input({"estado", "Queda como", ""}, line_states));
    body.push_back(paragraph_input({"motivo", "Qué decía el reporte y qué muestra la evidencia", ""}, 1000));
    buttons.push_back(
        {"Ajustar la línea", verb::report_adjust, {{"reporte", report.id}}, Button::Kind::primary});
  }
  if (report.state == ReportState::in_adjustment) {
    buttons.push_back(
        {"Pasar a final", verb::report_settle, {{"reporte", report.id}}, Button::Kind::normal, false});
  }
  add_changes(body, report);
  add_acronyms(body, "SS-4");
  return finish({"Respuestas del proceso: " + period_of(report), std::move(body), std::move(buttons)});
}

Card report_notice_card(const std::string& title, const std::string& sentence, const std::string& report_id) {
  return finish({title + ". " + sentence,
                 {heading(title), text(sentence)},
                 {{"Ver el reporte", verb::report_view, {{"reporte", report_id}}},
                  {"Recomendaciones", verb::report_recommendations, {{"reporte", report_id}}}}});
}

}  // namespace pao::cards
