#include "storage/jobs_store.hpp"

namespace pao::storage {
namespace {

JobRun run_of(const Row& row) {
  return {.name = row.string(0),
          .started_at = row.instant(1),
          .result = row.string(2),
          .succeeded_at = row.optional_instant(3),
          .failures = static_cast<int>(row.integer(4))};
}

}  // namespace

std::optional<JobRun> last_run(Session& session, std::string_view name) {
  return session.first(
      "SELECT name, started_at, result, succeeded_at, failures FROM job_runs WHERE name = $1", {name},
      run_of);
}

std::vector<JobRun> all_runs(Session& session) {
  return session.all("SELECT name, started_at, result, succeeded_at, failures FROM job_runs ORDER BY name",
                     {}, run_of);
}

void save_run(Session& session, const JobRun& run) {
  session.run(
      "INSERT INTO job_runs (name, started_at, result, succeeded_at, failures) VALUES ($1, $2, $3, $4, $5)"
      " ON CONFLICT (name) DO UPDATE SET started_at = excluded.started_at, result = excluded.result,"
      " succeeded_at = excluded.succeeded_at, failures = excluded.failures",
      {std::string_view(run.name), to_value(run.started_at), std::string_view(run.result),
       to_value(run.succeeded_at), to_value(run.failures)});
}

}  // namespace pao::storage
