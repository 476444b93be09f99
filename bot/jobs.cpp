#include "bot/jobs.hpp"

#include "bot/expiry_job.hpp"
#include "bot/smgi/exchange_job.hpp"

namespace pao::bot {

std::vector<handlers::Job> all_jobs(const JobNeeds& needs) {
  std::vector<handlers::Job> jobs = handlers::make_jobs(needs.database, needs.reference);
  jobs.push_back(smgi_job(needs.database, needs.smgi));
  if (!needs.procedure) {
    for (handlers::Job& job : jobs) job.off = "jobs.enabled is false";
  }
  jobs.push_back(expiry_job(needs.expiry_watch, needs.machine_clock));
  return jobs;
}

}  // namespace pao::bot
