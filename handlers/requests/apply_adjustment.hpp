// Applying an approved SS-4: the line of the report that it contests says what was decided (activity 6, R-36,
// Part of apply_change.hpp.
#pragma once

#include "handlers/requests/apply_change.hpp"

namespace pao::handlers::requests {

// Asks for the line and what it says now, prefilled where the request tells it.
Result<ApplyForm> adjustment_form(storage::Session& session, const Reference& reference,
                                  const procedure::ServiceRequest& request, Instant now);

// `linea`, `estado`; when no line changes (`ninguna`) `valor_anterior` and `valor_nuevo` tell what does.
// `refused` when the report is final already: what is wrong in it needs an erratum.
Result<Applied> apply_adjustment(storage::Session& session, const Reference& reference,
                                 const procedure::ServiceRequest& request,
                                 const std::map<std::string, std::string>& values, const std::string& doer_id,
                                 Instant now);

}  // namespace pao::handlers::requests
