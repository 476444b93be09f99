// A stored progress record with everything that says how it stands: item, rules, due date, what was recorded
// before. Shared by progress (corrections) and verification.
#pragma once

#include "handlers/reference.hpp"
#include "storage/session.hpp"
#include "storage/verification_store.hpp"

#include <optional>
#include <string_view>

namespace pao::handlers {

struct RecordContext {
  storage::StoredRecord stored;
  procedure::Item item;
  const procedure::PracticeRules* rules = nullptr;  // of the period's year; points into the Reference
  Date due_on;  // and timeliness: as fixed by the first save, computed for records that do not say
  procedure::Timeliness timeliness{};
  std::optional<procedure::ProgressRecord> previous;  // latest record of an earlier period
};

// `invalid` with a Spanish sentence when there is no such record, item or rule.
Result<RecordContext> find_record_context(storage::Session& session, const Reference& reference,
                                          std::string_view record_id);

// The record as a person reads it: by name who answers for it, also where an id was stored.
procedure::ProgressRecord with_names(storage::Session& session, procedure::ProgressRecord record);

// The latest record of the item before that period.
std::optional<procedure::ProgressRecord> record_before(storage::Session& session, std::string_view item_id,
                                                       std::string_view period);

}  // namespace pao::handlers
