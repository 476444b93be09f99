#include "bot/scheduler.hpp"

#include "bot/log.hpp"
#include "storage/jobs_store.hpp"

#include <malloc.h>

#include <utility>

namespace pao::bot {

using namespace std::chrono_literals;

Scheduler::Scheduler(storage::Database& database, handlers::ReferenceSource& reference,
                     std::vector<handlers::Job> jobs, Clock clock, std::function<void()> wake_delivery)
    : database_(database),
      reference_(reference),
      jobs_(std::move(jobs)),
      clock_(std::move(clock)),
      wake_delivery_(std::move(wake_delivery)) {
}

Scheduler::~Scheduler() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopping_changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Scheduler::start() {
  thread_ = std::thread([this] {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      lock.unlock();
      tick(clock_());
      lock.lock();
      if (stopping_changed_.wait_for(lock, 1s, [this] { return stopping_; })) break;
      lock.unlock();
      prepare_knowledge();
      lock.lock();
    }
  });
}

// Here, so that nobody's question waits for it, and a second after the start, so that the first turns do not
// share the processor with it. Learning leaves a lot of free heap behind, which goes back to the system.
void Scheduler::prepare_knowledge() {
  const std::shared_ptr<const handlers::Reference> current = reference_.current();
  if (current == prepared_) return;
  current->knowledge();
  prepared_ = current;
  malloc_trim(0);
}

void Scheduler::tick(Instant now) {
  const Result<void> refreshed = reference_.refresh(now);
  if (!refreshed) log::error("reference.not_refreshed", {{"cause", refreshed.error().detail}});
  beat(now);
  for (const handlers::Job& job : jobs_) {
    if (job.off.empty()) run_if_due(job, now);
  }
}

// Once a minute, so that an operator and a supervisor see that time passes.
void Scheduler::beat(Instant now) {
  if (last_beat_ && now >= *last_beat_ && now < *last_beat_ + 1min) return;
  last_beat_ = now;
  const Result<void> saved = database_.write([&](storage::Session& session) {
    storage::save_run(
        session,
        {.name = storage::heartbeat_name, .started_at = now, .result = "alive", .succeeded_at = now});
  });
  if (!saved) log::error("scheduler.heartbeat_not_saved", {{"cause", saved.error().detail}});
}

void Scheduler::run_if_due(const handlers::Job& job, Instant now) {
  const auto last =
      database_.read([&](storage::Session& session) { return storage::last_run(session, job.name); });
  if (!last) return;  // the database is away; the next second tries again
  const storage::JobRun before = last->value_or(storage::JobRun{.name = job.name});
  if (!handlers::is_due(job.schedule, before.succeeded_at, now, reference_.current()->calendar)) return;
  if (!handlers::may_retry(before.started_at, before.failures, now)) return;
  // The same pause when the disk takes neither the job's work nor the note that it failed.
  const auto unsaved = unsaved_.find(job.name);
  if (unsaved != unsaved_.end() && !handlers::may_retry(unsaved->second, 1, now)) return;

  const Result<std::string> done = job.run(now);
  storage::JobRun run{.name = job.name, .started_at = now, .succeeded_at = before.succeeded_at};
  if (done) {
    run.result = *done;
    run.succeeded_at = now;
    log::info("job.done", {{"job", job.name}, {"result", *done}});
  } else {
    run.result = "failed: " + done.error().detail;
    run.failures = before.failures + 1;
    log::error("job.failed", {{"job", job.name}, {"cause", done.error().detail}});
  }
  const Result<void> saved =
      database_.write([&](storage::Session& session) { storage::save_run(session, run); });
  if (saved) {
    unsaved_.erase(job.name);
  } else {
    unsaved_[job.name] = now;
    log::error("job.run_not_saved", {{"job", job.name}, {"cause", saved.error().detail}});
  }
  wake_delivery_();
}

}  // namespace pao::bot
