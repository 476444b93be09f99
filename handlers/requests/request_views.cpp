#include "handlers/requests/request_views.hpp"

#include "cards/texts.hpp"
#include "handlers/file_messages.hpp"
#include "handlers/procedure/item_changes.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/requests/request_moves.hpp"
#include "storage/item_changes_store.hpp"
#include "storage/people_store.hpp"
#include "storage/request_events_store.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers::requests {
namespace {

using procedure::Person;
using procedure::RequestEvent;
using procedure::Role;
using procedure::ServiceRequest;

// What an event is called in the history of a request; "" for what people need not read.
std::string event_name(const std::string& event) {
  if (event == "confirmar_radicado") return "El SMGI dio el número";
  if (event == "extender") return "El plazo se extendió por un día no hábil";
  if (event == "importar") return "Trasladada del SMGI";
  const auto known = procedure::parse_request_event(event);
  if (!known) return "";
  switch (*known) {
    case RequestEvent::file:
      return "Presentada";
    case RequestEvent::endorse:
      return "Avalada por el líder";
    case RequestEvent::take:
      return "Tomada en revisión";
    case RequestEvent::ask_information:
      return "Se pidió información";
    case RequestEvent::provide_information:
      return "El proceso completó la información";
    case RequestEvent::close_unanswered:
      return "Cerrada por falta de respuesta";
    case RequestEvent::approve:
      return "Aprobada";
    case RequestEvent::reject:
      return "Rechazada";
    case RequestEvent::apply:
      return "Cambio aplicado";
    case RequestEvent::close:
      return "Cerrada";
    case RequestEvent::withdraw:
      return "Retirada por quien la presentó";
    case RequestEvent::reassign:
      return "Reasignada";
  }
  return "";
}

// "PAI-DIR-01-T2, Fecha final: 30 de diciembre de 2026 → 29 de enero de 2027" (5.2). The event says of what,
// in words; the change that it made names the field.
std::string applied_words(storage::Session& session, const storage::RequestEventRow& row) {
  constexpr std::size_t shown_bytes = 200;
  const std::vector<storage::ItemChange> changes = storage::changes_of_request(session, row.request_id);
  const std::string field = changes.empty() ? "" : changes.front().field;
  const auto shown = [&](const std::string& value) {
    return cards::shorten(value_in_words(session, field, value), shown_bytes);
  };
  const std::string before = shown(row.old_value);
  return row.reason + ": " + (before.empty() ? "" : before + " → ") + shown(row.new_value);
}

std::string detail_of(const storage::RequestEventRow& row) {
  if (!row.reason.empty()) return row.reason;
  if (row.old_value.empty()) return "";
  return row.old_value + " → " + row.new_value;
}

void add_history(storage::Session& session, cards::RequestView& view) {
  for (const storage::RequestEventRow& row : storage::events_of_request(session, view.request.id)) {
    std::string what = event_name(row.event);
    if (what.empty()) continue;
    const bool applies = row.event == procedure::to_word(RequestEvent::apply);
    if (applies) view.applied = applied_words(session, row);
    view.history.push_back({.at = row.at,
                            .what = std::move(what),
                            .who = storage::person_name(session, row.actor),
                            .detail = applies ? view.applied : detail_of(row)});
  }
}

void add_person(std::vector<Person>& people, std::optional<Person> person) {
  if (!person || !person->active) return;
  const bool known =
      std::any_of(people.begin(), people.end(), [&](const Person& other) { return other.id == person->id; });
  if (!known) people.push_back(std::move(*person));
}

}  // namespace

std::string value_in_words(storage::Session& session, std::string_view field, const std::string& value) {
  if (field == procedure::item_field::owner) {
    const std::string name = storage::person_name(session, value);
    return name.empty() ? value : name;
  }
  const std::optional<Date> day = parse_date(value);
  return day ? cards::long_date(*day) : cards::value_text(field, value);
}

