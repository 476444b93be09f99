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
  int business_days_left = 0;  // negative: that many ago
  bool recorded = false;
};

// The obligation of that practice that a question on dates is about, from records and calendar: of the
// whole process for leader and liaison, of the own items for an owner. With the first day of a `month`, the
// one whose period has that month, the unrecorded before the recorded; without, the next one that falls due
// today or later and is not recorded. Nothing when there is none.
Result<std::optional<OwnDate>> own_date(storage::Session& session, const Reference& reference,
                                        const procedure::Person& person, const std::string& practice,
                                        std::optional<Date> month, Instant now);

}  // namespace pao::handlers::consult
