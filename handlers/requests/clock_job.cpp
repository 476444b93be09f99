#include "handlers/requests/clock_job.hpp"

#include "cards/texts.hpp"
#include "cards/verbs.hpp"
#include "handlers/job_message.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/requests/request_moves.hpp"
#include "handlers/requests/request_views.hpp"
#include "storage/columns.hpp"
#include "storage/people_store.hpp"
#include "storage/registro_store.hpp"
#include "storage/request_events_store.hpp"
#include "storage/requests_store.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers::requests {
namespace {

using procedure::ClockStep;
using procedure::Person;
using procedure::RequestState;
using procedure::Role;
using procedure::ServiceRequest;
using storage::Session;

constexpr const char* job = "job:requests.clock";

void keep(Session& session, const char* kind, const ServiceRequest& request,
          std::map<std::string, std::string> fields, Instant now) {
  fields.emplace("request", request.id);
  storage::append_registro(session, {.at = now,
                                     .actor = job,
                                     .channel = "job",
                                     .kind = kind,
                                     .subject = request.id,
                                     .content = storage::texts_to_json(fields)});
}

void send(Session& session, const Reference& reference, const ServiceRequest& request, std::int64_t event,
          const std::string& title, Instant now) {
  Reply reply;
  tell(reply, session, reference, request, event, participants(session, reference, request, local_date(now)),
       "", title, now);
  for (const Notice& notice : reply.notices) {
    if (!notice.aad_object_id.empty()) storage::enqueue(session, job_message(notice, now));
  }
}

Result<bool> close_unanswered(Session& session, const Reference& reference, const ServiceRequest& request,
                              const procedure::ServiceClock& clock, Instant now) {
  const std::optional<Date> until = procedure::information_until(clock);
  if (request.state != RequestState::waiting_information || !until || local_date(now) <= *until) return false;
  ServiceRequest closed = request;
  closed.reason = "La información se esperó hasta el " + cards::long_date(*until) + ".";
  const Result<Moved> moved =
      move_request(session, reference, closed, procedure::RequestEvent::close_unanswered, {job, "job"}, now,
                   {.reason = closed.reason});
  if (!moved) return tl::unexpected<Error>(moved.error());
  keep(session, "request.closed_unanswered", moved->request,
       {{"from", std::string(procedure::to_word(request.state))},
        {"to", std::string(procedure::to_word(moved->request.state))},
        {"reason", closed.reason}},
       now);
  send(session, reference, moved->request, moved->event,
       "La solicitud " + request.id + " se cerró por falta de respuesta", now);
  return true;
}

Result<bool> extend(Session& session, const Reference& reference, const ServiceRequest& request,
                    std::vector<procedure::ClockEvent> events, Instant now) {
  const auto event = procedure::extension(events, reference.calendar, local_date(now));
  if (!event) return false;
  events.push_back(*event);
  const Result<procedure::ServiceClock> clock = procedure::replay(events);
  if (!clock) return tl::unexpected<Error>(clock.error());
  ServiceRequest extended = request;
  extended.due_on = clock->due_on;
  const Result<void> stored = storage::update_request(session, extended, request.state);
  if (!stored) return tl::unexpected<Error>(stored.error());
  std::string why;
  for (const procedure::EntityDay& day : event->entity_days) {
    why += (why.empty() ? "" : ", ") + day.name + (day.norm.empty() ? "" : " (" + day.norm + ")");
  }
  const std::string state(procedure::to_word(request.state));
  const std::string before = request.due_on ? iso_date(*request.due_on) : "";
  const std::string after = iso_date(*extended.due_on);
  const std::int64_t number = storage::add_request_event(session, {.request_id = request.id,
                                                                   .at = now,
                                                                   .actor = job,
                                                                   .channel = "job",
                                                                   .event = "extender",
                                                                   .from_state = state,
                                                                   .to_state = state,
                                                                   .reason = why,
                                                                   .old_value = before,
                                                                   .new_value = after,
                                                                   .clock = *event});
  keep(session, "request.extended", request, {{"old_value", before}, {"new_value", after}, {"reason", why}},
       now);
  send(session, reference, extended, number,
       "El plazo de la solicitud " + request.id + " pasó al " + cards::long_date(*extended.due_on), now);
  return true;
}

// ---- The digest ----

struct Told {
  Session& session;
  const Reference& reference;
  std::string_view person_id;  // empty: everybody
  Instant now;
  std::vector<DigestLine> lines;
};

// Whether the person may be told of it at all; asked first, because replaying a clock reads its events.
bool may_concern(const Person& person, const Reference& reference, const ServiceRequest& request) {
  const procedure::Process* process = reference.process(request.process_id);
  return request.advisor_id == person.id || request.filed_by == person.id ||
         (process && (process->leader_id == person.id || process->advisor_id == person.id)) ||
         std::any_of(person.roles.begin(), person.roles.end(), [&](const procedure::RoleGrant& grant) {
           return grant.process_id.empty() || grant.process_id == request.process_id;
         });
}

void add_line(Told& told, const std::vector<Person>& people, const ServiceRequest& request,
              const std::string& step, const std::string& text, int urgency, std::optional<Date> due_on) {
  std::vector<std::string> here;
  for (const Person& person : people) {
    if (!person.active || (!told.person_id.empty() && person.id != told.person_id)) continue;
    if (std::find(here.begin(), here.end(), person.id) != here.end()) continue;
    here.push_back(person.id);
    told.lines.push_back(
        {.person_id = person.id,
         .key = std::string(clock_source) + "/" + procedure::first_number(request) + "|" + step,
         .title = request.id + ", " + cards::request_type_name(request.type) + ", " +
                  told.reference.process_name(request.process_id),
         .text = text,
         .urgency = urgency,
         .button = DigestButton{"Ver la solicitud", cards::verb::request_view, {{"ss", request.id}}},
         .process_id = request.process_id,
         .practice = request.practice,
         .due_on = due_on});
  }
}

std::string step_text(ClockStep step, const procedure::ServiceClock& clock, Date today) {
  const std::string due = cards::long_date(*clock.due_on);
  const std::string level = std::to_string(clock.level) + " días hábiles";
  switch (step) {
    case ClockStep::half:
      return "Va en la mitad de sus " + level + ". Vence el " + due + ".";
    case ClockStep::most:
      return "Ya usó el 80 % de sus " + level + ". Vence el " + due + ".";
    case ClockStep::day_before:
      return "Le queda un día hábil para responderla: vence el " + due + ".";
    case ClockStep::due_today:
      return "Vence hoy, " + due + ". Decídala o pida la información que falte.";
    case ClockStep::exceeded: {
      const int late = clock.calendar.business_days_after(*clock.due_on, today);
      return "Pasó su nivel de servicio: venció el " + due + ", hace " + std::to_string(late) +
             (late == 1 ? " día hábil." : " días hábiles.") + " La coordinación también lo sabe.";
    }
    case ClockStep::none:
      break;
  }
  return "";
}

void add_step(Told& told, const ServiceRequest& request, const procedure::ServiceClock& clock, Date today) {
  const ClockStep step = procedure::step_on(clock, today);
  if (step == ClockStep::none) return;
  std::vector<Person> people = in_charge(told.session, request, today);
  if (step == ClockStep::exceeded) {
    for (Person& person : storage::people_with_role(told.session, Role::coordination, "", today))
      people.push_back(std::move(person));
  }
  add_line(told, people, request, std::string(procedure::to_word(step)), step_text(step, clock, today),
           procedure::business_days_left(*clock.due_on, today, clock.calendar),
           step == ClockStep::exceeded ? std::nullopt : clock.due_on);
}

// Two business days after it was asked for, and then once more when it is about to be too late.
void add_awaited(Told& told, const ServiceRequest& request, const procedure::ServiceClock& clock,
                 Date today) {
  if (request.endorsement_pending && request.state == RequestState::filed) {
    const int waiting = told.reference.calendar.business_days_after(local_date(request.filed_at), today);
    const procedure::Process* process = told.reference.process(request.process_id);
    const auto leader = process ? storage::find_person(told.session, process->leader_id) : std::nullopt;
    if (waiting < 2 || !leader) return;
    add_line(told, {*leader}, request, "aval",
             "Espera su aval desde el " + cards::long_date(local_date(request.filed_at)) +
                 ". Sin el aval no se estudia.",
             0, std::nullopt);
    return;
  }
  const std::optional<Date> until = procedure::information_until(clock);
  if (!until || today > *until) return;
  const int left = clock.calendar.business_days_after(today, *until);
  if (left > 3) return;
  std::vector<Person> people =
      storage::people_with_role(told.session, Role::liaison, request.process_id, today);
  if (auto filer = storage::find_person(told.session, request.filed_by)) people.push_back(std::move(*filer));
  add_line(told, people, request, left == 0 ? "informacion-hoy" : "informacion",
           "Falta información del proceso. Se recibe hasta el " + cards::long_date(*until) +
               "; después se cierra por falta de respuesta.",
           left, until);
}

}  // namespace

