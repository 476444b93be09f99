#include "handlers/jobs.hpp"

#include "bot/cli/commands.hpp"
#include "bot/cli/json_output.hpp"
#include "storage/jobs_store.hpp"

#include <fmt/format.h>

#include <memory>

namespace pao::bot::cli {
namespace {

Json to_json(const char* name, const handlers::Schedule* schedule, const std::vector<storage::JobRun>& runs) {
  Json job = {{"job", name}};
  if (schedule != nullptr) {
    job["from"] = fmt::format("{:02}:00", schedule->from.count());
    job["until"] = fmt::format("{:02}:00", schedule->until.count());
    job["business_days_only"] = schedule->business_days_only;
  }
  for (const storage::JobRun& run : runs) {
    if (run.name != name) continue;
    job["last_run"] = iso_instant(run.started_at);
    if (run.succeeded_at) job["last_success"] = iso_instant(*run.succeeded_at);
    job["failures"] = run.failures;
    job["result"] = run.result;
  }
  return job;
}

void list(Context& context, bool as_json) {
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return;
  const handlers::ReferenceSource reference(*workspace->database);
  const auto runs =
      workspace->database->read([](storage::Session& session) { return storage::all_runs(session); });
  if (!runs) return report(context, runs.error());
  Json jobs = Json::array();
  jobs.push_back(to_json(storage::heartbeat_name, nullptr, *runs));
  for (const handlers::Job& job : handlers::make_jobs(*workspace->database, reference))
    jobs.push_back(to_json(job.name, &job.schedule, *runs));
  if (as_json) return print({{"jobs", jobs}});
  for (const Json& job : jobs) {
    fmt::print(
        "{:<24} {:<13} {:<27} {}\n", job["job"].get<std::string>(),
        job.contains("from") ? job["from"].get<std::string>() + "-" + job["until"].get<std::string>() : "",
        job.value("last_run", "never"), job.value("result", ""));
  }
}

}  // namespace

void add_jobs(CLI::App& app, Context& context) {
  auto as_json = std::make_shared<bool>(false);
  CLI::App* jobs = app.add_subcommand("jobs", "what runs by itself");
  jobs->require_subcommand(1);
  CLI::App* command = jobs->add_subcommand("list", "each job with its hours, last run and result");
  command->add_flag("--json", *as_json, "one JSON document");
  command->callback([&context, as_json] { list(context, *as_json); });
}

}  // namespace pao::bot::cli
