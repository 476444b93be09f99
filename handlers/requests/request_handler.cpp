#include "handlers/requests/request_handler.hpp"

#include "cards/status_card.hpp"
#include "cards/texts.hpp"
#include "handlers/procedure/item_changes.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/procedure/request_rules.hpp"
#include "handlers/procedure/service_clock.hpp"
#include "handlers/procedure/service_level.hpp"
#include "handlers/report_window.hpp"
#include "handlers/requests/change_order.hpp"
#include "handlers/requests/request_moves.hpp"
#include "handlers/requests/request_views.hpp"
#include "handlers/scope.hpp"
#include "storage/items_store.hpp"
#include "storage/people_store.hpp"
#include "storage/requests_store.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers::requests {
namespace {

namespace field = procedure::request_field;
using procedure::RequestState;
using procedure::Role;
using procedure::ServiceRequest;

constexpr const char* old_card =
    "Esta tarjeta ya no es válida. Escriba «abrir una SS» para empezar de nuevo.";

std::optional<procedure::Person> leader_of(storage::Session& session, const procedure::Process* process) {
  return process ? storage::find_person(session, process->leader_id) : std::nullopt;
}

Notice notice_to(const procedure::Person& person, const ServiceRequest& request, const char* what,
                 cards::Card card) {
  return {.aad_object_id = person.aad_object_id,
          .key = std::string("request:") + request.id + ":" + what + ":" + person.id,
          .subject = "request:" + request.id,
          .content = {.card = std::move(card)}};
}

// An SS-4 is accepted while the report is being validated and not after (R-43, C-13).
Result<void> check_report_window(storage::Session& session, const Reference& reference,
                                 const ServiceRequest& request) {
  const auto window = report_window(session, reference, request.process_id, request.filed_at);
  if (window && window->is_open) return {};
  const std::string why =
      window && local_date(request.filed_at) > window->last_day
          ? "El plazo para pedir ajustes al reporte venció el " + cards::long_date(window->last_day) + "."
          : "Su proceso no tiene un reporte de seguimiento en validación.";
  return fail(ErrorCode::refused, "SS-4 outside the validation window",
              why + " Si necesita un cambio, use otra SS; se tendrá en cuenta en el siguiente reporte.");
}

// What is missing or wrong, with what only the store knows: an item must be of the process it is filed for.
std::vector<procedure::RequestProblem> problems_of(storage::Session& session, const ServiceRequest& request) {
  std::vector<procedure::RequestProblem> problems = procedure::check_request(request);
  const auto item = storage::find_item(session, request.item_id);
  if (item && item->process_id != request.process_id) {
    problems.push_back({field::item, "Ese código no es del proceso elegido. Revíselo."});
  }
  return problems;
}

// The value of the item's field as people read it; "" when the item has no such field.
std::string value_today(storage::Session& session, const procedure::Item& item, std::string_view name) {
  return value_in_words(session, name, procedure::item_value(item, name));
}

// What the store knows better than the person: the value of today, and the period that words name.
void complete(storage::Session& session, ServiceRequest& request) {
  if (request.type == "SS-5") {
    request.requested_value = period_from_words(request.requested_value, local_date(request.filed_at));
  }
  if (request.field.empty()) return;
  const auto item = storage::find_item(session, request.item_id);
  const std::vector<std::string> known =
      item ? procedure::changeable_fields(item->kind) : std::vector<std::string>{};
  if (std::find(known.begin(), known.end(), request.field) == known.end()) {
    request.field.clear();
  } else if (request.current_value.empty()) {
    request.current_value = value_today(session, *item, request.field);
  }
}

std::string reason_of(const procedure::ClockDay& day) {
  if (day.number > 0) return "día hábil " + std::to_string(day.number);
  if (day.waiting) return "no cuenta: se esperaba información";
  std::vector<std::string> reasons;
  for (const procedure::NonBusinessReason& reason : day.reasons) {
    reasons.push_back(reason.norm.empty() ? reason.name : reason.name + " (" + reason.norm + ")");
  }
  return "no cuenta: " + cards::enumerate(reasons);
}

std::string rule_in_words(const ServiceRequest& request, const procedure::ServiceClock& clock) {
  std::string words = "Una " + request.type + " se responde en " + std::to_string(clock.level) +
                      (clock.level == 1 ? " día hábil" : " días hábiles") + ", contados desde el día hábil " +
                      "siguiente al " + cards::long_date(*clock.started_on) + ".";
  if (clock.suspended > 0) {
    words += clock.suspended == 1 ? " No cuenta 1 día hábil en que se esperaba información."
                                  : " No cuentan " + std::to_string(clock.suspended) +
                                        " días hábiles en que se esperaba información.";
  }
  return words;
}

std::string carried(const Turn& turn, const char* name) {
  return std::string(turn.value(name));
}

}  // namespace

