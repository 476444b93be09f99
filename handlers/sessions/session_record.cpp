// The minutes of a working session: who was there, what was decided, and what was agreed, which is followed
// up like every other item from then on.
#include "cards/texts.hpp"
#include "handlers/attendance.hpp"
#include "handlers/procedure/characters.hpp"
#include "handlers/scope.hpp"
#include "handlers/sessions/session_handler.hpp"
#include "handlers/sessions/session_steps.hpp"
#include "storage/item_changes_store.hpp"
#include "storage/meeting_attendance_store.hpp"
#include "storage/people_store.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace pao::handlers::sessions {
namespace {

using cards::SessionNews;
using procedure::CommitmentPlan;
using procedure::CommitmentProblem;
using procedure::SessionEvent;
using storage::Session;
using storage::WorkingSession;

std::string active_name(const Reference& reference, const std::string& person_id) {
  const auto found = std::find_if(reference.people.begin(), reference.people.end(),
                                  [&](const procedure::Person& each) { return each.id == person_id; });
  return found == reference.people.end() ? "" : found->name;
}

// Those of which something was filled in.
std::vector<CommitmentPlan> commitments_from(const Turn& turn, const Reference& reference) {
  std::vector<CommitmentPlan> plans;
  for (std::size_t at = 1; at <= procedure::most_commitments; ++at) {
    const std::string number = std::to_string(at);
    CommitmentPlan plan{.what = typed(turn, "compromiso_" + number),
                        .owner_id = typed(turn, "responsable_" + number),
                        .due_on = parse_date(turn.value("plazo_" + number))};
    if (plan.what.empty() && plan.owner_id.empty() && !plan.due_on) continue;
    if (active_name(reference, plan.owner_id).empty()) plan.owner_id.clear();
    plans.push_back(std::move(plan));
  }
  return plans;
}

// Who was there: from the meeting's join events and the list. Who is invited and in neither was not.
std::vector<storage::SessionPerson> attendance_from(Session& session, const Turn& turn,
                                                    const Reference& reference, const WorkingSession& meeting,
                                                    const std::string& teams_meeting) {
  std::vector<storage::SessionPerson> people = storage::people_of_working_session(session, meeting.id);
  for (storage::SessionPerson& person : people) person.attended = false;
  std::vector<storage::Attendee> present = attendees_from(turn.value("asistentes"), reference);
  if (!teams_meeting.empty()) {
    auto joined = attendees_of_meeting(session, reference, teams_meeting);
    present.insert(present.end(), joined.begin(), joined.end());
  }
  for (const storage::Attendee& each : present) {
    const auto same = std::find_if(people.begin(), people.end(), [&](const storage::SessionPerson& person) {
      return each.person_id.empty() ? person.name == each.name : person.person_id == each.person_id;
    });
    if (same != people.end())
      same->attended = true;
    else
      people.push_back({.name = each.name, .person_id = each.person_id, .invited = false, .attended = true});
  }
  return people;
}

std::string problem_of(const WorkingSession& meeting, const Turn& turn,
                       const std::vector<storage::SessionPerson>& people,
                       const std::vector<CommitmentPlan>& plans) {
  if (!procedure::may_be_recorded(meeting.starts_at, turn.at))
    return "La mesa aún no empieza. Registre el acta cuando se haga.";
  const std::string record = typed(turn, "acta");
  if (record.empty()) return "Escriba el acta: lo que se trató y se decidió.";
  if (procedure::count_characters(record) > procedure::longest_session_record)
    return "El acta es muy larga. Use máximo 4.000 caracteres.";
  const bool anybody =
      std::any_of(people.begin(), people.end(), [](const auto& each) { return each.attended == true; });
  if (!anybody) return "Escriba quiénes asistieron, o elija la reunión de Teams.";
  if (people.size() > procedure::most_session_people * 2) return "Son muchas personas. Registre máximo 120.";
  if (!plans.empty() && meeting.process_id.empty())
    return "Esta mesa no es de un proceso: escriba los compromisos en el acta.";
  int number = 0;
  for (const CommitmentPlan& plan : plans) {
    ++number;
    const auto problem = procedure::problem_with(plan, local_date(meeting.starts_at), local_date(turn.at));
    if (problem != CommitmentProblem::none) return cards::commitment_problem_sentence(problem, number);
  }
  return "";
}

// Who can answer for a commitment: who is invited, and who has a role in the process.
cards::Choices owners_of(Session& session, const Reference& reference, const WorkingSession& meeting,
                         Date today) {
  std::set<std::string> invited;
  for (const storage::SessionPerson& person : storage::people_of_working_session(session, meeting.id))
    invited.insert(person.person_id);
  cards::Choices owners;
  for (const procedure::Person& person : reference.people) {
    const auto scopes = scopes_of(person, today);
    const bool of_process = std::any_of(scopes.begin(), scopes.end(), [&](const ProcessScope& each) {
      return each.process_id == meeting.process_id;
    });
    if (of_process || invited.contains(person.id)) owners.emplace_back(person.id, person.name);
  }
  return owners;
}

cards::SessionRecordView form_of(Session& session, const Turn& turn, const Reference& reference,
                                 const WorkingSession& meeting) {
  cards::SessionRecordView view{.session = view_of(session, reference, meeting, &*turn.person, turn.at),
                                .meetings = meetings_before(session, turn.at),
                                .meeting_id = typed(turn, "reunion"),
                                .attended = typed(turn, "asistentes"),
                                .record = typed(turn, "acta"),
                                .owners = owners_of(session, reference, meeting, local_date(turn.at)),
                                .may_commit = !meeting.process_id.empty()};
  for (std::size_t at = 1; at <= procedure::most_commitments; ++at) {
    const std::string number = std::to_string(at), owner = typed(turn, "responsable_" + number);
    const std::string name = active_name(reference, owner);
    view.commitments.push_back(
        {typed(turn, "compromiso_" + number), name.empty() ? "" : owner, typed(turn, "plazo_" + number)});
  }
  return view;
}

// The advisor agreed it with the process; it is a new item and changes none.
Result<void> keep_commitments(Session& session, const Turn& turn, const WorkingSession& meeting,
                              const std::vector<CommitmentPlan>& plans) {
  int number = 0;
  for (const CommitmentPlan& plan : plans) {
    const procedure::Item item{.id = "COMP-" + meeting.id + "-" + std::to_string(++number),
                               .kind = procedure::ItemKind::commitment,
                               .practice = procedure::practice::review_meeting,
                               .process_id = meeting.process_id,
                               .name = plan.what,
                               .owner_id = plan.owner_id,
                               .starts_on = local_date(meeting.starts_at),
                               .ends_on = plan.due_on,
                               .attributes = {{"mesa_id", meeting.id}, {"practica", meeting.practice}}};
    const Result<void> created = storage::create_item(session, item,
                                                      {.request_id = meeting.id,
                                                       .item_id = item.id,
                                                       .field = "creacion",
                                                       .old_value = "",
                                                       .new_value = item.name,
                                                       .changed_by = turn.person->id,
                                                       .changed_at = turn.at});
    if (!created) return created;
    storage::add_session_commitment(session, meeting.id, item.id);
  }
  return {};
}

// Everybody who was there or invited, and who now owes something.
std::vector<std::string> told_of_record(Session& session, const Turn& turn, const WorkingSession& meeting,
                                        const std::vector<CommitmentPlan>& plans) {
  std::vector<std::string> people = audience_of(session, meeting, turn.person->id);
  for (const CommitmentPlan& plan : plans) {
    const bool there = std::find(people.begin(), people.end(), plan.owner_id) != people.end();
    if (!there && plan.owner_id != turn.person->id) people.push_back(plan.owner_id);
  }
  return people;
}

Result<WorkingSession> to_record(Session& session, const Turn& turn) {
  Result<WorkingSession> meeting = session_named(session, turn.value("mesa"));
  if (!meeting) return meeting;
  if (const auto allowed = may_hold(*turn.person, *meeting, local_date(turn.at)); !allowed)
    return tl::unexpected<Error>(allowed.error());
  if (!procedure::next_state(meeting->state, SessionEvent::record))
    return fail(
        ErrorCode::conflict, "the working session was recorded or cancelled",
        "Esta mesa ya está " + std::string(procedure::to_word(meeting->state)) + ". El acta no se cambia.");
  return meeting;
}

}  // namespace

