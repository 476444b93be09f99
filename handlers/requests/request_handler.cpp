#include "handlers/requests/request_handler.hpp"

#include "cards/texts.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/procedure/request_rules.hpp"
#include "handlers/procedure/service_level.hpp"
#include "handlers/report_window.hpp"
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

tl::unexpected<Error> unknown_request(std::string_view id) {
  // The number may be anything that a card carried, so it is shown as data and only its beginning.
  const std::string named = id.empty() ? "" : " " + cards::plain(cards::shorten(id, 40));
  return fail(
      ErrorCode::not_found, "no such request",
      "No encontré la solicitud" + named +
          " en sus procesos. Revise el número o escriba «qué me toca» para ver las que están en curso.");
}

std::string name_of(storage::Session& session, std::string_view person_id) {
  const auto person = storage::find_person(session, person_id);
  return person ? person->name : "";
}

std::optional<procedure::Person> leader_of(storage::Session& session, const procedure::Process* process) {
  return process ? storage::find_person(session, process->leader_id) : std::nullopt;
}

bool may_see(const procedure::Person& person, const ServiceRequest& request, Date today) {
  using procedure::Action;
  return procedure::may(person, Action::see_own_status, request.process_id, request.practice, today) ||
         procedure::may(person, Action::see_process_detail, request.process_id, request.practice, today);
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

// Whether somebody still works on it, so that an endorsement makes sense.
bool awaits_review(RequestState state) {
  return state == RequestState::draft || state == RequestState::filed ||
         state == RequestState::waiting_information;
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
    return fail(ErrorCode::unavailable, "no general guideline with service levels is published",
                "Aún no hay lineamientos generales publicados. Consulte a su asesor.");
  }
  cards::RequestTypesView view{.types = general->service_levels,
                               .subject = std::string(subject),
                               .item_id = std::string(item_id),
                               .from_change_order = change_order};
  if (view.subject.empty()) view.subject = carried(turn, field::subject);
  if (view.item_id.empty()) view.item_id = carried(turn, field::item);
  return Decision(Reply{.content = {.card = cards::request_types_card(view)},
                        .trace = {.outcome = "request_types_shown",
                                  .fields = {{"change_order", change_order ? "yes" : "no"}}}});
}

cards::RequestFormView RequestHandler::form_of(const Turn& turn, const Reference& reference,
                                               const procedure::ServiceLevel& type) const {
  cards::RequestFormView view{.type = type, .values = turn.values};
  for (const ProcessScope& scope : scopes_of(*turn.person, local_date(turn.at))) {
    if (scope.whole) view.processes.emplace_back(scope.process_id, reference.process_name(scope.process_id));
  }
  for (const procedure::PracticeRules& rules : reference.rules) {
    if (rules.practice != procedure::practice::general)
      view.practices.emplace_back(rules.practice, rules.name);
  }
  return view;
}

