#include "cards/consult_desk_card.hpp"

#include "cards/card_builder.hpp"
#include "cards/field_input.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

namespace pao::cards {
namespace {

using namespace build;
using procedure::ConsultState;

constexpr std::size_t shown_bytes = 2500;
constexpr std::size_t line_bytes = 160;

Json quoted(const std::string& title, const std::string& words) {
  return container({text(title, {.subtle = true, .small = true}), text(shorten(words, shown_bytes))},
                   Box::emphasis);
}

Button open_button(const std::string& id) {
  return {"Abrir", verb::consult_view, {{"consulta", id}}};
}

Button queue_button(const char* title, int page, const char* whose) {
  return {title, verb::consult_queue, {{"pagina", std::to_string(page)}, {"de", whose}}};
}

std::string due_words(const ConsultLine& line) {
  if (line.state == ConsultState::waiting) return "Espera datos de quien preguntó";
  if (!procedure::is_open(line.state)) return consult_state_name(line.state);
  return due_phrase(line.due_on, line.business_days_left);
}

Tone tone_of(const ConsultLine& line) {
  if (line.state != ConsultState::assigned) return Tone::normal;
  return line.business_days_left < 0    ? Tone::attention
         : line.business_days_left == 0 ? Tone::warning
                                        : Tone::normal;
}

Json row(const ConsultLine& line, const std::string& who) {
  return separated(side_by_side(
      {text(shorten(line.question, line_bytes), {.bold = true}),
       text(line.id + " · " + long_date(line.asked_on) + (who.empty() ? "" : " · " + who), subtle_small),
       text(due_words(line), {.small = true, .tight = true, .tone = tone_of(line)})},
      {button_row({open_button(line.id)})}));
}

// Who has it and until when.
std::string now_with(const ConsultView& view) {
  return "Su consulta " + view.id + " la tiene ahora " + view.advisor_name +
         " y la responde a más tardar el " + weekday_date(view.due_on) + ".";
}

void add_history(Blocks& body, const ConsultView& view) {
  constexpr std::size_t steps_shown = 8;
  if (view.history.empty()) return;
  body.push_back(section("Lo que se ha hecho"));
  const std::size_t first = view.history.size() > steps_shown ? view.history.size() - steps_shown : 0;
  for (std::size_t i = first; i < view.history.size(); ++i)
    body.push_back(text(step_phrase(view.history[i]), subtle_small));
}

Facts state_facts(const ConsultView& view) {
  const bool open = view.state == ConsultState::assigned;
  return {{"Consulta", view.id},
          {"Estado", consult_state_name(view.state)},
          {"La tiene", procedure::is_open(view.state) ? view.advisor_name : ""},
          {"Atención", attention_level_name(view.level)},
          {"Plazo", open ? due_phrase(view.due_on, view.business_days_left) : ""},
          {"Preguntó", view.asked_by_name},
          {"Proceso", view.process_name},
          {"Práctica", view.practice_name}};
}

void add_words_field(Blocks& body, const char* label) {
  FieldSpec spec = field_spec("respuesta");
  spec.label = label;
  add_field_input(body, spec, "", true, {});
}

void add_reason_field(Blocks& body) {
  FieldSpec spec = field_spec("motivo");
  spec.kind = FieldKind::paragraph;
  spec.label = "Si no le sirvió, ¿qué faltó?";
  add_field_input(body, spec, "", false, {});
}

std::vector<Button> opinion_buttons(const ConsultView& view) {
  return {{"Me sirvió", verb::consult_helped, {{"consulta", view.id}}, Button::Kind::primary},
          {"No me sirvió", verb::consult_not_helped, {{"consulta", view.id}}}};
}

bool owes_words(ConsultState state) {
  return state == ConsultState::waiting || state == ConsultState::unanswered;
}

}  // namespace

std::string consult_state_name(ConsultState state) {
  switch (state) {
    case ConsultState::assigned:
      return "Espera respuesta";
    case ConsultState::waiting:
      return "Espera datos de quien preguntó";
    case ConsultState::answered:
      return "Respondida";
    case ConsultState::referred:
      return "Remitida a otro canal";
    case ConsultState::closed:
      return "Cerrada: la respuesta sirvió";
    case ConsultState::unanswered:
      return "Cerrada: no llegaron los datos pedidos";
  }
  return "";
}

Card consult_queue_card(const ConsultQueueView& view) {
  const std::string title = view.of_everybody ? "Consultas abiertas de todos los procesos" : "Mis consultas";
  const std::string count = view.total == 0   ? "No hay consultas por responder."
                            : view.total == 1 ? "Hay 1 consulta por responder."
                                              : "Hay " + std::to_string(view.total) +
                                                    " consultas por responder. Las más antiguas van primero.";
  Blocks body = {heading(title), text(count)};
  for (const ConsultLine& line : view.lines) {
    const std::string who = view.of_everybody ? "La tiene " + line.holder_name : line.asked_by_name;
    body.push_back(row(line, line.process_name.empty() ? who : who + " · " + line.process_name));
  }
  const char* whose = view.of_everybody ? "todas" : "";
  std::vector<Button> buttons;
  const int after = view.total - (view.page * consult_page_size + static_cast<int>(view.lines.size()));
  if (view.page > 0) buttons.push_back(queue_button("Anteriores", view.page - 1, whose));
  if (after > 0) buttons.push_back(queue_button("Siguientes", view.page + 1, whose));
  if (view.may_see_all) buttons.push_back(queue_button("Ver las de todos", 0, "todas"));
  if (view.of_everybody) buttons.push_back(queue_button("Ver solo las mías", 0, ""));
  return finish({title + ". " + count, std::move(body), std::move(buttons)});
}

Card my_questions_card(const std::vector<ConsultLine>& lines) {
  Blocks body = {heading("Mis preguntas")};
  body.push_back(text(lines.empty()
                          ? "No ha pasado preguntas a un asesor. Pregúnteme aquí; si no lo dicen los "
                            "lineamientos, se la paso a su asesor."
                          : "Estas son las que pasaron a una persona, de la más reciente a la más antigua."));
  for (const ConsultLine& line : lines)
    body.push_back(row(line, procedure::is_open(line.state) ? "La tiene " + line.holder_name : ""));
  return finish({"Mis preguntas",
                 std::move(body),
                 {{"Hacer otra pregunta",
                   verb::advisor_form,
                   {{"pregunta", ""}, {"respuesta_id", ""}, {"practica", ""}}}}});
}

Card consult_state_card(const ConsultView& view, bool to_asker) {
  const std::string title = "Consulta " + view.id + ": " + consult_state_name(view.state);
  Blocks body = {heading(title), facts(state_facts(view)),
                 quoted(to_asker ? "Usted preguntó" : "La pregunta", view.question)};
  if (!view.reply.empty() && !procedure::is_open(view.state))
    body.push_back(quoted("La respuesta", view.reply));
  add_history(body, view);
  std::vector<Button> buttons;
  if (to_asker && owes_words(view.state)) {
    add_words_field(body, "Los datos que le pidieron");
    buttons.push_back(
        {"Enviar los datos", verb::consult_inform, {{"consulta", view.id}}, Button::Kind::primary});
  }
  if (to_asker && (view.state == ConsultState::answered || view.state == ConsultState::referred)) {
    add_reason_field(body);
    buttons = opinion_buttons(view);
  }
  if (buttons.empty())
    buttons.push_back(to_asker ? Button{"Mis preguntas", verb::my_questions, {}}
                               : queue_button("Mis consultas", 0, ""));
  return finish({title, std::move(body), std::move(buttons)});
}

Card consult_moved_card(const ConsultView& view, bool to_asker) {
  const std::string sentence = to_asker ? now_with(view)
                                        : "La consulta " + view.id + " de " + view.asked_by_name +
                                              " pasó a " + view.advisor_name + ". Ya no espera su respuesta.";
  return finish({sentence,
                 {heading(to_asker ? "Quién tiene su consulta" : "Una consulta cambió de manos"),
                  text(sentence), facts({{"Atención", attention_level_name(view.level)}}),
                  quoted(to_asker ? "Usted preguntó" : "La pregunta", view.question)},
                 {{"Ver la consulta", verb::consult_view, {{"consulta", view.id}}}}});
}

Card consult_asked_back_card(const ConsultView& view, const std::string& words) {
  const std::string title = view.replied_by_name + " necesita un dato más";
  Blocks body = {heading(title), text(shorten(words, shown_bytes)), quoted("Usted preguntó", view.question)};
  add_words_field(body, "Su respuesta");
  body.push_back(text("El plazo de la respuesta se detiene mientras llegan los datos. Si no llegan en " +
                          std::to_string(procedure::information_business_days) +
                          " días hábiles, la consulta se cierra y puede retomarla.",
                      subtle_small));
  return finish(
      {title,
       std::move(body),
       {{"Enviar los datos", verb::consult_inform, {{"consulta", view.id}}, Button::Kind::primary}}});
}

Card consult_referred_card(const ConsultView& view, const std::string& words) {
  const std::string title = view.replied_by_name + " le indica otro canal";
  Blocks body = {heading(title), text(shorten(words, shown_bytes)), quoted("Usted preguntó", view.question),
                 facts({{"Consulta", view.id}})};
  add_reason_field(body);
  return finish({title, std::move(body), opinion_buttons(view)});
}

Card consult_waiting_card(const ConsultView& view, const std::string& words) {
  const std::string title = "Le pedimos los datos a " + view.asked_by_name;
  return finish({title,
                 {heading(title), text("El plazo se detiene hasta que lleguen. Le avisaremos aquí."),
                  quoted("Lo que usted pidió", words), quoted("La pregunta", view.question)},
                 {queue_button("Mis consultas", 0, "")}});
}

Card consult_acted_card(const ConsultView& view, const std::string& words) {
  const std::string title = "Consulta " + view.id + ": " + consult_state_name(view.state);
  return finish(
      {title,
       {heading(title), facts({{"Preguntó", view.asked_by_name}, {"Lo hizo", view.replied_by_name}}),
        quoted("La pregunta", view.question), quoted("Lo que se le dijo", words)},
       {queue_button("Mis consultas", 0, "")}});
}

}  // namespace pao::cards
