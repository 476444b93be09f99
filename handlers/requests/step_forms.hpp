// What a step of an SS asks of who takes it: the forms behind "Decidir", "Pedir información", "Aplicar" …
#pragma once

#include "cards/request_step_card.hpp"
#include "handlers/procedure/model.hpp"
#include "handlers/procedure/result.hpp"
#include "handlers/reference.hpp"
#include "storage/session.hpp"

#include <string_view>

namespace pao::handlers::requests {

// The form of the step that the button names: a word of RequestEvent, or "radicado" for the number of the
// SMGI. `invalid` for a word that is no step with a form. Whether the person may take the step was asked
// before.
Result<cards::RequestStepView> step_view(storage::Session& session, const Reference& reference,
                                         const procedure::ServiceRequest& request, std::string_view word,
                                         cards::RequestView view, Instant now);

}  // namespace pao::handlers::requests