Result<Decision> RequestHandler::on_start(const Turn& turn, bool change_order, std::string_view subject,
                                          std::string_view item_id) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const procedure::PracticeRules* general = reference->rules_of(procedure::practice::general);
  if (!general || general->service_levels.empty()) {
    return fail(ErrorCode::refused, "no general guideline with service levels is published",
                "Aún no hay lineamientos generales publicados. Consulte a su asesor.");
  }
  cards::RequestTypesView view{.types = general->service_levels,
                               .subject = std::string(subject),
                               .item_id = std::string(item_id),
                               .from_change_order = change_order};
  if (view.subject.empty()) view.subject = carried(turn, field::subject);
  if (view.item_id.empty()) view.item_id = carried(turn, field::item);
  if (change_order) {
    Result<ChangeOrder> order = read_order(turn, subject, view.item_id);
    if (!order) return tl::unexpected<Error>(order.error());
    view.item_id = order->item_id;
    if (const auto* type = procedure::find_service_level(*general, order->type)) {
      return ordered_form(turn, *reference, *type, view.subject, *order);
    }
  }
  return Decision(Reply{.content = {.card = cards::request_types_card(view)},
                        .trace = {.outcome = "request_types_shown",
                                  .fields = {{"change_order", change_order ? "yes" : "no"}}}});
}

Result<ChangeOrder> RequestHandler::read_order(const Turn& turn, std::string_view text,
                                               std::string_view named) const {
  return database_.read([&](storage::Session& session) {
    std::vector<procedure::Item> items;
    for (const ProcessScope& scope : scopes_of(*turn.person, local_date(turn.at))) {
      if (!scope.whole) continue;
      for (procedure::Item& item : storage::items_of(session, scope.process_id))
        items.push_back(std::move(item));
    }
    return read_change_order(text, named, items);
  });
}

// The form of the SS that an order needs, with what is certain filled in (C-11).
Result<Decision> RequestHandler::ordered_form(const Turn& turn, const Reference& reference,
                                              const procedure::ServiceLevel& type, const std::string& subject,
                                              const ChangeOrder& order) const {
  Turn carried_over = turn;
  carried_over.values[field::subject] = cards::shorten(subject, 250);
  carried_over.values[field::item] = order.item_id;
  carried_over.values[field::changed_field] = order.field;
  Result<cards::RequestFormView> view = form_of(carried_over, reference, type);
  if (!view) return tl::unexpected<Error>(view.error());
  view->from_change_order = true;
  return Decision(
      Reply{.content = {.card = cards::request_form_card(*view)},
            .trace = {.outcome = "request_form_shown",
                      .fields = {{"type", type.type}, {"item", order.item_id}, {"change_order", "yes"}}}});
}

Result<cards::RequestFormView> RequestHandler::form_of(const Turn& turn, const Reference& reference,
                                                       const procedure::ServiceLevel& type) const {
  cards::RequestFormView view{.type = type, .values = turn.values};
  const Date today = local_date(turn.at);
  for (const ProcessScope& scope : scopes_of(*turn.person, today)) {
    if (scope.whole) view.processes.emplace_back(scope.process_id, reference.process_name(scope.process_id));
  }
  for (const procedure::PracticeRules& rules : reference.rules) {
    if (rules.practice != procedure::practice::general)
      view.practices.emplace_back(rules.practice, rules.name);
  }
  const Result<void> filled = database_.read([&](storage::Session& session) {
    const auto item = storage::find_item(session, turn.value(field::item));
    if (!item || !procedure::may(*turn.person, procedure::Action::file_request, item->process_id,
                                 item->practice, today))
      return;
    view.values.try_emplace("proceso", item->process_id);
    view.values.try_emplace("practica", item->practice);
    if (type.type == "SS-2" || type.type == "SS-6") view.fields = procedure::changeable_fields(item->kind);
    std::string& current = view.values[field::current_value];
    if (current.empty()) current = value_today(session, *item, turn.value(field::changed_field));
  });
  if (!filled) return tl::unexpected<Error>(filled.error());
  return view;
}

