// SS requests (solicitudes del SUG).
#pragma once

#include "handlers/procedure/model.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace pao::storage {

// By its number, or by the provisional one it had before.
std::optional<procedure::ServiceRequest> find_request(Session& session, std::string_view id);

// Requests of one process, newest first; only those not ended when `only_open`.
std::vector<procedure::ServiceRequest> requests_of(Session& session, std::string_view process_id,
                                                   bool only_open);

// Those not ended that an advisor has, or everybody's when the id is empty; the next due first, those without
// a due date last.
std::vector<procedure::ServiceRequest> open_requests(Session& session, std::string_view advisor_id);

std::vector<procedure::ServiceRequest> all_requests(Session& session);  // by filing

// Gives the request its provisional number ("PAO-2026-0001", consecutive in the Bogotá year of filed_at) and
// stores it.
Result<procedure::ServiceRequest> add_request(Session& session, procedure::ServiceRequest request);

// Stores the new state, clocks, endorsement, decision and reason of a request that exists; `conflict` when
// its stored state is no longer `expected`.
Result<void> update_request(Session& session, const procedure::ServiceRequest& request,
                            procedure::RequestState expected);

// The SMGI's number takes the place of the provisional one, everywhere; the event is kept with who told it.
// Telling the same number twice changes nothing. `conflict` when the request has another number or the number
// is another request's.
Result<procedure::ServiceRequest> confirm_request_filing(Session& session, std::string_view id,
                                                         std::string_view smgi_number, std::string_view actor,
                                                         std::string_view channel, Instant at);

}  // namespace pao::storage
