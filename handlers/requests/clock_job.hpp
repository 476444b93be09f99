// What the calendar does to SS requests: closes those whose information never came, moves due dates for days
// declared not to be worked, and tells who has them how much of their level is used up (R-41, R-42, GEN-17).
#pragma once

#include "handlers/digest_lines.hpp"
#include "handlers/reference.hpp"
#include "storage/database.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pao::handlers::requests {

// Stores state, event, registro entry and news in one transaction. Running twice changes nothing. Gives how
// many requests it moved.
Result<int> run_clock(storage::Database& database, const Reference& reference, Instant now);

// Source of the daily digest: half, four fifths, the day before, the day itself and exceeded, to who has the
// request; exceeded to the coordination too; to the leader whose aval is awaited, and to liaisons
// whose information is awaited, from the second business day on.
Result<std::vector<DigestLine>> clock_lines(storage::Session& session, const Reference& reference,
                                            std::string_view person_id, Instant now);
inline constexpr const char* clock_source = "reloj-ss";

// Whether every stored request is what its events replay to (due date, days of waiting apart); a sentence in
// English for each that is not.
struct ClockFault {
  std::string request_id;
  std::string what;
};
std::vector<ClockFault> check_clocks(storage::Session& session);

// The same of one request; empty when nothing is wrong with it.
std::string clock_fault(storage::Session& session, const procedure::ServiceRequest& request);

}  // namespace pao::handlers::requests