Result<int> run_clock(storage::Database& database, const Reference& reference, Instant now) {
  return database.write([&](Session& session) -> Result<int> {
    int moved = 0;
    for (const ServiceRequest& request : storage::open_requests(session, "")) {
      const std::vector<procedure::ClockEvent> events = storage::clock_events_of(session, request.id);
      const Result<procedure::ServiceClock> clock = procedure::replay(events);
      if (!clock) continue;  // `requests check` tells it; the others must not wait for it
      const Result<bool> closed = close_unanswered(session, reference, request, *clock, now);
      if (!closed) return tl::unexpected<Error>(closed.error());
      const Result<bool> extended =
          *closed ? Result<bool>(false) : extend(session, reference, request, events, now);
      if (!extended) return tl::unexpected<Error>(extended.error());
      moved += *closed || *extended ? 1 : 0;
    }
    return moved;
  });
}

Result<std::vector<DigestLine>> clock_lines(Session& session, const Reference& reference,
                                            std::string_view person_id, Instant now) {
  Told told{session, reference, person_id, now, {}};
  const Date today = local_date(now);
  const std::optional<Person> person =
      person_id.empty() ? std::nullopt : storage::find_person(session, person_id);
  for (const ServiceRequest& request : storage::open_requests(session, "")) {
    if (person && !may_concern(*person, reference, request)) continue;
    const Result<procedure::ServiceClock> clock = clock_of(session, request.id);
    if (!clock) continue;
    add_awaited(told, request, *clock, today);
    add_step(told, request, *clock, today);
  }
  return std::move(told.lines);
}

