#include "handlers/router.hpp"

#include <utility>

namespace pao::handlers {
namespace {

bool is_addressed_to_us(const Turn& turn) {
  return turn.kind != TurnKind::text || turn.place == Place::personal || turn.mentions_us;
}

}  // namespace

Handled Router::handle(const Turn& turn) const {
  if (turn.kind == TurnKind::other || turn.kind == TurnKind::departure || !is_addressed_to_us(turn)) {
    return {.decision = Decision{}};
  }
  const std::shared_ptr<const Reference> reference = reference_.current();
  const Hearing hearing(turn, *reference);
  for (const Route& route : routes_) {
    if (!route.matches(hearing)) continue;
    const Result<void> allowed = guard(route, *reference, turn);
    if (!allowed) return {route.name, tl::unexpected<Error>(allowed.error())};
    // A client that only looks must never act: the card stays as it is.
    if (turn.refresh && route.effect == Effect::writes)
      return {route.name, Decision(Reply{.trace = {.outcome = "refresh_ignored"}})};
    return {route.name, route.run(hearing)};
  }
  return {.decision = fail(ErrorCode::invalid, "no route for verb",
                           "Esta tarjeta ya no es válida. Escriba «ayuda» para ver qué puedo hacer.")};
}

Result<void> Router::guard(const Route& route, const Reference& reference, const Turn& turn) const {
  if (route.access.anybody) return {};
  if (!turn.person) {
    return fail(
        ErrorCode::refused, "sender is not in the directory",
        "No lo encuentro en el directorio de procesos, así que solo puedo responder preguntas generales. Si "
        "tiene un rol en un proceso, pida a la OAP que lo registre.");
  }
  if (route.where == Where::personal && turn.place != Place::personal) {
    return fail(ErrorCode::refused, "personal data asked for in a group",
                "Eso se lo muestro solo a usted: escríbame en el chat personal.");
  }
  if (route.effect == Effect::writes) {
    if (Result<void> writes = procedure::may_write(*turn.person, local_date(turn.at)); !writes) return writes;
  }
  std::string process_id;
  if (route.access.subject) {
    Result<std::string> subject = database_.read(
        [&](storage::Session& session) { return route.access.subject(session, reference, turn); });
    if (!subject) return tl::unexpected<Error>(subject.error());
    process_id = std::move(*subject);
  }
  if (!route.access.action) return {};
  return procedure::may(*turn.person, *route.access.action, process_id, "", local_date(turn.at));
}

}  // namespace pao::handlers
