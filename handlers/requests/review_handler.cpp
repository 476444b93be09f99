#include "handlers/requests/review_handler.hpp"

#include "cards/request_step_card.hpp"
#include "cards/texts.hpp"
#include "handlers/procedure/characters.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/procedure/request_rules.hpp"
#include "handlers/requests/apply_change.hpp"
#include "handlers/requests/request_moves.hpp"
#include "handlers/requests/request_views.hpp"
#include "handlers/requests/step_forms.hpp"
#include "storage/people_store.hpp"
#include "storage/request_events_store.hpp"
#include "storage/requests_store.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers::requests {
namespace {

using procedure::Person;
using procedure::RequestDecision;
using procedure::RequestEvent;
using procedure::ServiceRequest;

// A text that the step needs; `invalid` with that sentence when it is empty.
Result<std::string> needed(const Turn& turn, const char* name, const char* sentence) {
  std::string text = procedure::trimmed(turn.value(name));
  if (text.empty()) return fail(ErrorCode::invalid, std::string("empty ") + name, sentence);
  if (procedure::count_characters(text) > procedure::max_request_text_length) {
    return fail(ErrorCode::invalid, std::string("too long ") + name,
                "El texto es muy largo. Use máximo 2.000 caracteres.");
  }
  return text;
}

// The request of the turn, when the person may see it and do that to it.
Result<ServiceRequest> request_for(storage::Session& session, const Turn& turn, RequestEvent event) {
  std::optional<ServiceRequest> request = storage::find_request(session, turn.value("ss"));
  const Date today = local_date(turn.at);
  if (!request) return unknown_request(turn.value("ss"));
  if (!procedure::may_see_request(*turn.person, *request, today)) {
    // Who may not see it learns only that it is not for him or her.
    const Result<void> may = procedure::may_move(*turn.person, *request, event, today);
    return may ? Result<ServiceRequest>(unknown_request(turn.value("ss")))
               : Result<ServiceRequest>(tl::unexpected<Error>(may.error()));
  }
  if (const Result<void> may = procedure::may_move(*turn.person, *request, event, today); !may) {
    return tl::unexpected<Error>(may.error());
  }
  return std::move(*request);
}

Doer doer_of(const Turn& turn) {
  return {turn.person->id, "teams"};
}

// What is answered to who did the step, with what goes into the registro.
Reply done(storage::Session& session, const Reference& reference, const Turn& turn, const char* outcome,
           procedure::RequestState before, const Moved& moved, const std::string& reason = "") {
  const cards::RequestView view = view_for(session, reference, moved.request, *turn.person, turn.at);
  Reply reply{.content = {.card = cards::request_status_card(view)},
              .trace = {.outcome = outcome,
                        .fields = {{"request", moved.request.id},
                                   {"from", std::string(procedure::to_word(before))},
                                   {"to", std::string(procedure::to_word(moved.request.state))}}}};
  if (!reason.empty()) reply.trace.fields.emplace("reason", reason);
  return reply;
}

}  // namespace

Result<Decision> ReviewHandler::on_step(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const std::string_view word = turn.value("paso");
  const auto event = procedure::parse_request_event(word);
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    const Result<ServiceRequest> request = request_for(session, turn, event.value_or(RequestEvent::take));
    if (!request) return tl::unexpected<Error>(request.error());
    if (event) {
      if (const auto next = procedure::move(*request, *event); !next)
        return tl::unexpected<Error>(next.error());
    }
    const Result<cards::RequestStepView> step = step_view(
        session, *reference, *request, word, view_of(session, *reference, *request, turn.at), turn.at);
    if (!step) return tl::unexpected<Error>(step.error());
    return Decision(
        Reply{.content = {.card = cards::request_step_card(*step)},
              .trace = {.outcome = "request_step_shown",
                        .fields = {{"request", request->id}, {"step", std::string(word.substr(0, 40))}}}});
  });
}

Result<Decision> ReviewHandler::on_take(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](storage::Session& session) -> Result<Reply> {
    const Result<ServiceRequest> request = request_for(session, turn, RequestEvent::take);
    if (!request) return tl::unexpected<Error>(request.error());
    ServiceRequest taken = *request;
    if (taken.advisor_id.empty()) taken.advisor_id = turn.person->id;
    const Result<Moved> moved =
        move_request(session, *reference, taken, RequestEvent::take, doer_of(turn), turn.at);
    if (!moved) return tl::unexpected<Error>(moved.error());
    return done(session, *reference, turn, "request_taken", request->state, *moved);
  });
}

