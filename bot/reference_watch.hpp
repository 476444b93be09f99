// Notices within a second what was published or imported, by this process or another one, whatever the jobs
// are doing: its own thread asks the store for the revision and swaps in what is new.
#pragma once

#include "bot/clock.hpp"
#include "handlers/reference.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace pao::bot {

class ReferenceWatch {
 public:
  ReferenceWatch(handlers::ReferenceSource& reference, Clock clock);
  ~ReferenceWatch();

  void start();

 private:
  void look();

  handlers::ReferenceSource& reference_;
  Clock clock_;
  std::mutex mutex_;
  std::condition_variable stopping_changed_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace pao::bot
