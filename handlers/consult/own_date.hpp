// The person's own date beside a general one: "para su proceso vence el …".
#pragma once

#include "handlers/procedure/model.hpp"
#include "handlers/reference.hpp"
#include "storage/session.hpp"

#include <optional>

namespace pao::handlers::consult {

// Whether the criterion says until when a practice is recorded: its title names the cut-off date or the time
// to record.
bool states_due_date(const procedure::Criterion& criterion);

struct OwnDate {
  procedure::Obligation obligation;
  int business_days_left = 0;
};

// The next obligation of that practice that falls due for the person today or later and is not recorded yet,
// from records and calendar: of the whole process for leader and liaison, of the own items for an
// owner. Nothing when there is none.
Result<std::optional<OwnDate>> next_own_date(storage::Session& session, const Reference& reference,
                                             const procedure::Person& person, const std::string& practice,
                                             Instant now);

}  // namespace pao::handlers::consult
