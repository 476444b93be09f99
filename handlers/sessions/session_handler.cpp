#include "handlers/sessions/session_handler.hpp"

#include "cards/texts.hpp"
#include "handlers/attendance.hpp"
#include "handlers/procedure/characters.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/sessions/session_steps.hpp"
#include "storage/consult_store.hpp"
#include "storage/people_store.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace pao::handlers::sessions {
namespace {

using cards::SessionNews;
using procedure::Action;
using procedure::SessionEvent;
using procedure::SessionProblem;
using storage::Session;
using storage::WorkingSession;

constexpr int sessions_listed = 12;
constexpr std::size_t earlier_listed = 8;
constexpr std::size_t longest_reason = 500;  // in characters

int number_of(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? number : -1;
}

cards::Choices processes_for(const Turn& turn, const Reference& reference) {
  cards::Choices choices;
  for (const procedure::Process& process : reference.processes) {
    if (procedure::may(*turn.person, Action::hold_session, process.id, "", local_date(turn.at)))
      choices.emplace_back(process.id, process.name);
  }
  return choices;
}

cards::Choices practices_of(const Reference& reference) {
  cards::Choices choices;
  for (const procedure::PracticeRules& rules : reference.rules) {
    if (rules.practice != procedure::practice::general) choices.emplace_back(rules.practice, rules.name);
  }
  return choices;
}

cards::SessionFormView form_of(const Turn& turn, const Reference& reference,
                               const std::optional<storage::Consult>& consult) {
  cards::SessionFormView view{.subject = typed(turn, "asunto"),
                              .agenda = typed(turn, "agenda"),
                              .place = typed(turn, "lugar"),
                              .day = typed(turn, "fecha"),
                              .hour = typed(turn, "hora"),
                              .minutes = typed(turn, "duracion"),
                              .people = typed(turn, "invitados"),
                              .processes = processes_for(turn, reference),
                              .practices = practices_of(reference),
                              .process_id = typed(turn, "proceso"),
                              .practice = typed(turn, "practica")};
  if (consult) {
    view.consult_id = consult->id;
    view.consult_question = consult->question;
  }
  if (view.process_id.empty() && view.processes.size() == 1) view.process_id = view.processes.front().first;
  return view;
}

// The consult that the card names, when this person may convene on it: who has it, or the advisor of its
// process.
Result<std::optional<storage::Consult>> consult_of(Session& session, const Turn& turn) {
  const std::string_view id = turn.value("consulta");
  if (id.empty()) return std::optional<storage::Consult>();
  std::optional<storage::Consult> consult = storage::find_consult(session, id);
  if (!consult)
    return fail(ErrorCode::invalid, "card names an unknown consult",
                "No encontré la consulta de esta tarjeta. Escriba «mis consultas».");
  const Date today = local_date(turn.at);
  if (consult->advisor_id == turn.person->id) return consult;
  if (consult->process_id.empty()) {
    if (procedure::holds_role(*turn.person, procedure::Role::coordination, "", today)) return consult;
    return fail(ErrorCode::refused, "a consult without a process is for who has it or coordination",
                "Esta consulta la lleva quien la tiene o la coordinación del GESFO.");
  }
  if (const auto may =
          procedure::may(*turn.person, Action::hold_session, consult->process_id, consult->practice, today);
      !may)
    return tl::unexpected<Error>(may.error());
  return consult;
}

bool is_practice(const Reference& reference, const std::string& id) {
  return id.empty() || reference.rules_of(id) != nullptr;
}

WorkingSession meeting_from(const Turn& turn, const Reference& reference,
                            const std::optional<storage::Consult>& consult) {
  WorkingSession meeting{.subject = typed(turn, "asunto"),
                         .agenda = typed(turn, "agenda"),
                         .process_id = consult ? consult->process_id : typed(turn, "proceso"),
                         .practice = consult ? consult->practice : typed(turn, "practica"),
                         .consult_id = consult ? consult->id : "",
                         .place = typed(turn, "lugar"),
                         .minutes = number_of(typed(turn, "duracion")),
                         .convened_by = turn.person->id,
                         .convened_at = turn.at};
  if (!is_practice(reference, meeting.practice)) meeting.practice.clear();
  return meeting;
}

// Whom it invites: those of the list, or leader and liaisons of the process; and who asked the consult.
std::vector<storage::SessionPerson> people_for(Session& session, const Turn& turn, const Reference& reference,
                                               const WorkingSession& meeting,
                                               const std::optional<storage::Consult>& consult) {
  std::vector<storage::SessionPerson> people;
  const auto add = [&](const std::string& name, const std::string& id) {
    const bool there = std::any_of(people.begin(), people.end(), [&](const auto& each) {
      return id.empty() ? each.name == name : each.person_id == id;
    });
    if (!there && (id.empty() || id != turn.person->id)) people.push_back({.name = name, .person_id = id});
  };
  const std::string list = typed(turn, "invitados");
  for (const storage::Attendee& each : attendees_from(list, reference)) add(each.name, each.person_id);
  if (list.empty() && !meeting.process_id.empty()) {
    const Date today = local_date(turn.at);
    for (const procedure::Role role : {procedure::Role::leader, procedure::Role::liaison}) {
      for (const procedure::Person& person :
           storage::people_with_role(session, role, meeting.process_id, today))
        add(person.name, person.id);
    }
  }
  if (consult) {
    if (const auto asker = storage::find_person(session, consult->asked_by)) add(asker->name, asker->id);
  }
  return people;
}

std::string problem_of(const WorkingSession& meeting, const Turn& turn, const Reference& reference,
                       const std::vector<storage::SessionPerson>& people, bool of_consult) {
  const bool known = !meeting.process_id.empty() && reference.process(meeting.process_id) != nullptr;
  if (!of_consult && !known) return "Elija el proceso.";
  const procedure::SessionPlan plan{meeting.subject, meeting.agenda, meeting.place,
                                    instant_from(turn.value("fecha"), turn.value("hora")), meeting.minutes};
  if (const auto problem = procedure::problem_with(plan, turn.at, reference.calendar);
      problem != SessionProblem::none)
    return cards::session_problem_sentence(problem);
  if (people.empty()) return "Escriba a quién invita.";
  if (people.size() > procedure::most_session_people)
    return "Son muchos invitados. Invite máximo a 60 personas.";
  return "";
}

tl::unexpected<Error> stale(const WorkingSession& meeting) {
  return fail(
      ErrorCode::conflict, "the working session changed meanwhile",
      meeting.state == procedure::SessionState::convened
          ? "Esta mesa cambió mientras usted la veía. Ábrala de nuevo y revise."
          : "Esta mesa ya está " + std::string(procedure::to_word(meeting.state)) + ". No se puede cambiar.");
}

// The session of the card as it is now, for somebody who may change it; `conflict` when it is another one
// than the card showed.
Result<WorkingSession> to_change(Session& session, const Turn& turn, SessionEvent event) {
  Result<WorkingSession> meeting = session_named(session, turn.value("mesa"));
  if (!meeting) return meeting;
  if (const auto allowed = may_hold(*turn.person, *meeting, local_date(turn.at)); !allowed)
    return tl::unexpected<Error>(allowed.error());
  if (!procedure::next_state(meeting->state, event) ||
      number_of(turn.value("secuencia")) != meeting->sequence)
    return stale(*meeting);
  return meeting;
}

// Stores the move and tells everybody, also who presses: by what the card then shows.
Reply moved(Session& session, const Turn& turn, const Reference& reference, WorkingSession& meeting,
            SessionEvent event, SessionNews news, const std::string& reason) {
  const procedure::SessionState before = meeting.state;
  meeting.state = *procedure::next_state(before, event);
  ++meeting.sequence;
  storage::move_working_session(session, meeting, event, before, turn.person->id, turn.at, reason);
  const cards::SessionView view = view_of(session, reference, meeting, &*turn.person, turn.at);
  const std::vector<std::string> everybody = audience_of(session, meeting, "");
  send_mails(session, meeting, everybody, view, news, turn.at);
  return {.content = {.card = cards::session_card(view)},
          .notices = notices_of(session, meeting, audience_of(session, meeting, turn.person->id), view, news),
          .trace = trace_of(meeting, "session_" + std::string(procedure::to_word(event)),
                            procedure::to_word(before), reason)};
}

// Who was there, who advised it, and who sees the process.
bool concerns(const storage::EarlierSession& earlier, const procedure::Person& person, Date today) {
  const auto& there = earlier.participants;
  return earlier.advisor_id == person.id || std::find(there.begin(), there.end(), person.id) != there.end() ||
         procedure::may(person, Action::see_process_detail, earlier.process_id, "", today).has_value();
}

void add_earlier(cards::SessionListView& view, Session& session, const Reference& reference,
                 const Turn& turn) {
  for (const storage::EarlierSession& earlier : storage::earlier_sessions(session)) {
    if (!concerns(earlier, *turn.person, local_date(turn.at))) continue;
    if (view.earlier.size() == earlier_listed) {
      ++view.earlier_hidden;
      continue;
    }
    cards::EarlierSessionLine line{
        .id = earlier.id,
        .subject = earlier.subject,
        .process_name = reference.process_name(earlier.process_id),
        .held_on = earlier.held_on,
        .mode = earlier.mode,
        .state = earlier.state,
        .advisor_name = earlier.advisor_id.empty() ? "" : name_of(session, earlier.advisor_id)};
    for (const std::string& id : earlier.participants) line.people.push_back(name_of(session, id));
    view.earlier.push_back(std::move(line));
  }
}

}  // namespace

