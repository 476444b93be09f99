// What applying an approved SS does, by its type. The only way from a person to an item's dates,
// goals, weights, owners, formulas and texts.
#pragma once

#include "cards/request_step_card.hpp"
#include "handlers/reference.hpp"
#include "storage/session.hpp"

#include <map>
#include <string>
#include <vector>

namespace pao::handlers::requests {

// What the form of the application asks, prefilled from the request.
struct ApplyForm {
  std::string advice;
  std::vector<cards::StepField> fields;
};
Result<ApplyForm> apply_form(storage::Session& session, const Reference& reference,
                             const procedure::ServiceRequest& request, Instant now);

struct Applied {
  std::string what;  // "PAI-DIR-01-T2, Fecha final"
  std::string old_value;
  std::string new_value;
};

// Makes the change and keeps it with its old and new value. `invalid` with a sentence when a value of the
// form cannot be used.
Result<Applied> apply_change(storage::Session& session, const Reference& reference,
                             const procedure::ServiceRequest& request,
                             const std::map<std::string, std::string>& values, const std::string& doer_id,
                             Instant now);

}  // namespace pao::handlers::requests
