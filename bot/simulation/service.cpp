#include "bot/simulation/service.hpp"

#include "bot/simulation/faulty_database.hpp"
#include "handlers/jobs.hpp"

#include <stdexcept>
#include <utility>

namespace pao::bot::simulation {

// In order of construction.
struct Service::Running {
  handlers::ReferenceSource reference;
  handlers::Features features;
  handlers::Router router;
  TurnMetrics metrics;
  TurnRunner runner;
  Scheduler scheduler;

  Running(storage::Database& database, const storage::FileFolder& contents, const Clock& clock)
      : reference(database),
        features(database, reference, contents),
        router(handlers::make_routes(features), database, reference),
        runner(database, reference, router, clock, metrics, [] {}),
        scheduler(database, reference, handlers::make_jobs(database, reference), clock, [] {}) {}
};

Service::Service(std::string storage_url, Instant now, Faults faults, Dice dice)
    : storage_url_(std::move(storage_url)), now_(now), faults_(faults), dice_(dice) {
  start();
}

Service::~Service() = default;

void Service::start() {
  Result<std::unique_ptr<storage::Database>> opened = storage::Database::open(storage_url_);
  if (!opened) throw std::runtime_error("the store cannot be opened: " + opened.error().detail);
  using Fault = FaultyDatabase::Fault;
  database_ = std::make_unique<FaultyDatabase>(std::move(*opened), [this] {
    if (!faults_allowed_ || !dice_.happens(faults_.store_away)) return Fault::none;
    ++store_faults_;
    constexpr Fault kinds[] = {Fault::before, Fault::middle, Fault::after};
    return kinds[dice_.below(3)];
  });
  running_ = std::make_unique<Running>(
      *database_, storage::FileFolder(storage_url_.substr(storage_url_.find(':') + 1) + ".files"),
      [this] { return now_; });
  const Result<void> loaded = running_->reference.refresh(now_);
  if (!loaded) throw std::runtime_error("the reference cannot be read: " + loaded.error().detail);
}

void Service::restart() {
  running_.reset();
  database_.reset();
  start();
}

Result<storage::ActivityOutcome> Service::receive(std::string_view activity_json) {
  Result<protocol::Activity> activity = protocol::parse_activity(activity_json);
  if (!activity) return tl::unexpected<Error>(activity.error());
  return running_->runner.run(*activity);
}

void Service::tick() {
  running_->scheduler.tick(now_);
}

std::shared_ptr<const handlers::Reference> Service::current_reference() {
  return running_->reference.current();
}

}  // namespace pao::bot::simulation
