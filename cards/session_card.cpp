#include "cards/session_card.hpp"

#include "cards/commitment_block.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

namespace pao::cards {
namespace {

using namespace build;
using procedure::SessionState;

constexpr std::size_t shown_bytes = 2500;
constexpr std::size_t people_shown = 20;
constexpr std::size_t mail_bytes = 8000;

std::string hour_name(int half_hours) {
  const int hour = half_hours / 2;
  const int shown = hour % 12 == 0 ? 12 : hour % 12;
  return std::to_string(shown) + (half_hours % 2 ? ":30" : ":00") + (hour < 12 ? " a. m." : " p. m.");
}

Choices hours() {
  Choices choices;
  for (int half = 14; half <= 37; ++half) {
    const std::string hour = std::to_string(half / 2);
    choices.emplace_back((hour.size() == 1 ? "0" : "") + hour + (half % 2 ? ":30" : ":00"), hour_name(half));
  }
  return choices;
}

const Choices& lengths() {
  static const Choices choices{{"30", "30 minutos"}, {"60", "1 hora"},   {"90", "1 hora y media"},
                               {"120", "2 horas"},   {"180", "3 horas"}, {"240", "4 horas"}};
  return choices;
}

// "9:00 a. m."
std::string time_of_day(Instant at) {
  const std::string whole = long_instant(at);
  return whole.substr(whole.find(", ") + 2);
}

void add_time_inputs(Blocks& body, const SessionFormView& view) {
  body.push_back(date_input({"fecha", "Día", view.day}));
  body.push_back(choice_input({"hora", "Hora", view.hour}, hours()));
  body.push_back(
      choice_input({"duracion", "Cuánto dura", view.minutes.empty() ? "60" : view.minutes}, lengths()));
  body.push_back(line_input({"lugar", "Sala, o enlace de la reunión", view.place},
                            static_cast<int>(procedure::longest_session_place)));
}

void add_problem(Blocks& body, const std::string& problem) {
  if (!problem.empty())
    body.push_back(container({text(problem, {.bold = true, .tone = Tone::attention})}, Box::attention));
}

std::string people_line(const std::vector<SessionPersonView>& people) {
  std::vector<std::string> names;
  for (const SessionPersonView& person : people) {
    if (names.size() == people_shown) break;
    names.push_back(person.name);
  }
  if (people.size() > names.size()) names.push_back(std::to_string(people.size() - names.size()) + " más");
  return enumerate(names);
}

std::vector<SessionPersonView> those_who(const std::vector<SessionPersonView>& people, bool attended) {
  std::vector<SessionPersonView> some;
  for (const SessionPersonView& person : people) {
    if (person.attended && *person.attended == attended) some.push_back(person);
  }
  return some;
}

Facts facts_of(const SessionView& view) {
  const bool held = view.state == SessionState::held;
  return {{"Mesa", view.id},
          {"Estado", session_state_name(view.state)},
          {"Cuándo", session_time(view.starts_at, view.minutes)},
          {"Dónde", view.place},
          {"Proceso", view.process_name},
          {"Práctica", view.practice_name},
          {"Convoca", view.convened_by_name},
          {"Consulta", view.consult_id},
          {"Invitados", held ? "" : people_line(view.people)},
          {"Asistieron", held ? people_line(those_who(view.people, true)) : ""},
          {"No asistieron", held ? people_line(those_who(view.people, false)) : ""}};
}

Json quoted(const char* title, const std::string& words) {
  return container({text(title, {.subtle = true, .small = true}), text(shorten(words, shown_bytes))},
                   Box::emphasis);
}

void add_commitments(Blocks& body, const SessionView& view) {
  if (view.commitments.empty()) return;
  body.push_back(section("Compromisos"));
  for (const SessionCommitmentView& each : view.commitments) {
    body.push_back(text(each.what, {.bold = true, .tight = true}));
    std::string about = each.item_id + " · " + each.owner_name + " · para el " + long_date(each.due_on);
    if (each.fulfilled_on) about += " · cumplido el " + long_date(*each.fulfilled_on);
    body.push_back(text(about, subtle_small));
    if (each.may_fulfil) body.push_back(button_row({fulfil_button(each.item_id)}));
  }
}

void add_content(Blocks& body, const SessionView& view) {
  if (!view.agenda.empty()) body.push_back(quoted("Agenda", view.agenda));
  if (!view.record.empty()) body.push_back(quoted("Acta", view.record));
  add_commitments(body, view);
}

// Whom nobody told: their names were typed, and the directory does not have them.
std::string strangers_sentence(const SessionView& view) {
  std::vector<std::string> names;
  for (const SessionPersonView& person : view.people) {
    if (!person.known) names.push_back(person.name);
  }
  if (names.empty()) return "";
  return "No están en el directorio y no reciben la invitación: " + enumerate(names) + ".";
}

Button view_button(const SessionView& view) {
  return {"Ver la mesa", verb::session_view, {{"mesa", view.id}}};
}

std::string news_title(const SessionView& view, SessionNews news) {
  switch (news) {
    case SessionNews::convened:
      return view.convened_by_name + " lo invita a una mesa de trabajo";
    case SessionNews::moved:
      return "La mesa de trabajo cambió de fecha o lugar";
    case SessionNews::cancelled:
      return "La mesa de trabajo quedó cancelada";
    case SessionNews::recorded:
      return "Acta de la mesa de trabajo";
  }
  return "";
}

std::string news_sentence(const SessionView& view, SessionNews news) {
  switch (news) {
    case SessionNews::convened:
      return "Le llega también al correo, para que la guarde en su calendario.";
    case SessionNews::moved:
      return "Ahora es el " + session_time(view.starts_at, view.minutes) + "." +
             (view.reason.empty() ? "" : " Motivo: " + view.reason);
    case SessionNews::cancelled:
      return "Ya no es el " + session_time(view.starts_at, view.minutes) + "." +
             (view.reason.empty() ? "" : " Motivo: " + view.reason);
    case SessionNews::recorded:
      return view.commitments.empty() ? "No quedaron compromisos."
                                      : "Cada compromiso queda en seguimiento hasta que se cumpla.";
  }
  return "";
}

}  // namespace

std::string session_state_name(SessionState state) {
  switch (state) {
    case SessionState::convened:
      return "Convocada";
    case SessionState::held:
      return "Realizada";
    case SessionState::cancelled:
      return "Cancelada";
  }
  return "";
}

std::string session_time(Instant starts_at, int minutes) {
  return weekday_date(local_date(starts_at)) + ", " + time_of_day(starts_at) + " a " +
         time_of_day(starts_at + std::chrono::minutes{minutes});
}

std::string session_problem_sentence(procedure::SessionProblem problem) {
  using procedure::SessionProblem;
  switch (problem) {
    case SessionProblem::none:
      return "";
    case SessionProblem::no_subject:
      return "Escriba el asunto.";
    case SessionProblem::long_subject:
      return "El asunto es muy largo. Use máximo 200 caracteres.";
    case SessionProblem::no_agenda:
      return "Escriba la agenda: los temas que se van a tratar.";
    case SessionProblem::long_agenda:
      return "La agenda es muy larga. Use máximo 2.000 caracteres.";
    case SessionProblem::no_place:
      return "Escriba la sala o el enlace de la reunión.";
    case SessionProblem::long_place:
      return "El lugar es muy largo. Use máximo 300 caracteres.";
    case SessionProblem::no_time:
      return "Elija el día y la hora.";
    case SessionProblem::in_the_past:
      return "Ese día y esa hora ya pasaron. Elija otros.";
    case SessionProblem::too_far:
      return "Elija un día dentro de los próximos doce meses.";
    case SessionProblem::no_business_day:
      return "Ese día no es hábil. Elija un día hábil.";
    case SessionProblem::outside_hours:
      return "Elija una hora entre las 7:00 a. m. y las 7:00 p. m., con el final incluido.";
    case SessionProblem::bad_length:
      return "Elija cuánto dura, de 15 minutos a 8 horas.";
  }
  return "";
}

std::string commitment_problem_sentence(procedure::CommitmentProblem problem, int number) {
  using procedure::CommitmentProblem;
  const std::string which = "Compromiso " + std::to_string(number) + ": ";
  switch (problem) {
    case CommitmentProblem::none:
      return "";
    case CommitmentProblem::no_words:
      return which + "escriba qué se va a hacer.";
    case CommitmentProblem::long_words:
      return which + "es muy largo. Use máximo 300 caracteres.";
    case CommitmentProblem::no_owner:
      return which + "elija quién responde.";
    case CommitmentProblem::no_date:
      return which + "elija para cuándo es.";
    case CommitmentProblem::too_early:
      return which + "la fecha no puede ser anterior a hoy ni a la mesa.";
  }
  return "";
}

Card session_form_card(const SessionFormView& view) {
  Blocks body = {heading("Convocar una mesa de trabajo"),
                 text("Cada invitado recibe un aviso aquí y la invitación en su correo.")};
  add_problem(body, view.problem);
  if (!view.consult_question.empty()) body.push_back(quoted("La consulta", view.consult_question));
  body.push_back(
      line_input({"asunto", "Asunto", view.subject}, static_cast<int>(procedure::longest_session_subject)));
  body.push_back(paragraph_input({"agenda", "Agenda", view.agenda},
                                 static_cast<int>(procedure::longest_session_agenda)));
  if (view.consult_id.empty()) {
    body.push_back(choice_input({"proceso", "Proceso", view.process_id}, view.processes));
    body.push_back(choice_input({"practica", "Práctica", view.practice, false}, view.practices));
  }
  add_time_inputs(body, view);
  body.push_back(paragraph_input({"invitados", "Invitados, uno por línea", view.people, false}, 4000));
  body.push_back(
      text("Escriba nombres o correos. Si lo deja vacío se invita al líder y a los enlaces del proceso, y a "
           "quien hizo la consulta.",
           subtle_small));
  return finish({"Convocar una mesa de trabajo",
                 std::move(body),
                 {{"Convocar", verb::session_convene, {{"consulta", view.consult_id}}, Button::Kind::primary},
                  {"Mesas de trabajo", verb::session_list, {}, Button::Kind::normal, false}}});
}

Card session_move_card(const SessionFormView& view) {
  const std::string title = "Cambiar la mesa " + view.id;
  Blocks body = {heading(title), text(view.subject, {.bold = true})};
  add_problem(body, view.problem);
  add_time_inputs(body, view);
  body.push_back(paragraph_input({"motivo", "Motivo", view.reason, false}, 500));
  return finish({title,
                 std::move(body),
                 {{"Guardar y avisar",
                   verb::session_move,
                   {{"mesa", view.id}, {"secuencia", std::to_string(view.sequence)}},
                   Button::Kind::primary},
                  {"Volver", verb::session_view, {{"mesa", view.id}}, Button::Kind::normal, false}}});
}

Card session_card(const SessionView& view) {
  const std::string title = "Mesa de trabajo: " + view.subject;
  Blocks body = {heading(title), facts(facts_of(view))};
  add_problem(body, view.problem);
  add_content(body, view);
  if (const std::string sentence = strangers_sentence(view); !sentence.empty() && view.may_hold)
    body.push_back(text(sentence, subtle_small));
  std::vector<Button> buttons;
  if (view.may_hold && view.state == SessionState::convened) {
    body.push_back(paragraph_input({"motivo", "Motivo, si la cancela", "", false}, 500));
    if (view.has_begun)
      buttons.push_back({"Registrar el acta",
                         verb::session_record_form,
                         {{"mesa", view.id}},
                         Button::Kind::primary,
                         false});
    buttons.push_back(
        {"Cambiar fecha o lugar", verb::session_move_form, {{"mesa", view.id}}, Button::Kind::normal, false});
    buttons.push_back({"Cancelar la mesa",
                       verb::session_cancel,
                       {{"mesa", view.id}, {"secuencia", std::to_string(view.sequence)}}});
  }
  buttons.push_back({"Mesas de trabajo", verb::session_list, {}, Button::Kind::normal, false});
  return finish({title, std::move(body), std::move(buttons)});
}

Card session_news_card(const SessionView& view, SessionNews news) {
  const std::string title = news_title(view, news);
  Blocks body = {heading(title), text(view.subject, {.bold = true}), text(news_sentence(view, news)),
                 facts(facts_of(view))};
  add_content(body, view);
  return finish({title + ": " + view.subject, std::move(body), {view_button(view)}});
}

Card session_record_card(const SessionRecordView& view) {
  const std::string title = "Acta de la mesa " + view.session.id;
  Blocks body = {heading(title), text(view.session.subject, {.bold = true}),
                 text(session_time(view.session.starts_at, view.session.minutes), subtle_small)};
  add_problem(body, view.problem);
  if (!view.meetings.empty())
    body.push_back(choice_input({"reunion", "Reunión de Teams que da la asistencia", view.meeting_id, false},
                                view.meetings));
  body.push_back(paragraph_input({"asistentes", "Asistentes, uno por línea", view.attended, false}, 4000));
  body.push_back(paragraph_input({"acta", "Acta: lo que se trató y se decidió", view.record},
                                 static_cast<int>(procedure::longest_session_record)));
  if (!view.may_commit)
    body.push_back(
        text("Esta mesa no es de un proceso: los compromisos se escriben en el acta.", subtle_small));
  for (std::size_t at = 0; view.may_commit && at < procedure::most_commitments; ++at) {
    const std::string number = std::to_string(at + 1);
    const SessionRecordView::Commitment typed =
        at < view.commitments.size() ? view.commitments[at] : SessionRecordView::Commitment{};
    body.push_back(section("Compromiso " + number));
    body.push_back(line_input({"compromiso_" + number, "Qué se va a hacer", typed.what, false},
                              static_cast<int>(procedure::longest_commitment)));
    body.push_back(
        choice_input({"responsable_" + number, "Quién responde", typed.owner_id, false}, view.owners));
    body.push_back(date_input({"plazo_" + number, "Para cuándo", typed.day, false}));
  }
  return finish({title,
                 std::move(body),
                 {{"Guardar y enviar el acta",
                   verb::session_record,
                   {{"mesa", view.session.id}},
                   Button::Kind::primary},
                  {"Volver", verb::session_view, {{"mesa", view.session.id}}, Button::Kind::normal, false}}});
}

std::string session_mail_subject(const SessionView& view, SessionNews news) {
  const char* what = news == SessionNews::cancelled  ? "Cancelada: "
                     : news == SessionNews::moved    ? "Cambia: "
                     : news == SessionNews::recorded ? "Acta: "
                                                     : "";
  const bool shows_time = news != SessionNews::recorded;
  std::string subject = what + ("mesa de trabajo, " + shorten(clean(view.subject), 150));
  if (shows_time) subject += ", " + long_instant(view.starts_at);
  return subject;
}

std::string session_mail_text(const SessionView& view, SessionNews news) {
  std::string out =
      news_title(view, news) + ".\n\n" + view.subject + "\n" + news_sentence(view, news) + "\n\n";
  out += "Mesa: " + view.id + "\nCuándo: " + session_time(view.starts_at, view.minutes) +
         "\nDónde: " + view.place + "\n";
  if (!view.process_name.empty()) out += "Proceso: " + view.process_name + "\n";
  out += "Convoca: " + view.convened_by_name + "\n";
  if (news == SessionNews::recorded) {
    out += "Asistieron: " + people_line(those_who(view.people, true)) + "\n\nActa\n" + view.record + "\n";
    if (!view.commitments.empty()) out += "\nCompromisos\n";
    for (const SessionCommitmentView& each : view.commitments)
      out += "- " + each.what + " (" + each.owner_name + ", para el " + long_date(each.due_on) + ", " +
             each.item_id + ")\n";
  } else {
    out += "\nAgenda\n" + view.agenda + "\n";
  }
  return shorten(clean(out), mail_bytes);
}

}  // namespace pao::cards