Result<Decision> ReviewHandler::on_ask(const Turn& turn) const {
  const Result<std::string> question = needed(turn, "pregunta", "Escriba qué información hace falta.");
  if (!question) return tl::unexpected<Error>(question.error());
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing(
      [reference, turn, question = *question](storage::Session& session) -> Result<Reply> {
        const Result<ServiceRequest> request = request_for(session, turn, RequestEvent::ask_information);
        if (!request) return tl::unexpected<Error>(request.error());
        const Result<Moved> moved = move_request(session, *reference, *request, RequestEvent::ask_information,
                                                 doer_of(turn), turn.at, {.reason = question});
        if (!moved) return tl::unexpected<Error>(moved.error());
        Reply reply =
            done(session, *reference, turn, "request_information_asked", request->state, *moved, question);
        tell(reply, session, *reference, moved->request, moved->event,
             participants(session, *reference, moved->request, local_date(turn.at)), turn.person->id,
             "Falta información en la solicitud " + moved->request.id, turn.at);
        return reply;
      });
}

Result<Decision> ReviewHandler::on_inform(const Turn& turn) const {
  const Result<std::string> information = needed(turn, "informacion", "Escriba la información que aporta.");
  if (!information) return tl::unexpected<Error>(information.error());
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing(
      [reference, turn, information = *information,
       evidence = procedure::trimmed(turn.value("evidencia"))](storage::Session& session) -> Result<Reply> {
        const Result<ServiceRequest> request = request_for(session, turn, RequestEvent::provide_information);
        if (!request) return tl::unexpected<Error>(request.error());
        const Result<procedure::ServiceClock> clock = clock_of(session, request->id);
        const auto until = clock ? procedure::information_until(*clock) : std::nullopt;
        if (until && local_date(turn.at) > *until) {
          return fail(ErrorCode::refused, "the time for the information has passed",
                      "El plazo para completar la solicitud venció el " + cards::long_date(*until) +
                          ". Se cierra por falta de respuesta; si todavía lo necesita, presente otra SS.");
        }
        const Result<Moved> moved =
            move_request(session, *reference, *request, RequestEvent::provide_information, doer_of(turn),
                         turn.at, {.reason = information, .new_value = cards::shorten(evidence, 500)});
        if (!moved) return tl::unexpected<Error>(moved.error());
        Reply reply =
            done(session, *reference, turn, "request_information_given", request->state, *moved, information);
        tell(reply, session, *reference, moved->request, moved->event,
             in_charge(session, moved->request, local_date(turn.at)), turn.person->id,
             "Llegó la información de la solicitud " + moved->request.id, turn.at);
        return reply;
      });
}

