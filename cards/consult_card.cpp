#include "cards/consult_card.hpp"

#include "cards/card_builder.hpp"
#include "cards/field_input.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

namespace pao::cards {
namespace {

using namespace build;

constexpr std::size_t shown_bytes = 3000;

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

// What was done with it before, newest last; the question itself stands elsewhere.
void add_history(Blocks& body, const ConsultView& view) {
  constexpr std::size_t steps_shown = 6;
  if (view.history.size() < 2) return;
  body.push_back(section("Lo que se ha hecho"));
  const std::size_t first = view.history.size() > steps_shown ? view.history.size() - steps_shown : 0;
  for (std::size_t i = first; i < view.history.size(); ++i)
    body.push_back(text(step_phrase(view.history[i]), subtle_small));
}

// What can be done besides answering: the same field holds the words.
void add_moves(std::vector<Button>& buttons, const ConsultView& view) {
  const Data data = {{"consulta", view.id}};
  if (view.state == procedure::ConsultState::assigned)
    buttons.push_back({"Pedir más datos", verb::consult_ask_back, data});
  buttons.push_back({"Remitir a otro canal", verb::consult_refer, data});
  // From level 2 on the matter may need several people at a table.
  if (view.level >= procedure::thematic_advisor_level)
    buttons.push_back({"Convocar una mesa", verb::session_form, data, Button::Kind::normal, false});
}

void add_reassignment(Blocks& body, const ConsultView& view) {
  if (view.may_go_to.empty()) return;
  body.push_back(section("Asignar a otra persona"));
  // Not required: the same card answers.
  body.push_back(choice_input({"asesor", "Quién la responde", "", false}, view.may_go_to));
  body.push_back(button_row({{"Reasignar", verb::consult_reassign, {{"consulta", view.id}}}}));
}

}  // namespace

std::string attention_level_name(int level) {
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

std::string step_phrase(const ConsultStepView& step) {
  const std::string words = without_final_period(step.words);
  const std::string what =
      step.kind == "preguntada"              ? step.actor_name + " preguntó; la recibió " + step.holder_name
      : step.kind == "reasignada"            ? step.actor_name + " la asignó a " + step.holder_name
      : step.kind == "escalada_por_silencio" ? "Sin respuesta en el plazo; pasó a " + step.holder_name
      : step.kind == "informacion_pedida"    ? step.actor_name + " pidió más datos: " + words
      : step.kind == "informacion_recibida"  ? step.actor_name + " envió los datos: " + words
      : step.kind == "respondida"            ? step.actor_name + " respondió: " + words
      : step.kind == "remitida"              ? step.actor_name + " la remitió a otro canal: " + words
      : step.kind == "sirvio"                ? step.actor_name + " dijo que le sirvió"
      : step.kind == "sin_informacion"       ? "Se cerró porque no llegaron los datos pedidos"
      : words.empty()
          ? step.actor_name + " dijo que no le sirvió; pasó a " + step.holder_name
          : step.actor_name + " dijo que no le sirvió (" + words + "); pasó a " + step.holder_name;
  return long_date(local_date(step.at)) + ": " + shorten(what, 400) + ".";
}

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
  Data data = {{"respuesta_id", view.answer_id}, {"practica", view.practice}};
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
                {"Atención", attention_level_name(view.level)},
                {"Respuesta", "a más tardar el " + weekday_date(view.due_on)},
                {"Proceso", view.process_name},
                {"Práctica", view.practice_name}};
  return finish(
      {"Su pregunta va en camino. Respuesta a más tardar el " + long_date(view.due_on),
       {heading("Su pregunta va en camino"), facts(rows), quotation("Usted preguntó", view.question)},
       {{"Mis preguntas", verb::my_questions, {}}}});
}

Card consult_assigned_card(const ConsultView& view) {
  Facts rows = context(view);
  rows.emplace_back("Atención", attention_level_name(view.level));
  rows.emplace_back("Plazo", "a más tardar el " + weekday_date(view.due_on));
  Blocks body = {heading("Tiene una consulta por responder"), facts(rows),
                 quotation("La pregunta", view.question)};
  if (!view.answer_shown.empty()) body.push_back(quotation("Lo que respondió PAO Teams", view.answer_shown));
  add_history(body, view);
  FieldSpec spec = field_spec("respuesta");
  spec.hint = "Le llegará a quien preguntó, con su nombre.";
  add_field_input(body, spec, view.reply, view.may_go_to.empty(), as_problems("respuesta", view.problem));
  add_reassignment(body, view);
  std::vector<Button> buttons = {
      {"Enviar respuesta", verb::consult_reply, {{"consulta", view.id}}, Button::Kind::primary}};
  add_moves(buttons, view);
  return finish(
      {"Consulta de " + view.asked_by_name + ", " + view.process_name, std::move(body), std::move(buttons)});
}

Card consult_answered_card(const ConsultView& view) {
  Facts rows = context(view);
  rows.emplace_back("Respondió", view.replied_by_name);
  return finish({"Respuesta enviada a " + view.asked_by_name,
                 {heading("Respuesta enviada"), facts(rows), quotation("La pregunta", view.question),
                  quotation("La respuesta", view.reply)},
                 {{"Proponer para todos", verb::entry_form, {{"consulta", view.id}}},
                  {"Mis consultas", verb::consult_queue, {{"pagina", "0"}, {"de", ""}}}}});
}

Card consult_reply_card(const ConsultView& view) {
  const std::string who = view.replied_by_name.empty() ? view.advisor_name : view.replied_by_name;
  Blocks body = {heading(who + " respondió su pregunta"), text(shorten(view.reply, shown_bytes)),
                 quotation("Usted preguntó", view.question),
                 facts({{"Consulta", view.id}, {"Práctica", view.practice_name}})};
  FieldSpec spec = field_spec("motivo");
  spec.kind = FieldKind::paragraph;
  spec.label = "Si no le sirvió, ¿qué faltó?";
  add_field_input(body, spec, "", false, {});
  return finish({who + " respondió su pregunta",
                 std::move(body),
                 {{"Me sirvió", verb::consult_helped, {{"consulta", view.id}}, Button::Kind::primary},
                  {"No me sirvió", verb::consult_not_helped, {{"consulta", view.id}}}}});
}

}  // namespace pao::cards
