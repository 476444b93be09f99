#include "bot/jobs.hpp"

#include "bot/expiry_job.hpp"
#include "bot/smgi/exchange_job.hpp"

#include <chrono>
#include <string>

namespace pao::bot {
namespace {

using namespace std::chrono_literals;

// What is being worked on is left alone: it has been promised for less than that.
constexpr auto longest_work = 2min;

// Finishes button presses that were answered with a promise while the store was away.
handlers::Job late_invokes_job(std::function<Result<int>(Instant)> finish_late) {
  return {.name = "late_invokes",
          .schedule = {.from = 0h, .until = 24h, .business_days_only = false, .every = 5min},
          .run = [finish_late](Instant now) -> Result<std::string> {
            const Result<int> finished = finish_late(now - longest_work);
            if (!finished) return tl::unexpected<Error>(finished.error());
            return std::to_string(*finished) + " finished";
          },
          .off = finish_late ? "" : "nothing is served here"};
}

}  // namespace

std::vector<handlers::Job> all_jobs(const JobNeeds& needs) {
  std::vector<handlers::Job> jobs = handlers::make_jobs(needs.database, needs.reference);
  jobs.push_back(smgi_job(needs.database, needs.smgi));
  if (!needs.procedure) {
    for (handlers::Job& job : jobs) job.off = "jobs.enabled is false";
  }
  jobs.push_back(expiry_job(needs.expiry_watch, needs.machine_clock));
  jobs.push_back(late_invokes_job(needs.finish_late));
  return jobs;
}

}  // namespace pao::bot