Result<Decision> SessionHandler::on_record_form(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](Session& session) -> Result<Decision> {
    const Result<WorkingSession> meeting = to_record(session, turn);
    if (!meeting) return tl::unexpected<Error>(meeting.error());
    cards::SessionRecordView view = form_of(session, turn, *reference, *meeting);
    for (const storage::SessionPerson& person : storage::people_of_working_session(session, meeting->id))
      view.attended += person.name + "\n";
    return Decision(
        Reply{.content = {.card = cards::session_record_card(view)},
              .trace = {.outcome = "session_record_form_shown", .fields = {{"session", meeting->id}}}});
  });
}

Result<Decision> SessionHandler::on_record(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](Session& session) -> Result<Reply> {
    Result<WorkingSession> meeting = to_record(session, turn);
    if (!meeting) return tl::unexpected<Error>(meeting.error());
    const std::string teams_meeting = typed(turn, "reunion");
    if (!teams_meeting.empty() && !storage::find_meeting(session, teams_meeting))
      return fail(ErrorCode::invalid, "card names an unknown meeting",
                  "Esa reunión ya no está. Abra de nuevo el acta desde «mesas de trabajo».");
    const auto people = attendance_from(session, turn, *reference, *meeting, teams_meeting);
    const std::vector<CommitmentPlan> plans = commitments_from(turn, *reference);
    const std::string problem = problem_of(*meeting, turn, people, plans);
    if (!problem.empty()) {
      cards::SessionRecordView view = form_of(session, turn, *reference, *meeting);
      view.problem = problem;
      return Reply{.content = {.card = cards::session_record_card(view)},
                   .trace = {.outcome = "form_incomplete"}};
    }
    const procedure::SessionState before = meeting->state;
    meeting->state = *procedure::next_state(before, SessionEvent::record);
    meeting->record = typed(turn, "acta");
    meeting->meeting_id = teams_meeting;
    meeting->recorded_by = turn.person->id;
    meeting->recorded_at = turn.at;
    storage::save_session_people(session, meeting->id, people);
    storage::move_working_session(session, *meeting, SessionEvent::record, before, turn.person->id, turn.at,
                                  "");
    if (const Result<void> kept = keep_commitments(session, turn, *meeting, plans); !kept)
      return tl::unexpected<Error>(kept.error());
    const cards::SessionView view = view_of(session, *reference, *meeting, &*turn.person, turn.at);
    const std::vector<std::string> told = told_of_record(session, turn, *meeting, plans);
    send_mails(session, *meeting, told, view, SessionNews::recorded, turn.at);
    Trace trace = trace_of(*meeting, "session_recorded", procedure::to_word(before), "");
    trace.fields["commitments"] = std::to_string(plans.size());
    trace.fields["meeting"] = teams_meeting;
    return Reply{.content = {.card = cards::session_card(view)},
                 .notices = notices_of(session, *meeting, told, view, SessionNews::recorded),
                 .trace = std::move(trace)};
  });
}

}  // namespace pao::handlers::sessions