Result<Decision> RequestHandler::on_form(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const procedure::PracticeRules* general = reference->rules_of(procedure::practice::general);
  const procedure::ServiceLevel* type =
      general ? procedure::find_service_level(*general, turn.value("tipo")) : nullptr;
  if (!type) return fail(ErrorCode::invalid, "request form: unknown type", old_card);
  cards::RequestFormView view = form_of(turn, *reference, *type);
  return Decision(Reply{.content = {.card = cards::request_form_card(view)},
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
                         .state = RequestState::filed,
                         .advisor_id = process->advisor_id};
  const auto problems =
      database_.read([&](storage::Session& session) { return problems_of(session, request); });
  if (!problems) return tl::unexpected<Error>(problems.error());
  if (!problems->empty()) {
    cards::RequestFormView view = form_of(turn, *reference, *type);
    for (const procedure::RequestProblem& problem : *problems) {
      view.problems.push_back({problem.field, problem.sentence});
    }
    return Decision(Reply{.content = {.card = cards::request_form_card(view)},
                          .trace = {.outcome = "form_incomplete", .fields = {{"type", type->type}}}});
  }
  request.due_on = procedure::service_due(request, *type, reference->calendar);

  return Decision::storing([this, reference, request,
                            now = turn.at](storage::Session& session) -> Result<Reply> {
    if (request.type == "SS-4") {
      const Result<void> open = check_report_window(session, *reference, request);
      if (!open) return tl::unexpected<Error>(open.error());
    }
    const Result<ServiceRequest> filed = storage::add_request(session, request);
    if (!filed) return tl::unexpected<Error>(filed.error());
    const cards::RequestView view = view_of(session, *reference, *filed, now);
    Reply reply{.content = {.card = cards::request_receipt_card(view)},
                .trace = {.outcome = "request_filed",
                          .fields = {{"request", filed->id},
                                     {"type", filed->type},
                                     {"process", filed->process_id},
                                     {"to", std::string(procedure::to_word(filed->state))}}}};
    if (filed->endorsement_pending) {
      if (const auto leader = leader_of(session, reference->process(filed->process_id))) {
        reply.notices.push_back(notice_to(*leader, *filed, "endorse", cards::request_endorsement_card(view)));
      }
    } else if (const auto advisor = storage::find_person(session, filed->advisor_id)) {
      reply.notices.push_back(notice_to(*advisor, *filed, "assigned", cards::request_assigned_card(view)));
    }
    return reply;
  });
}

Result<Decision> RequestHandler::on_endorse(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([this, reference, id = carried(turn, "ss"), leader = *turn.person,
                            now = turn.at](storage::Session& session) -> Result<Reply> {
    std::optional<ServiceRequest> request = storage::find_request(session, id);
    if (!request) return unknown_request(id);
    if (!request->endorsement_pending) {
      return fail(ErrorCode::conflict, "request already endorsed",
                  "La solicitud " + request->id + " ya tiene su aval. No hace falta nada más.");
    }
    if (!awaits_review(request->state)) {
      return fail(ErrorCode::conflict, "request no longer awaits an endorsement",
                  "La solicitud " + request->id + " ya no está en curso, así que no necesita su aval.");
    }
    if (request->filed_by == leader.id) {
      return fail(ErrorCode::refused, "nobody endorses the own request",
                  "Usted presentó esta solicitud. El aval lo da otra persona: pídale apoyo a su asesor.");
    }
    const RequestState before = request->state;
    request->endorsement_pending = false;
    request->endorsed_at = now;
    const procedure::PracticeRules* general = reference->rules_of(procedure::practice::general);
    const procedure::ServiceLevel* type =
        general ? procedure::find_service_level(*general, request->type) : nullptr;
    if (type) request->due_on = procedure::service_due(*request, *type, reference->calendar);
    const Result<void> stored = storage::update_request(session, *request, before);
    if (!stored) return tl::unexpected<Error>(stored.error());

    const cards::RequestView view = view_of(session, *reference, *request, now);
    Reply reply{
        .content = {.card = cards::request_status_card(view)},
        .trace = {.outcome = "request_endorsed",
                  .fields = {{"request", request->id}, {"from", "aval_pendiente"}, {"to", "avalada"}}}};
    if (const auto advisor = storage::find_person(session, request->advisor_id)) {
      reply.notices.push_back(notice_to(*advisor, *request, "assigned", cards::request_assigned_card(view)));
    }
    const auto filer = storage::find_person(session, request->filed_by);
    if (filer) {
      reply.notices.push_back(notice_to(*filer, *request, "endorsed", cards::request_status_card(view)));
    }
    return reply;
  });
}

Result<Decision> RequestHandler::on_view(const Turn& turn, std::string_view request_id) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    const std::optional<ServiceRequest> request = storage::find_request(session, request_id);
    // Whoever may not see it learns nothing, not even that it exists.
    if (!request || !may_see(*turn.person, *request, local_date(turn.at))) return unknown_request(request_id);
    return Decision(Reply{
        .content = {.card = cards::request_status_card(view_of(session, *reference, *request, turn.at))},
        .trace = {.outcome = "request_shown", .fields = {{"request", request->id}}}});
  });
}

cards::RequestView RequestHandler::view_of(storage::Session& session, const Reference& reference,
                                           const ServiceRequest& request, Instant now) const {
  cards::RequestView view{.request = request,
                          .process_name = reference.process_name(request.process_id),
                          .advisor_name = name_of(session, request.advisor_id),
                          .filed_by_name = name_of(session, request.filed_by)};
  if (const auto leader = leader_of(session, reference.process(request.process_id)))
    view.leader_name = leader->name;
  const procedure::PracticeRules* general = reference.rules_of(procedure::practice::general);
  if (const auto* level = general ? procedure::find_service_level(*general, request.type) : nullptr) {
    view.service_level_business_days = level->business_days;
  }
  if (request.due_on) {
    view.business_days_left =
        procedure::business_days_left(*request.due_on, local_date(now), reference.calendar);
  }
  return view;
}

}  // namespace pao::handlers::requests
