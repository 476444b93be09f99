// When each scheduled job last ran and how it went, so that a stop of three days is caught up once and a
// failure is tried again.
#pragma once

#include "storage/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

struct JobRun {
  std::string name;
  Instant started_at;
  std::string result;                                  // what it did, or the reason of the failure, in words
  std::optional<Instant> succeeded_at = std::nullopt;  // last good run; none: never
  int failures = 0;                                    // in a row since then
};

// The row under which the scheduler itself says once a minute that it is alive.
inline constexpr const char* heartbeat_name = "scheduler";

std::optional<JobRun> last_run(Session& session, std::string_view name);
std::vector<JobRun> all_runs(Session& session);
void save_run(Session& session, const JobRun& run);

}  // namespace pao::storage