Result<Decision> RequestHandler::on_form(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const procedure::PracticeRules* general = reference->rules_of(procedure::practice::general);
  const procedure::ServiceLevel* type =
      general ? procedure::find_service_level(*general, turn.value("tipo")) : nullptr;
  if (!type) return fail(ErrorCode::invalid, "request form: unknown type", old_card);
  const Result<cards::RequestFormView> view = form_of(turn, *reference, *type);
  if (!view) return tl::unexpected<Error>(view.error());
  return Decision(Reply{.content = {.card = cards::request_form_card(*view)},
                        .trace = {.outcome = "request_form_shown", .fields = {{"type", type->type}}}});
}

Result<Decision> RequestHandler::on_file(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const procedure::PracticeRules* general = reference->rules_of(procedure::practice::general);
  const procedure::ServiceLevel* type =
      general ? procedure::find_service_level(*general, turn.value("tipo")) : nullptr;
  const procedure::Process* process = reference->process(turn.value("proceso"));
  const procedure::PracticeRules* practice = reference->rules_of(turn.value("practica"));
  if (!type || !process || !practice)
    return fail(ErrorCode::invalid, "request: stale or foreign values", old_card);

  const Date today = local_date(turn.at);
  const Role filed_as =
      procedure::holds_role(*turn.person, Role::leader, process->id, today) ? Role::leader : Role::liaison;
  ServiceRequest request{.provisional = true,
                         .process_id = process->id,
                         .practice = practice->practice,
                         .type = type->type,
                         .subject = carried(turn, field::subject),
                         .item_id = carried(turn, field::item),
                         .current_value = carried(turn, field::current_value),
                         .requested_value = carried(turn, field::requested_value),
                         .justification = carried(turn, field::justification),
                         .evidence = carried(turn, field::evidence),
                         .filed_by = turn.person->id,
                         .filed_at = turn.at,
                         .endorsement_pending = procedure::needs_endorsement(type->type, filed_as),
                         .state = RequestState::draft,
                         .advisor_id = process->advisor_id,
                         .field = carried(turn, field::changed_field)};
  const auto problems = database_.read([&](storage::Session& session) {
    complete(session, request);
    return problems_of(session, request);
  });
  if (!problems) return tl::unexpected<Error>(problems.error());
  if (!problems->empty()) {
    Result<cards::RequestFormView> view = form_of(turn, *reference, *type);
    if (!view) return tl::unexpected<Error>(view.error());
    for (const procedure::RequestProblem& problem : *problems) {
      view->problems.push_back({problem.field, problem.sentence});
    }
    return Decision(Reply{.content = {.card = cards::request_form_card(*view)},
                          .trace = {.outcome = "form_incomplete", .fields = {{"type", type->type}}}});
  }

  return Decision::storing(
      [reference, request, filer = *turn.person](storage::Session& session) -> Result<Reply> {
        if (request.type == "SS-4") {
          const Result<void> open = check_report_window(session, *reference, request);
          if (!open) return tl::unexpected<Error>(open.error());
        }
        const Result<Moved> moved = file_request(session, *reference, request, {request.filed_by, "teams"});
        if (!moved) return tl::unexpected<Error>(moved.error());
        const ServiceRequest& filed = moved->request;
        const auto seen_by = [&](const procedure::Person& one) {
          return view_for(session, *reference, filed, one, request.filed_at);
        };
        Reply reply{.content = {.card = cards::request_receipt_card(seen_by(filer))},
                    .trace = {.outcome = "request_filed",
                              .fields = {{"request", filed.id},
                                         {"type", filed.type},
                                         {"process", filed.process_id},
                                         {"from", "borrador"},
                                         {"to", std::string(procedure::to_word(filed.state))}}}};
        if (filed.endorsement_pending) {
          if (const auto leader = leader_of(session, reference->process(filed.process_id))) {
            reply.notices.push_back(
                notice_to(*leader, filed, "endorse", cards::request_endorsement_card(seen_by(*leader))));
          }
          return reply;
        }
        for (const procedure::Person& advisor : in_charge(session, filed, local_date(request.filed_at))) {
          reply.notices.push_back(
              notice_to(advisor, filed, "assigned", cards::request_assigned_card(seen_by(advisor))));
        }
        return reply;
      });
}