std::string clock_fault(Session& session, const ServiceRequest& request) {
  const Result<procedure::ServiceClock> clock = clock_of(session, request.id);
  if (!clock) return "its events cannot be replayed: " + clock.error().detail;
  const auto text = [](const std::optional<Date>& day) { return day ? iso_date(*day) : std::string("none"); };
  if (clock->due_on != request.due_on) {
    return "due " + text(request.due_on) + ", but its events give " + text(clock->due_on);
  }
  const std::vector<storage::RequestEventRow> events = storage::events_of_request(session, request.id);
  if (events.empty()) return "it has no events";
  std::string state = "borrador";
  for (const storage::RequestEventRow& event : events) {
    if (event.from_state != state) return "an event leaves " + event.from_state + " while it was " + state;
    state = event.to_state;
  }
  if (state != procedure::to_word(request.state)) {
    return "it is " + std::string(procedure::to_word(request.state)) + ", but its events lead to " + state;
  }
  if (request.state == RequestState::waiting_information && clock->started_on && !clock->stopped) {
    return "it waits for information while its clock runs";
  }
  return "";
}

std::vector<ClockFault> check_clocks(Session& session) {
  std::vector<ClockFault> faults;
  for (const ServiceRequest& request : storage::all_requests(session)) {
    std::string what = clock_fault(session, request);
    if (!what.empty()) faults.push_back({request.id, std::move(what)});
  }
  return faults;
}

}  // namespace pao::handlers::requests