Result<Decision> ReviewHandler::on_decide(const Turn& turn) const {
  const auto decision = procedure::parse_request_decision(turn.value("decision"));
  if (!decision) return fail(ErrorCode::invalid, "no decision chosen", "Elija la decisión.");
  const Result<std::string> said =
      needed(turn, "decia_reporte", "Escriba qué decía el reporte o el registro.");
  if (!said) return tl::unexpected<Error>(said.error());
  const Result<std::string> shows = needed(turn, "muestra_evidencia", "Escriba qué muestra la evidencia.");
  if (!shows) return tl::unexpected<Error>(shows.error());
  const std::string reason = procedure::trimmed(turn.value("motivo"));
  if (reason.empty() && procedure::needs_reason(*decision)) {
    return fail(ErrorCode::invalid, "decision without a reason",
                "Explique el motivo: es obligatorio cuando se rechaza o se aprueba en parte.");
  }
  if (procedure::count_characters(reason) > procedure::max_request_text_length) {
    return fail(ErrorCode::invalid, "reason too long",
                "El motivo es muy largo. Use máximo 2.000 caracteres.");
  }
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn, decision = *decision, said = *said, shows = *shows,
                            reason](storage::Session& session) -> Result<Reply> {
    const bool rejects = decision == RequestDecision::rejected;
    const RequestEvent event = rejects ? RequestEvent::reject : RequestEvent::approve;
    const Result<ServiceRequest> request = request_for(session, turn, event);
    if (!request) return tl::unexpected<Error>(request.error());
    const std::vector<RequestDecision> possible = procedure::decisions_on(request->type);
    if (std::find(possible.begin(), possible.end(), decision) == possible.end()) {
      return fail(ErrorCode::invalid, "only an SS-4 is accepted in part",
                  "Solo una SS-4 se aprueba en parte. Apruebe o rechace la solicitud.");
    }
    ServiceRequest decided = *request;
    decided.decision = std::string(procedure::to_word(decision));
    decided.reason = reason;
    const Result<Moved> moved = move_request(session, *reference, decided, event, doer_of(turn), turn.at,
                                             {.reason = reason, .new_value = decided.decision});
    if (!moved) return tl::unexpected<Error>(moved.error());
    storage::save_review(session, {.request_id = decided.id,
                                   .reviewed_by = turn.person->id,
                                   .reviewed_at = turn.at,
                                   .report_said = said,
                                   .evidence_shows = shows,
                                   .decision = decision,
                                   .reason = reason});
    Reply reply = done(session, *reference, turn, "request_decided", request->state, *moved, reason);
    reply.trace.fields.emplace("decision", decided.decision);
    const std::string what = rejects                                        ? "fue rechazada"
                             : decision == RequestDecision::partly_accepted ? "fue aprobada en parte"
                                                                            : "fue aprobada";
    tell(reply, session, *reference, moved->request, moved->event,
         participants(session, *reference, moved->request, local_date(turn.at)), turn.person->id,
         "La solicitud " + decided.id + " " + what, turn.at);
    return reply;
  });
}

Result<Decision> ReviewHandler::on_apply(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](storage::Session& session) -> Result<Reply> {
    const Result<ServiceRequest> request = request_for(session, turn, RequestEvent::apply);
    if (!request) return tl::unexpected<Error>(request.error());
    if (const auto next = procedure::move(*request, RequestEvent::apply); !next)
      return tl::unexpected<Error>(next.error());
    const Result<Applied> applied =
        apply_change(session, *reference, *request, turn.values, turn.person->id, turn.at);
    if (!applied) return tl::unexpected<Error>(applied.error());
    const Result<Moved> moved = move_request(
        session, *reference, *request, RequestEvent::apply, doer_of(turn), turn.at,
        {.reason = applied->what, .old_value = applied->old_value, .new_value = applied->new_value});
    if (!moved) return tl::unexpected<Error>(moved.error());
    Reply reply = done(session, *reference, turn, "request_applied", request->state, *moved, applied->what);
    reply.trace.fields.emplace("old_value", applied->old_value);
    reply.trace.fields.emplace("new_value", applied->new_value);
    tell(reply, session, *reference, moved->request, moved->event,
         participants(session, *reference, moved->request, local_date(turn.at)), turn.person->id,
         "Se aplicó el cambio de la solicitud " + request->id, turn.at);
    return reply;
  });
}

Result<Decision> ReviewHandler::on_close(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](storage::Session& session) -> Result<Reply> {
    const Result<ServiceRequest> request = request_for(session, turn, RequestEvent::close);
    if (!request) return tl::unexpected<Error>(request.error());
    const Result<Moved> moved =
        move_request(session, *reference, *request, RequestEvent::close, doer_of(turn), turn.at);
    if (!moved) return tl::unexpected<Error>(moved.error());
    return done(session, *reference, turn, "request_closed", request->state, *moved);
  });
}

Result<Decision> ReviewHandler::on_withdraw(const Turn& turn) const {
  const Result<std::string> reason = needed(turn, "motivo", "Escriba por qué la retira.");
  if (!reason) return tl::unexpected<Error>(reason.error());
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn, reason = *reason](storage::Session& session) -> Result<Reply> {
    const Result<ServiceRequest> request = request_for(session, turn, RequestEvent::withdraw);
    if (!request) return tl::unexpected<Error>(request.error());
    const Result<Moved> moved = move_request(session, *reference, *request, RequestEvent::withdraw,
                                             doer_of(turn), turn.at, {.reason = reason});
    if (!moved) return tl::unexpected<Error>(moved.error());
    Reply reply = done(session, *reference, turn, "request_withdrawn", request->state, *moved, reason);
    tell(reply, session, *reference, moved->request, moved->event,
         participants(session, *reference, moved->request, local_date(turn.at)), turn.person->id,
         "Se retiró la solicitud " + request->id, turn.at);
    return reply;
  });
}

