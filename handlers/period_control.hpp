// The control point of the verification (activity 4) of what a process recorded for a period: who looks for
// it before the next step. For the verification, the control points and the follow-up reports.
#pragma once

#include "handlers/reference.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pao::handlers {

// The subject of the control point that a named person has still to confirm: something was recorded for a
// period that ends in that one, and nobody has confirmed with a result that lets the next step follow.
// Nothing when no confirmation is missing, and for a text that is no period.
std::optional<std::string> unconfirmed_verification(storage::Session& session, const Reference& reference,
                                                    std::string_view process_id, std::string_view period);

}  // namespace pao::handlers