Result<Decision> SessionHandler::on_list(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](Session& session) -> Result<Decision> {
    cards::SessionListView view;
    for (const WorkingSession& meeting :
         storage::working_sessions_of(session, turn.person->id, sessions_listed))
      view.lines.push_back({meeting.id, meeting.subject,
                            meeting.process_id.empty() ? "" : reference->process_name(meeting.process_id),
                            meeting.starts_at, meeting.state});
    add_earlier(view, session, *reference, turn);
    view.may_convene =
        procedure::may(*turn.person, Action::hold_session, "", "", local_date(turn.at)).has_value();
    return Decision(Reply{.content = {.card = cards::session_list_card(view)},
                          .trace = {.outcome = "sessions_shown",
                                    .fields = {{"sessions", std::to_string(view.lines.size())},
                                               {"earlier", std::to_string(view.earlier.size())}}}});
  });
}

Result<Decision> SessionHandler::on_form(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](Session& session) -> Result<Decision> {
    const auto consult = consult_of(session, turn);
    if (!consult) return tl::unexpected<Error>(consult.error());
    return Decision(Reply{.content = {.card = cards::session_form_card(form_of(turn, *reference, *consult))},
                          .trace = {.outcome = "session_form_shown"}});
  });
}

Result<Decision> SessionHandler::on_convene(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](Session& session) -> Result<Reply> {
    const auto consult = consult_of(session, turn);
    if (!consult) return tl::unexpected<Error>(consult.error());
    WorkingSession meeting = meeting_from(turn, *reference, *consult);
    const auto people = people_for(session, turn, *reference, meeting, *consult);
    const std::string problem = problem_of(meeting, turn, *reference, people, consult->has_value());
    if (!problem.empty()) {
      cards::SessionFormView view = form_of(turn, *reference, *consult);
      view.problem = problem;
      return Reply{.content = {.card = cards::session_form_card(view)},
                   .trace = {.outcome = "form_incomplete"}};
    }
    if (!*consult) {
      if (const auto allowed = may_hold(*turn.person, meeting, local_date(turn.at)); !allowed)
        return tl::unexpected<Error>(allowed.error());
    }
    meeting.starts_at = *instant_from(turn.value("fecha"), turn.value("hora"));
    meeting = storage::add_working_session(session, std::move(meeting), people);
    const cards::SessionView view = view_of(session, *reference, meeting, &*turn.person, turn.at);
    send_mails(session, meeting, audience_of(session, meeting, ""), view, SessionNews::convened, turn.at);
    return Reply{.content = {.card = cards::session_card(view)},
                 .notices = notices_of(session, meeting, audience_of(session, meeting, turn.person->id), view,
                                       SessionNews::convened),
                 .trace = trace_of(meeting, "session_convened", "", "")};
  });
}