Result<Decision> RequestHandler::on_endorse(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, id = carried(turn, "ss"), leader = *turn.person,
                            now = turn.at](storage::Session& session) -> Result<Reply> {
    const std::optional<ServiceRequest> request = storage::find_request(session, id);
    if (!request) return unknown_request(id);
    const Date today = local_date(now);
    const Result<void> may = procedure::may_move(leader, *request, procedure::RequestEvent::endorse, today);
    if (!may) return tl::unexpected<Error>(may.error());
    const Result<Moved> moved = move_request(session, *reference, *request, procedure::RequestEvent::endorse,
                                             {leader.id, "teams"}, now);
    if (!moved) return tl::unexpected<Error>(moved.error());
    const auto seen_by = [&](const procedure::Person& one) {
      return view_for(session, *reference, moved->request, one, now);
    };
    Reply reply{
        .content = {.card = cards::request_status_card(seen_by(leader))},
        .trace = {.outcome = "request_endorsed",
                  .fields = {{"request", request->id}, {"from", "aval_pendiente"}, {"to", "avalada"}}}};
    for (const procedure::Person& advisor : in_charge(session, moved->request, today)) {
      reply.notices.push_back(
          notice_to(advisor, moved->request, "assigned", cards::request_assigned_card(seen_by(advisor))));
    }
    if (const auto filer = storage::find_person(session, request->filed_by)) {
      reply.notices.push_back(
          notice_to(*filer, moved->request, "endorsed", cards::request_status_card(seen_by(*filer))));
    }
    return reply;
  });
}

Result<Decision> RequestHandler::on_view(const Turn& turn, std::string_view request_id) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    const std::optional<ServiceRequest> request = storage::find_request(session, request_id);
    // Whoever may not see it learns nothing, not even that it exists.
    if (!request || !procedure::may_see_request(*turn.person, *request, local_date(turn.at)))
      return unknown_request(request_id);
    return Decision(Reply{.content = {.card = cards::request_status_card(
                                          view_for(session, *reference, *request, *turn.person, turn.at))},
                          .trace = {.outcome = "request_shown", .fields = {{"request", request->id}}}});
  });
}

Result<Decision> RequestHandler::on_why(const Turn& turn) const {
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    const std::optional<ServiceRequest> request = storage::find_request(session, turn.value("ss"));
    if (!request || !procedure::may_see_request(*turn.person, *request, local_date(turn.at)))
      return unknown_request(turn.value("ss"));
    const Result<procedure::ServiceClock> clock = clock_of(session, request->id);
    if (!clock) return tl::unexpected<Error>(clock.error());
    if (!clock->due_on) {
      return fail(ErrorCode::conflict, "the clock of the request does not run",
                  "El plazo de la solicitud " + request->id +
                      (clock->started_on ? " está detenido: espera información del proceso."
                                         : " empieza a contar con el aval del líder."));
    }
    cards::DueView view{.what = "Solicitud " + request->id + ", " + cards::request_type_name(request->type),
                        .due_on = *clock->due_on,
                        .rule = rule_in_words(*request, *clock)};
    for (const procedure::ClockDay& day : procedure::explain(*clock)) {
      view.days.push_back({day.day, reason_of(day)});
    }
    return Decision(
        Reply{.content = {.card = cards::due_card(view)},
              .trace = {.outcome = "due_explained",
                        .fields = {{"request", request->id}, {"due_on", iso_date(*clock->due_on)}}}});
  });
}

}  // namespace pao::handlers::requests