cards::RequestView view_of(storage::Session& session, const Reference& reference,
                           const ServiceRequest& request, Instant now) {
  cards::RequestView view{.request = request,
                          .process_name = reference.process_name(request.process_id),
                          .advisor_name = storage::person_name(session, request.advisor_id),
                          .filed_by_name = storage::person_name(session, request.filed_by)};
  if (const procedure::Process* process = reference.process(request.process_id)) {
    view.leader_name = storage::person_name(session, process->leader_id);
  }
  const procedure::PracticeRules* general = reference.rules_of(procedure::practice::general);
  if (const auto* level = general ? procedure::find_service_level(*general, request.type) : nullptr) {
    view.service_level_business_days = level->business_days;
  }
  const auto clock = clock_of(session, request.id);
  if (clock && clock->level > 0) view.service_level_business_days = clock->level;  // as it was when filed
  if (clock) view.information_until = procedure::information_until(*clock);
  if (request.due_on) {
    view.business_days_left = procedure::business_days_left(
        *request.due_on, local_date(now), clock && clock->started_on ? clock->calendar : reference.calendar);
  }
  if (const auto review = storage::find_review(session, request.id)) {
    view.report_said = review->report_said;
    view.evidence_shows = review->evidence_shows;
  }
  return view;
}

cards::RequestView view_for(storage::Session& session, const Reference& reference,
                            const ServiceRequest& request, const Person& person, Instant now) {
  cards::RequestView view = view_of(session, reference, request, now);
  add_history(session, view);
  view.files = evidence_of(session, "ss:" + request.id);
  const Date today = local_date(now);
  for (const RequestEvent event : procedure::all_request_events) {
    if (procedure::move(request, event) && procedure::may_move(person, request, event, today)) {
      view.steps.push_back(event);
    }
  }
  const bool decides = procedure::may_move(person, request, RequestEvent::take, today).has_value();
  view.may_confirm_filing =
      request.provisional && decides && request.state != procedure::RequestState::withdrawn;
  return view;
}

std::vector<Person> in_charge(storage::Session& session, const ServiceRequest& request, Date today) {
  const auto advisor = storage::find_person(session, request.advisor_id);
  if (advisor && procedure::holds_role(*advisor, Role::advisor, "", today)) return {*advisor};
  return storage::people_with_role(session, Role::coordination, "", today);
}

std::vector<Person> participants(storage::Session& session, const Reference& reference,
                                 const ServiceRequest& request, Date today) {
  std::vector<Person> people;
  add_person(people, storage::find_person(session, request.filed_by));
  if (const procedure::Process* process = reference.process(request.process_id)) {
    add_person(people, storage::find_person(session, process->leader_id));
  }
  for (Person& liaison : storage::people_with_role(session, Role::liaison, request.process_id, today)) {
    add_person(people, std::move(liaison));
  }
  for (Person& person : in_charge(session, request, today)) add_person(people, std::move(person));
  return people;
}

Notice news_to(const Person& person, const ServiceRequest& request, std::int64_t event, cards::Card card) {
  return {.aad_object_id = person.aad_object_id,
          .key = "request-event:" + std::to_string(event) + ":" + person.id,
          .subject = "request:" + request.id,
          .content = {.card = std::move(card)}};
}

void tell(Reply& reply, storage::Session& session, const Reference& reference, const ServiceRequest& request,
          std::int64_t event, const std::vector<Person>& people, std::string_view doer_id,
          const std::string& title, Instant now) {
  for (const Person& person : people) {
    if (person.id == doer_id) continue;
    cards::RequestView view = view_for(session, reference, request, person, now);
    reply.notices.push_back(news_to(person, request, event, cards::request_news_card(view, title)));
  }
}

tl::unexpected<Error> unknown_request(std::string_view id) {
  // The number may be anything that a card carried, so it is shown as data and only its beginning.
  const std::string named = id.empty() ? "" : " " + cards::plain(cards::shorten(id, 40));
  return fail(
      ErrorCode::not_found, "no such request",
      "No encontré la solicitud" + named +
          " en sus procesos. Revise el número o escriba «qué me toca» para ver las que están en curso.");
}

}  // namespace pao::handlers::requests
