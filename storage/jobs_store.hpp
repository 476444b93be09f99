// When each scheduled job last ran, so that a stop of three days is caught up once.
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
  std::string result;  // "ok" or the reason of the failure, in words
};

std::optional<JobRun> last_run(Session& session, std::string_view name);
std::vector<JobRun> all_runs(Session& session);
void save_run(Session& session, const JobRun& run);

}  // namespace pao::storage