Result<Decision> ReviewHandler::on_reassign(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](storage::Session& session) -> Result<Reply> {
    const Result<ServiceRequest> request = request_for(session, turn, RequestEvent::reassign);
    if (!request) return tl::unexpected<Error>(request.error());
    const auto advisor = storage::find_person(session, turn.value("asesor"));
    const Date today = local_date(turn.at);
    if (!advisor || !procedure::holds_role(*advisor, procedure::Role::advisor, "", today)) {
      return fail(ErrorCode::invalid, "not an active advisor", "Elija un asesor activo.");
    }
    if (advisor->id == request->filed_by) {
      return fail(ErrorCode::refused, "nobody decides the own request",
                  "Esa persona presentó la solicitud. Elija otro asesor.");
    }
    if (advisor->id == request->advisor_id) {
      return fail(ErrorCode::conflict, "the advisor has it already", "Esa persona ya tiene la solicitud.");
    }
    ServiceRequest reassigned = *request;
    reassigned.advisor_id = advisor->id;
    const std::string before = storage::person_name(session, request->advisor_id);
    const Result<Moved> moved =
        move_request(session, *reference, reassigned, RequestEvent::reassign, doer_of(turn), turn.at,
                     {.reason = cards::shorten(procedure::trimmed(turn.value("motivo")), 2000),
                      .old_value = before.empty() ? "sin asesor" : before,
                      .new_value = advisor->name});
    if (!moved) return tl::unexpected<Error>(moved.error());
    Reply reply = done(session, *reference, turn, "request_reassigned", request->state, *moved);
    reply.trace.fields.emplace("advisor_from", request->advisor_id);
    reply.trace.fields.emplace("advisor_to", advisor->id);
    std::vector<Person> told = {*advisor};
    if (const auto former = storage::find_person(session, request->advisor_id); former && former->active)
      told.push_back(*former);
    if (const auto filer = storage::find_person(session, request->filed_by); filer && filer->active)
      told.push_back(*filer);
    tell(reply, session, *reference, moved->request, moved->event, told, turn.person->id,
         "La solicitud " + request->id + " la tiene ahora " + advisor->name, turn.at);
    return reply;
  });
}

Result<Decision> ReviewHandler::on_confirm(const Turn& turn) const {
  const std::string number = procedure::trimmed(turn.value("numero_smgi"));
  const bool plausible =
      number.size() >= 4 && number.size() <= 40 && number.rfind("PAO-", 0) != 0 &&
      std::all_of(number.begin(), number.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
      });
  if (!plausible) {
    return fail(ErrorCode::invalid, "not an SMGI number",
                "Escriba el número como lo da el SMGI, por ejemplo SS-2026-0086.");
  }
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn, number](storage::Session& session) -> Result<Reply> {
    // Whoever may take a request may also tell its number, at any time.
    const Result<ServiceRequest> request = request_for(session, turn, RequestEvent::take);
    if (!request) return tl::unexpected<Error>(request.error());
    const Result<ServiceRequest> confirmed =
        storage::confirm_request_filing(session, request->id, number, turn.person->id, "teams", turn.at);
    if (!confirmed) return tl::unexpected<Error>(confirmed.error());
    const cards::RequestView view = view_for(session, *reference, *confirmed, *turn.person, turn.at);
    Reply reply{.content = {.card = cards::request_status_card(view)},
                .trace = {.outcome = "request_number_recorded",
                          .fields = {{"request", number}, {"from", request->id}, {"to", number}}}};
    const auto filer = storage::find_person(session, confirmed->filed_by);
    if (request->provisional && filer && filer->active && filer->id != turn.person->id) {
      const cards::RequestView told = view_for(session, *reference, *confirmed, *filer, turn.at);
      reply.notices.push_back({.aad_object_id = filer->aad_object_id,
                               .key = "request:" + request->id + ":number:" + filer->id,
                               .subject = "request:" + number,
                               .content = {.card = cards::request_news_card(
                                               told, "Solicitud radicada con el número " + number)}});
    }
    return reply;
  });
}

}  // namespace pao::handlers::requests
