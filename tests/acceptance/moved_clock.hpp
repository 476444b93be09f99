// A clock that a test moves: it runs from where it was put, or stands there.
#pragma once

#include "handlers/procedure/bogota_time.hpp"

#include <chrono>
#include <mutex>

namespace pao::tests {

// Safe from any thread.
class MovedClock {
 public:
  void runs_from(Instant at) { put(at, true); }
  void stands_at(Instant at) { put(at, false); }

  Instant now() const {
    const std::lock_guard lock(mutex_);
    if (!runs_) return put_at_;
    return put_at_ + std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                                           put_when_);
  }

 private:
  void put(Instant at, bool runs) {
    const std::lock_guard lock(mutex_);
    put_at_ = at;
    put_when_ = std::chrono::steady_clock::now();
    runs_ = runs;
  }

  mutable std::mutex mutex_;
  Instant put_at_{};
  std::chrono::steady_clock::time_point put_when_ = std::chrono::steady_clock::now();
  bool runs_ = true;
};

}  // namespace pao::tests