Result<Decision> SessionHandler::on_view(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](Session& session) -> Result<Decision> {
    const Result<WorkingSession> meeting = session_named(session, turn.value("mesa"));
    if (!meeting) return tl::unexpected<Error>(meeting.error());
    if (!may_see(session, *turn.person, *meeting, local_date(turn.at)))
      return fail(ErrorCode::refused, "neither invited nor of the process",
                  "Esta mesa de trabajo es de otro proceso. La ven sus invitados y quien la convocó.");
    const cards::SessionView view = view_of(session, *reference, *meeting, &*turn.person, turn.at);
    return Decision(Reply{.content = {.card = cards::session_card(view)},
                          .trace = {.outcome = "session_shown", .fields = {{"session", meeting->id}}}});
  });
}

Result<Decision> SessionHandler::on_move_form(const Turn& turn) const {
  return database_.read([&](Session& session) -> Result<Decision> {
    const Result<WorkingSession> meeting = session_named(session, turn.value("mesa"));
    if (!meeting) return tl::unexpected<Error>(meeting.error());
    if (const auto allowed = may_hold(*turn.person, *meeting, local_date(turn.at)); !allowed)
      return tl::unexpected<Error>(allowed.error());
    if (!procedure::next_state(meeting->state, SessionEvent::reschedule)) return stale(*meeting);
    const cards::SessionFormView view{.id = meeting->id,
                                      .subject = meeting->subject,
                                      .place = meeting->place,
                                      .day = iso_date(local_date(meeting->starts_at)),
                                      .hour = iso_instant(meeting->starts_at).substr(11, 5),
                                      .minutes = std::to_string(meeting->minutes),
                                      .sequence = meeting->sequence};
    return Decision(Reply{.content = {.card = cards::session_move_card(view)},
                          .trace = {.outcome = "session_form_shown", .fields = {{"session", meeting->id}}}});
  });
}

