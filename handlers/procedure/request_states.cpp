#include "handlers/procedure/request_states.hpp"

#include "handlers/procedure/permissions.hpp"

#include <string>
#include <utility>

namespace pao::procedure {
namespace {

using State = RequestState;
using Event = RequestEvent;

struct Move {
  State from;
  Event event;
  State to;
};

// Procedure 5.2. What is not here is refused.
constexpr Move moves[] = {
    {State::draft, Event::file, State::filed},
    {State::draft, Event::withdraw, State::withdrawn},
    {State::filed, Event::endorse, State::filed},
    {State::filed, Event::take, State::in_review},
    {State::filed, Event::withdraw, State::withdrawn},
    {State::filed, Event::reassign, State::filed},
    {State::in_review, Event::ask_information, State::waiting_information},
    {State::in_review, Event::approve, State::approved},
    {State::in_review, Event::reject, State::rejected},
    {State::in_review, Event::reassign, State::in_review},
    {State::waiting_information, Event::provide_information, State::in_review},
    {State::waiting_information, Event::close_unanswered, State::closed_unanswered},
    {State::waiting_information, Event::reassign, State::waiting_information},
    {State::approved, Event::apply, State::applied},
    {State::approved, Event::reassign, State::approved},
    {State::rejected, Event::close, State::closed},
    {State::applied, Event::close, State::closed},
};

constexpr std::pair<Event, std::string_view> event_words[] = {
    {Event::file, "radicar"},
    {Event::endorse, "avalar"},
    {Event::take, "tomar"},
    {Event::ask_information, "pedir_informacion"},
    {Event::provide_information, "dar_informacion"},
    {Event::close_unanswered, "cerrar_sin_respuesta"},
    {Event::approve, "aprobar"},
    {Event::reject, "rechazar"},
    {Event::apply, "aplicar"},
    {Event::close, "cerrar"},
    {Event::withdraw, "anular"},
    {Event::reassign, "reasignar"},
};

constexpr std::pair<RequestDecision, std::string_view> decision_words[] = {
    {RequestDecision::accepted, "aprobada"},
    {RequestDecision::partly_accepted, "aprobada_parcial"},
    {RequestDecision::rejected, "rechazada"},
};

// Where it stands, to begin a refusal with.
const char* standing(State state) {
  switch (state) {
    case State::draft:
      return "está en borrador";
    case State::filed:
      return "todavía no está en revisión";
    case State::in_review:
      return "está en revisión";
    case State::waiting_information:
      return "espera información del proceso";
    case State::approved:
      return "ya fue aprobada";
    case State::rejected:
      return "ya fue rechazada";
    case State::applied:
      return "ya fue aplicada";
    case State::closed:
      return "ya está cerrada";
    case State::closed_unanswered:
      return "se cerró por falta de respuesta";
    case State::withdrawn:
      return "fue anulada por quien la presentó";
  }
  return "no admite ese paso";
}

// When the step can be done, to end it with.
const char* condition(Event event) {
  switch (event) {
    case Event::file:
      return "Solo se radica un borrador.";
    case Event::endorse:
      return "El aval se da antes de que entre en revisión.";
    case Event::take:
      return "Solo se toma en revisión una solicitud recién presentada.";
    case Event::ask_information:
      return "La información se pide mientras está en revisión.";
    case Event::provide_information:
      return "Solo se completa una solicitud que espera información.";
    case Event::close_unanswered:
      return "Solo se cierra sin respuesta una solicitud que espera información.";
    case Event::approve:
    case Event::reject:
      return "Se decide mientras está en revisión.";
    case Event::apply:
      return "Solo se aplica una solicitud aprobada.";
    case Event::close:
      return "Se cierra después de aplicarla o de rechazarla.";
    case Event::withdraw:
      return "Se puede retirar mientras no haya entrado en revisión.";
    case Event::reassign:
      return "Solo se reasigna una solicitud en curso.";
  }
  return "";
}

tl::unexpected<Error> filed_it(const char* what) {
  return fail(ErrorCode::refused, "nobody decides the own request",
              std::string("Usted presentó esta solicitud. ") + what);
}

// The advisor who has it, wherever he or she advises; without one, those of the process.
bool has_it(const Person& person, const ServiceRequest& request, Date today) {
  if (holds_role(person, Role::coordination, "", today)) return true;
  if (request.advisor_id.empty()) return holds_role(person, Role::advisor, request.process_id, today);
  return request.advisor_id == person.id && holds_role(person, Role::advisor, "", today);
}

Result<void> may_decide(const Person& person, const ServiceRequest& request, Date today) {
  if (!has_it(person, request, today)) {
    const Result<void> refused = may(person, Action::decide_request, request.process_id, "", today);
    if (!refused) return refused;
    return fail(ErrorCode::refused, "another advisor has the request",
                "Esta solicitud la tiene otra persona. Pida a la coordinación que se la reasigne.");
  }
  if (request.filed_by == person.id) return filed_it("La decide otra persona.");
  return {};
}

}  // namespace

std::string_view to_word(RequestEvent event) {
  for (const auto& [value, word] : event_words) {
    if (value == event) return word;
  }
  return {};
}

std::optional<RequestEvent> parse_request_event(std::string_view word) {
  for (const auto& [value, known] : event_words) {
    if (known == word) return value;
  }
  return std::nullopt;
}

std::string_view to_word(RequestDecision decision) {
  for (const auto& [value, word] : decision_words) {
    if (value == decision) return word;
  }
  return {};
}

std::optional<RequestDecision> parse_request_decision(std::string_view word) {
  for (const auto& [value, known] : decision_words) {
    if (known == word) return value;
  }
  return std::nullopt;
}

std::vector<RequestDecision> decisions_on(std::string_view type) {
  if (type == "SS-4")
    return {RequestDecision::accepted, RequestDecision::partly_accepted, RequestDecision::rejected};
  return {RequestDecision::accepted, RequestDecision::rejected};
}

bool needs_reason(RequestDecision decision) {
  return decision != RequestDecision::accepted;
}

std::optional<RequestState> next_state(RequestState state, RequestEvent event) {
  for (const Move& move : moves) {
    if (move.from == state && move.event == event) return move.to;
  }
  return std::nullopt;
}

bool is_open(RequestState state) {
  return state == State::draft || state == State::filed || state == State::in_review ||
         state == State::waiting_information || state == State::approved;
}

Result<RequestState> move(const ServiceRequest& request, RequestEvent event) {
  const std::optional<State> next = next_state(request.state, event);
  if (!next) {
    return fail(ErrorCode::conflict, "the state of the request does not allow " + std::string(to_word(event)),
                "La solicitud " + request.id + " " + standing(request.state) + ". " + condition(event));
  }
  if (event == Event::take && request.endorsement_pending) {
    return fail(ErrorCode::conflict, "the aval is pending",
                "A la solicitud " + request.id +
                    " le falta el aval del líder. Podrá tomarla en revisión cuando lo dé.");
  }
  if (event == Event::endorse && !request.endorsement_pending) {
    return fail(ErrorCode::conflict, "request already endorsed",
                "La solicitud " + request.id +
                    (request.endorsed_at ? " ya tiene su aval" : " no espera un aval") +
                    ". No hace falta nada más.");
  }
  return *next;
}

Result<void> may_move(const Person& person, const ServiceRequest& request, RequestEvent event, Date today) {
  switch (event) {
    case Event::file:
    case Event::provide_information:
      return may(person, Action::file_request, request.process_id, request.practice, today);
    case Event::endorse: {
      const Result<void> leads =
          may(person, Action::endorse_request, request.process_id, request.practice, today);
      if (!leads) return leads;
      if (request.filed_by == person.id)
        return filed_it("El aval lo da otra persona: pídale apoyo a su asesor.");
      return {};
    }
    case Event::take:
    case Event::ask_information:
    case Event::approve:
    case Event::reject:
    case Event::apply:
    case Event::close:
      return may_decide(person, request, today);
    case Event::withdraw: {
      const Result<void> files =
          may(person, Action::file_request, request.process_id, request.practice, today);
      if (!files) return files;
      if (request.filed_by == person.id) return {};
      return fail(ErrorCode::refused, "only who filed it withdraws a request",
                  "La solicitud la retira quien la presentó.");
    }
    case Event::reassign:
      return may(person, Action::reassign, request.process_id, request.practice, today);
    case Event::close_unanswered:
      break;
  }
  return fail(ErrorCode::refused, "done by the calendar, not by a person",
              "La solicitud se cierra sola si pasan cinco días hábiles sin la información.");
}

bool may_see_request(const Person& person, const ServiceRequest& request, Date today) {
  return may(person, Action::see_own_status, request.process_id, request.practice, today) ||
         may(person, Action::see_process_detail, request.process_id, request.practice, today) ||
         (!request.advisor_id.empty() && has_it(person, request, today));
}

const std::string& first_number(const ServiceRequest& request) {
  return request.provisional_id.empty() ? request.id : request.provisional_id;
}

}  // namespace pao::procedure
