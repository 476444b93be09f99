// SS requests (solicitudes del SUG).
#pragma once

#include "handlers/procedure/model.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace pao::storage {

std::optional<procedure::ServiceRequest> find_request(Session& session, std::string_view id);

// Requests of one process, newest first; only those not ended when `only_open`.
std::vector<procedure::ServiceRequest> requests_of(Session& session, std::string_view process_id,
                                                   bool only_open);

// Gives the request its provisional number ("PAO-2026-0001", consecutive in the Bogotá year of filed_at) and
// stores it.
Result<procedure::ServiceRequest> add_request(Session& session, procedure::ServiceRequest request);

// Stores the new state, clocks, endorsement, decision and reason of a request that exists; `conflict` when
// its stored state is no longer `expected`.
Result<void> update_request(Session& session, const procedure::ServiceRequest& request,
                            procedure::RequestState expected);

}  // namespace pao::storage
