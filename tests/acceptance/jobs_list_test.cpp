// What runs by itself, in one list: hours, what keeps a job from running here, heartbeat and last result.
#include "storage/jobs_store.hpp"
#include "tests/acceptance/program.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace pao::tests {
namespace {

using nlohmann::json;
using storage::test::instant;

json jobs_of(const Settings& settings) {
  const Ran ran = run_program({"jobs", "list", "--json"}, settings);
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  return json::parse(ran.out).at("jobs");
}

json job_in(const json& jobs, const std::string& name) {
  const auto found =
      std::find_if(jobs.begin(), jobs.end(), [&](const json& job) { return job["job"] == name; });
  REQUIRE_MESSAGE(found != jobs.end(), name);
  return *found;
}

}  // namespace

TEST_CASE("jobs list has every job of the service, those that reach outside too") {
  const storage::test::TemporaryFolder folder;
  Settings settings{{"storage.url", folder.url()}, {"log.level", "error"}};
  const json without = jobs_of(settings);
  CHECK(job_in(without, "smgi.exchange")["off"] == "smgi.folder is not configured");
  CHECK(job_in(without, "credential_expiry")["off"] == "no secret or certificate with a known end");
  CHECK_FALSE(job_in(without, "alerts.digest").contains("off"));
  CHECK_FALSE(job_in(without, "alerts.digest").contains("last_run"));

  settings["smgi.folder"] = (folder.path() / "smgi").string();
  settings["identity.client_secret"] = "a secret";
  settings["identity.client_secret_expires_on"] = "2027-03-01";
  {
    const auto store = storage::test::open_store(folder.url());
    storage::test::writing(*store, [](storage::Session& session) {
      const Instant at = instant("2026-11-12T08:00:00-05:00");
      storage::save_run(session, {.name = storage::heartbeat_name, .started_at = at, .result = "alive"});
      storage::save_run(session,
                        {.name = "smgi.exchange", .started_at = at, .result = "failed: away", .failures = 2});
    });
  }
  const json with = jobs_of(settings);
  const json exchange = job_in(with, "smgi.exchange");
  CHECK_FALSE(exchange.contains("off"));
  CHECK(exchange["from"] == "00:00");
  CHECK(exchange["until"] == "24:00");
  CHECK(exchange["every_minutes"] == 5);
  CHECK(exchange["failures"] == 2);
  CHECK(exchange["result"] == "failed: away");
  CHECK_FALSE(job_in(with, "credential_expiry").contains("off"));
  CHECK(job_in(with, storage::heartbeat_name)["result"] == "alive");

  settings["jobs.enabled"] = "false";
  const json disabled = jobs_of(settings);
  CHECK(job_in(disabled, "alerts.digest")["off"] == "jobs.enabled is false");
  CHECK(job_in(disabled, "smgi.exchange")["off"] == "jobs.enabled is false");
  CHECK_FALSE(job_in(disabled, "credential_expiry").contains("off"));

  const std::string shown = run_program({"jobs", "list"}, settings).out;
  CHECK(shown.find("00:00-24:00 every 5 min") != std::string::npos);
  CHECK(shown.find("08:00-18:00 business days") != std::string::npos);
  CHECK(shown.find("off: jobs.enabled is false") != std::string::npos);
}

}  // namespace pao::tests
