#include "cards/consult_card.hpp"

#include "cards/card_builder.hpp"
#include "cards/field_input.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

namespace pao::cards {
namespace {

using namespace build;

constexpr std::size_t carried_answer_bytes = 1200;
constexpr std::size_t shown_bytes = 3000;

std::string level_name(int level) {
  switch (level) {
    case 1:
      return "Nivel 1, asesor GESFO asignado";
    case 2:
      return "Nivel 2, asesor temático de la práctica";
    case 3:
      return "Nivel 3, coordinación del GESFO o jefe de la OAP";
    default:
      return "Nivel " + std::to_string(level);
  }
}

// Somebody's own words, set apart from ours.
Json quotation(const std::string& title, const std::string& words) {
  return container({text(title, {.subtle = true, .small = true}), text(shorten(words, shown_bytes))},
                   Box::emphasis);
}

std::vector<FormProblem> as_problems(const char* field, const std::string& sentence) {
  return sentence.empty() ? std::vector<FormProblem>{} : std::vector<FormProblem>{{field, sentence}};
}

Facts context(const ConsultView& view) {
  return {{"Consulta", view.id},
          {"Preguntó", view.asked_by_name},
          {"Proceso", view.process_name},
          {"Práctica", view.practice_name}};
}

}  // namespace

Card advisor_form_card(const AdvisorFormView& view) {
  const std::string who =
      view.advisor_name.empty() ? "la persona que asesora a su proceso" : view.advisor_name;
  Blocks body = {heading("Hablar con su asesor"),
                 text("Le paso su pregunta a " + who +
                      ", de la Oficina Asesora de Planeación. La respuesta le "
                      "llegará aquí.")};
  if (!view.answer_shown.empty())
    body.push_back(text("Va con lo que le respondí: " + shorten(view.answer_shown, 300),
                        {.subtle = true, .small = true}));
  const std::vector<FormProblem> problems = as_problems("pregunta", view.problem);
  Data data = {{"respuesta", shorten(view.answer_shown, carried_answer_bytes)}, {"practica", view.practice}};
  if (view.processes.size() > 1) {
    FieldSpec spec = field_spec("proceso");
    for (const auto& [id, name] : view.processes) spec.choices.push_back({id, name});
    add_field_input(body, spec, "", true, {});
  } else {
    data.emplace_back("proceso", view.processes.empty() ? "" : view.processes.front().first);
  }
  add_field_input(body, field_spec("pregunta"), view.question, true, problems);
  body.push_back(
      text("No incluya información reservada ni datos personales de otras personas.", subtle_small));
  return finish({"Hablar con su asesor",
                 std::move(body),
                 {{"Enviar pregunta", verb::advisor_send, std::move(data), Button::Kind::primary}}});
}

Card consult_sent_card(const ConsultView& view) {
  Facts rows = {{"Consulta", view.id},
                {"La tiene", view.advisor_name},
                {"Atención", level_name(view.level)},
                {"Respuesta", "a más tardar el " + weekday_date(view.due_on)},
                {"Proceso", view.process_name},
                {"Práctica", view.practice_name}};
  return finish(
      {"Su pregunta va en camino. Respuesta a más tardar el " + long_date(view.due_on),
       {heading("Su pregunta va en camino"), facts(rows), quotation("Usted preguntó", view.question)}});
}

Card consult_assigned_card(const ConsultView& view) {
  Facts rows = context(view);
  rows.emplace_back("Atención", level_name(view.level));
  rows.emplace_back("Plazo", "a más tardar el " + weekday_date(view.due_on));
  Blocks body = {heading("Tiene una consulta por responder"), facts(rows),
                 quotation("La pregunta", view.question)};
  if (!view.answer_shown.empty()) body.push_back(quotation("Lo que respondió PAO Teams", view.answer_shown));
  FieldSpec spec = field_spec("respuesta");
  spec.hint = "Le llegará a quien preguntó, con su nombre.";
  add_field_input(body, spec, view.reply, true, as_problems("respuesta", view.problem));
  return finish(
      {"Consulta de " + view.asked_by_name + ", " + view.process_name,
       std::move(body),
       {{"Enviar respuesta", verb::consult_reply, {{"consulta", view.id}}, Button::Kind::primary}}});
}

Card consult_answered_card(const ConsultView& view) {
  Facts rows = context(view);
  rows.emplace_back("Respondió", view.replied_by_name);
  return finish({"Respuesta enviada a " + view.asked_by_name,
                 {heading("Respuesta enviada"), facts(rows), quotation("La pregunta", view.question),
                  quotation("La respuesta", view.reply)}});
}

Card consult_reply_card(const ConsultView& view) {
  const std::string who = view.replied_by_name.empty() ? view.advisor_name : view.replied_by_name;
  return finish({who + " respondió su pregunta",
                 {heading(who + " respondió su pregunta"), text(shorten(view.reply, shown_bytes)),
                  quotation("Usted preguntó", view.question),
                  facts({{"Consulta", view.id}, {"Práctica", view.practice_name}})},
                 {{"Hacer otra pregunta",
                   verb::advisor_form,
                   {{"pregunta", ""}, {"respuesta", ""}, {"practica", ""}}}}});
}

}  // namespace pao::cards
