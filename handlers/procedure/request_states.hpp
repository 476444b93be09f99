// The life of an SS request as a table (procedure 5.2), and who may do each step (section 2, R-38, R-44).
#pragma once

#include "handlers/procedure/model.hpp"
#include "handlers/procedure/result.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::procedure {

// What can happen to a request.
enum class RequestEvent {
  file,                 // all mandatory fields are there: it gets its number
  endorse,              // the leader's aval: aval_pendiente goes, the state stays
  take,                 // the advisor begins to study it
  ask_information,      // the clock stands still
  provide_information,  // the process answers: the clock goes on
  close_unanswered,     // five business days without the information; by job only
  approve,              // fully, or partly for an SS-4
  reject,
  apply,     // the change is made, with old and new value
  close,     // nothing is left to do
  withdraw,  // by who filed it
  reassign,  // to another advisor; the state stays
};

inline constexpr std::array all_request_events = {
    RequestEvent::file,
    RequestEvent::endorse,
    RequestEvent::take,
    RequestEvent::ask_information,
    RequestEvent::provide_information,
    RequestEvent::close_unanswered,
    RequestEvent::approve,
    RequestEvent::reject,
    RequestEvent::apply,
    RequestEvent::close,
    RequestEvent::withdraw,
    RequestEvent::reassign,
};

inline constexpr std::array all_request_states = {
    RequestState::draft,
    RequestState::filed,
    RequestState::in_review,
    RequestState::waiting_information,
    RequestState::approved,
    RequestState::rejected,
    RequestState::applied,
    RequestState::closed,
    RequestState::closed_unanswered,
    RequestState::withdrawn,
};

// "radicar", "avalar", "tomar", "pedir_informacion", "dar_informacion", "cerrar_sin_respuesta", "aprobar",
// "rechazar", "aplicar", "cerrar", "anular", "reasignar": part of the stored format.
std::string_view to_word(RequestEvent event);
std::optional<RequestEvent> parse_request_event(std::string_view word);

// The state after the event; nothing when 5.2 has no such move.
std::optional<RequestState> next_state(RequestState state, RequestEvent event);

// Whether somebody still has something to do with it (draft to approved).
bool is_open(RequestState state);

// The state after the event for this request, or `conflict` with a sentence that says where it stands and
// what can be done. Besides the table: nothing is taken into review while the leader's aval is pending, and
// only a pending aval can be given.
Result<RequestState> move(const ServiceRequest& request, RequestEvent event);

// Whether the person may do it to this request that day; `refused` with a sentence otherwise.
//   file, provide_information   leader or liaison of the process
//   endorse                     leader of the process, never of what he or she filed
//   take … close                the advisor who has it, or the coordination; never who filed it
//   withdraw                    who filed it
//   reassign                    coordination
//   close_unanswered            nobody: the job does it
// A request without an advisor is for the advisors of its process.
Result<void> may_move(const Person& person, const ServiceRequest& request, RequestEvent event, Date today);

// Whether the request and everything in it may be shown to the person: those with a role in the
// process, the advisor who has it, coordination and head.
bool may_see_request(const Person& person, const ServiceRequest& request, Date today);

// The number under which it was filed: the same before and after the SMGI gives its own. For the keys of what
// is told once.
const std::string& first_number(const ServiceRequest& request);

// What was decided on a request, as it stands in ServiceRequest::decision.
enum class RequestDecision { accepted, partly_accepted, rejected };
std::string_view to_word(RequestDecision decision);  // "aprobada", "aprobada_parcial", "rechazada"
std::optional<RequestDecision> parse_request_decision(std::string_view word);

// What can be decided on a request of that type, in the order in which it is offered: in part only an SS-4.
std::vector<RequestDecision> decisions_on(std::string_view type);

// Whether the decision must say why (5.2, R-36): a rejection, whole or in part.
bool needs_reason(RequestDecision decision);

}  // namespace pao::procedure
