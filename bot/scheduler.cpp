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
  for (const handlers::Job& job : jobs_) run_if_due(job, now);
}

void Scheduler::run_if_due(const handlers::Job& job, Instant now) {
  const auto last =
      database_.read([&](storage::Session& session) { return storage::last_run(session, job.name); });
  if (!last) return;  // the database is away; the next second tries again
  const std::optional<Instant> last_at = *last ? std::optional((*last)->started_at) : std::nullopt;
  if (!handlers::is_due(job.schedule, last_at, now, reference_.current()->calendar)) return;

  const Result<std::string> done = job.run(now);
  const std::string result = done ? *done : "failed: " + done.error().detail;
  if (done) {
    log::info("job.done", {{"job", job.name}, {"result", result}});
  } else {
    log::error("job.failed", {{"job", job.name}, {"cause", done.error().detail}});
  }
  const Result<void> saved = database_.write([&](storage::Session& session) {
    storage::save_run(session, {.name = job.name, .started_at = now, .result = result});
  });
  if (!saved) log::error("job.run_not_saved", {{"job", job.name}, {"cause", saved.error().detail}});
  wake_delivery_();
}

}  // namespace pao::bot
