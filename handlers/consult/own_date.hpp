// The person's own dates beside a general one: "para su proceso vence el …".
#pragma once

#include "cards/own_dates.hpp"
#include "handlers/procedure/model.hpp"
#include "handlers/reference.hpp"
#include "storage/session.hpp"

#include <optional>

namespace pao::handlers::consult {

// Whether the criterion says until when a practice is recorded or a report is answered: its title names the
// cut-off date, the time to record or that to validate.
bool states_own_date(const procedure::Criterion& criterion);

// What that criterion means for this person.
//
// Of a date to record, from records and calendar: obligations of the whole process for leader and
// liaison, of the own items for an owner. With the first day of a `month`, the one whose period has that
// month, the unrecorded before the recorded; without, the oldest that is late and not recorded, and the next
// one that falls due today or later and is not recorded.
//
// Of the time to validate: the open windows of the processes where the person is leader or liaison.
Result<cards::OwnDates> own_dates(storage::Session& session, const Reference& reference,
                                  const procedure::Person& person, const procedure::Criterion& criterion,
                                  std::optional<Date> month, Instant now);

}  // namespace pao::handlers::consult
