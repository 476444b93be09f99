// The thread that lets time pass: once a second it looks whether something was published and which jobs are
// due.
#pragma once

#include "bot/clock.hpp"
#include "handlers/jobs.hpp"
#include "handlers/reference.hpp"
#include "storage/database.hpp"

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace pao::bot {

class Scheduler {
 public:
  // `wake_delivery` is called after each job, because it may have enqueued something.
  Scheduler(storage::Database& database, handlers::ReferenceSource& reference,
            std::vector<handlers::Job> jobs, Clock clock, std::function<void()> wake_delivery);
  ~Scheduler();  // stops; waits for a job that runs

  void start();

  // One look at `now`: what the thread does every second. A job that fails is logged, recorded with its
  // reason and tried again the same day after a pause that grows (handlers::retry_pause); the others run all
  // the same.
  void tick(Instant now);

 private:
  void prepare_knowledge();
  void beat(Instant now);
  void run_if_due(const handlers::Job& job, Instant now);

  storage::Database& database_;
  handlers::ReferenceSource& reference_;
  std::vector<handlers::Job> jobs_;
  Clock clock_;
  std::function<void()> wake_delivery_;

  std::shared_ptr<const handlers::Reference> prepared_;  // the last one whose knowledge was made
  std::optional<Instant> last_beat_;
  std::map<std::string, Instant> unsaved_;  // jobs of which the run could not be stored, and when
  std::mutex mutex_;
  std::condition_variable stopping_changed_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace pao::bot
