// The way back from an improvement action to the recommendations that it was registered for. Shared by
// progress and verification.
#pragma once

#include "handlers/procedure/model.hpp"
#include "storage/session.hpp"

#include <string>

namespace pao::handlers {

// "Recomendación REC-COM-T1-1", "Recomendaciones REC-COM-T1-1 y REC-COM-T2-1"; empty for an action without
// one and for every other item.
std::string improvement_origin(storage::Session& session, const procedure::Item& item);

}  // namespace pao::handlers
