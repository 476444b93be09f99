// What happened to an SS, one row each: who, when, from, to, why, and what it did to the service clock
// . The due date of a request is what these rows replay to, and nothing else.
#pragma once

#include "handlers/procedure/service_clock.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

struct RequestEventRow {
  std::int64_t id = 0;
  std::string request_id;
  Instant at;
  std::string actor;    // person id, "job:<name>", "import"
  std::string channel;  // "teams", "job", "import", "cli"
  std::string event;    // procedure::to_word(RequestEvent), "avisar", "confirmar_radicado", "extender"
  std::string from_state;
  std::string to_state;
  std::string reason = {};
  std::string old_value = {};
  std::string new_value = {};
  std::optional<procedure::ClockEvent> clock = std::nullopt;
};

// Gives the number of the new row.
std::int64_t add_request_event(Session& session, const RequestEventRow& row);

std::vector<RequestEventRow> events_of_request(Session& session, std::string_view request_id);  // in order
// Of all requests, those with a greater number than `id`, in order.
std::vector<RequestEventRow> request_events_after(Session& session, std::int64_t id);

// What happened to the clock, in order.
std::vector<procedure::ClockEvent> clock_events_of(Session& session, std::string_view request_id);

// Takes away what an earlier import wrote about the request and what was added to that clock; warnings given
// stay.
void remove_imported_events(Session& session, std::string_view request_id);

// The review of pertinence that a decision rests on.
struct RequestReview {
  std::string request_id;
  std::string reviewed_by;  // person id
  Instant reviewed_at;
  std::string report_said;     // what the report or the record said
  std::string evidence_shows;  // what the evidence shows
  procedure::RequestDecision decision;
  std::string reason;
};
void save_review(Session& session, const RequestReview& review);
std::optional<RequestReview> find_review(Session& session, std::string_view request_id);

}  // namespace pao::storage
