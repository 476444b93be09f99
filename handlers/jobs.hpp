// The list of the procedure's scheduled jobs: name, hours, what they do (bot/jobs.hpp adds those that reach
// outside). The scheduler asks which are due; a job decides,
// stores and enqueues, and never sends.
#pragma once

#include "handlers/procedure/business_calendar.hpp"
#include "handlers/reference.hpp"
#include "storage/database.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace pao::handlers {

// Once a day, or every so many minutes, between two Bogotá hours. After a stop of several days a job runs
// once, not once for each day.
struct Schedule {
  std::chrono::hours from;
  std::chrono::hours until;
  bool business_days_only;
  std::chrono::minutes every{0};  // again after so long; 0: once a day
};

struct Job {
  const char* name;
  Schedule schedule;
  std::function<Result<std::string>(Instant now)> run;  // gives what it did, in English words for operators
  std::string off = {};  // why it does not run with this configuration, in the same words; empty: it runs
};

// `last_run`: the last good one. A day later than today there means that the clock was ahead, and does not
// keep the job from running.
bool is_due(const Schedule& schedule, std::optional<Instant> last_run, Instant now,
            const procedure::Calendar& calendar);

// How long a job that failed so often in a row waits before it is tried again within its hours: 1, 2, 4 … at
// most 30 minutes.
std::chrono::minutes retry_pause(int failures);
bool may_retry(Instant failed_at, int failures, Instant now);

std::vector<Job> make_jobs(storage::Database& database, const ReferenceSource& reference);

}  // namespace pao::handlers
