#include "bot/jobs.hpp"

#include "bot/cli/commands.hpp"
#include "bot/cli/json_output.hpp"
#include "bot/credential.hpp"
#include "bot/smgi/file_gateway.hpp"
#include "storage/jobs_store.hpp"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace pao::bot::cli {
namespace {

// How the last run went, added to what is known of the job.
Json with_run(Json job, const std::vector<storage::JobRun>& runs) {
  for (const storage::JobRun& run : runs) {
    if (run.name != job["job"]) continue;
    job["last_run"] = iso_instant(run.started_at);
    if (run.succeeded_at) job["last_success"] = iso_instant(*run.succeeded_at);
    job["failures"] = run.failures;
    job["result"] = run.result;
  }
  return job;
}

Json to_json(const handlers::Job& job) {
  Json shown = {{"job", job.name},
                {"from", fmt::format("{:02}:00", job.schedule.from.count())},
                {"until", fmt::format("{:02}:00", job.schedule.until.count())},
                {"business_days_only", job.schedule.business_days_only}};
  if (job.schedule.every.count() > 0) shown["every_minutes"] = job.schedule.every.count();
  if (!job.off.empty()) shown["off"] = job.off;
  return shown;
}

// When it runs, in one column: "08:00-18:00 business days", "00:00-24:00 every 5 min".
std::string hours_of(const Json& job) {
  if (!job.contains("from")) return "every minute";
  std::string hours = job["from"].get<std::string>() + "-" + job["until"].get<std::string>();
  if (job["business_days_only"].get<bool>()) hours += " business days";
  if (job.contains("every_minutes")) hours += fmt::format(" every {} min", job["every_minutes"].get<int>());
  return hours;
}

// The jobs that `serve` would have with this configuration.
struct Jobs {
  handlers::ReferenceSource reference;
  std::optional<FileSmgiGateway> smgi;
  std::optional<auth::ExpiryWatch> expiry_watch;

  explicit Jobs(const Workspace& workspace) : reference(*workspace.database) {
    if (!workspace.config.smgi.folder.empty()) smgi.emplace(workspace.config.smgi.folder);
    if (workspace.config.identity.mode == "none") return;
    // Nothing is sent; a credential that is missing or wrong is told by `config check`.
    auto credential = make_credential(workspace.config, {});
    if (credential && !credential->expiries.empty()) expiry_watch.emplace(std::move(credential->expiries));
  }

  std::vector<handlers::Job> all(const Workspace& workspace) {
    return all_jobs({.database = *workspace.database,
                     .reference = reference,
                     .smgi = smgi ? &*smgi : nullptr,
                     .expiry_watch = expiry_watch ? &*expiry_watch : nullptr,
                     .finish_late = [](Instant) -> Result<int> { return 0; },  // listed, never run from here
                     .machine_clock = workspace.clock,
                     .procedure = workspace.config.jobs.enabled});
  }
};

void list(Context& context, bool as_json) {
  const std::unique_ptr<Workspace> workspace = open_workspace(context);
  if (!workspace) return;
  const auto runs =
      workspace->database->read([](storage::Session& session) { return storage::all_runs(session); });
  if (!runs) return report(context, runs.error());
  Json jobs = Json::array();
  jobs.push_back(with_run({{"job", storage::heartbeat_name}}, *runs));
  Jobs known(*workspace);
  for (const handlers::Job& job : known.all(*workspace)) jobs.push_back(with_run(to_json(job), *runs));
  if (as_json) return print({{"jobs", jobs}});
  for (const Json& job : jobs) {
    const std::string result =
        job.contains("off") ? "off: " + job["off"].get<std::string>() : job.value("result", "");
    fmt::print("{:<22} {:<26} {:<27} {}\n", job["job"].get<std::string>(), hours_of(job),
               job.value("last_run", "never"), result);
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
