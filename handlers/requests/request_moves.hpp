// Steps of an SS as they are stored: the state table is asked, the clock is replayed, the event is kept
// . Used by the chat and by the jobs, inside their write transaction.
#pragma once

#include "handlers/procedure/request_states.hpp"
#include "handlers/procedure/service_clock.hpp"
#include "handlers/reference.hpp"
#include "storage/session.hpp"

#include <string>

namespace pao::handlers::requests {

struct Doer {
  std::string id;       // person id, or "job:requests.clock"
  std::string channel;  // "teams", "job"
};

struct StepNote {
  std::string reason = {};
  std::string old_value = {};
  std::string new_value = {};
};

struct Moved {
  procedure::ServiceRequest request;  // as stored now
  std::int64_t event = 0;             // number of the event: part of the keys of what is sent about it
};

// Files a request that was checked: number, event and clock.
Result<Moved> file_request(storage::Session& session, const Reference& reference,
                           procedure::ServiceRequest request, const Doer& by);

// Moves a stored request; the caller has changed nothing but advisor, decision or reason in it. Who may do it
// was asked before.
Result<Moved> move_request(storage::Session& session, const Reference& reference,
                           procedure::ServiceRequest request, procedure::RequestEvent event, const Doer& by,
                           Instant now, const StepNote& note = {});

// The clock of a stored request from its events.
Result<procedure::ServiceClock> clock_of(storage::Session& session, std::string_view request_id);

}  // namespace pao::handlers::requests
