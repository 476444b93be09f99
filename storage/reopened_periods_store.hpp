// Closed periods that an SS-5 opened again (procedure 5.3, GEN-18, decision 28): the record made then is late
// all the same.
#pragma once

#include "storage/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

struct ReopenedPeriod {
  std::string request_id;
  std::string process_id;
  std::string practice;
  std::string item_id;  // an item, or "REPAC-DIR" where the process as a whole records
  std::string period;   // "2026-10"
  Date opens_on;        // first day on which a record is taken
  Date closes_on;       // last one, to the end of the day in Bogotá
  std::string reopened_by;
  Instant reopened_at;
};

// A request reopens one period: again with the same request replaces what it said.
void reopen_period(Session& session, const ReopenedPeriod& reopened);

// The one that is open on that day for the item and period; nothing when none is. Of several the last to
// close.
std::optional<ReopenedPeriod> reopened_on(Session& session, std::string_view item_id, std::string_view period,
                                          Date day);

// Those of a process (all when empty) that are open on that day.
std::vector<ReopenedPeriod> reopened_periods(Session& session, std::string_view process_id, Date day);

}  // namespace pao::storage