Result<Decision> SessionHandler::on_move(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](Session& session) -> Result<Reply> {
    Result<WorkingSession> meeting = to_change(session, turn, SessionEvent::reschedule);
    if (!meeting) return tl::unexpected<Error>(meeting.error());
    const auto starts_at = instant_from(turn.value("fecha"), turn.value("hora"));
    const std::string reason = typed(turn, "motivo");
    meeting->place = typed(turn, "lugar");
    meeting->minutes = number_of(typed(turn, "duracion"));
    std::string problem = cards::session_problem_sentence(procedure::problem_with(
        {meeting->subject, meeting->agenda, meeting->place, starts_at, meeting->minutes}, turn.at,
        reference->calendar));
    if (procedure::count_characters(reason) > longest_reason)
      problem = "El motivo es muy largo. Use máximo 500 caracteres.";
    if (!problem.empty()) {
      const cards::SessionFormView view{.id = meeting->id,
                                        .subject = meeting->subject,
                                        .place = meeting->place,
                                        .day = typed(turn, "fecha"),
                                        .hour = typed(turn, "hora"),
                                        .minutes = typed(turn, "duracion"),
                                        .reason = reason,
                                        .sequence = meeting->sequence,
                                        .problem = problem};
      return Reply{.content = {.card = cards::session_move_card(view)},
                   .trace = {.outcome = "form_incomplete"}};
    }
    meeting->starts_at = *starts_at;
    return moved(session, turn, *reference, *meeting, SessionEvent::reschedule, SessionNews::moved, reason);
  });
}

Result<Decision> SessionHandler::on_cancel(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](Session& session) -> Result<Reply> {
    Result<WorkingSession> meeting = to_change(session, turn, SessionEvent::cancel);
    if (!meeting) return tl::unexpected<Error>(meeting.error());
    const std::string reason = typed(turn, "motivo");
    const bool good = !reason.empty() && procedure::count_characters(reason) <= longest_reason;
    if (!good) {
      cards::SessionView view = view_of(session, *reference, *meeting, &*turn.person, turn.at);
      view.problem = "Para cancelarla escriba el motivo, en máximo 500 caracteres.";
      return Reply{.content = {.card = cards::session_card(view)}, .trace = {.outcome = "form_incomplete"}};
    }
    return moved(session, turn, *reference, *meeting, SessionEvent::cancel, SessionNews::cancelled, reason);
  });
}

}  // namespace pao::handlers::sessions
