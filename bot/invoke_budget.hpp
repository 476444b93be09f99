// Watches over work that somebody waits for: when it takes longer than its budget, the one who waits is told
// so, and the work goes on.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <thread>

namespace pao::bot {

// One thread, asleep while nothing is watched. Safe from any thread.
class InvokeBudget {
 public:
  using SteadyTime = std::chrono::steady_clock::time_point;

  // Deadlines are looked at once in `tick`.
  explicit InvokeBudget(std::chrono::milliseconds tick = std::chrono::milliseconds{200});
  ~InvokeBudget();
  InvokeBudget(const InvokeBudget&) = delete;
  InvokeBudget& operator=(const InvokeBudget&) = delete;

  // Calls `overrun` on the watching thread unless `work` has ended before the budget; returns after both.
  void run(std::chrono::milliseconds budget, const std::function<void()>& overrun,
           const std::function<void()>& work);

 private:
  struct Watched {
    SteadyTime deadline;
    const std::function<void()>* overrun;
    bool called = false;
    bool ended = false;  // `overrun` has returned
  };

  void watch();
  void call_overrun(std::unique_lock<std::mutex>& lock);

  const std::chrono::milliseconds tick_;
  std::mutex mutex_;
  std::condition_variable changed_;  // something to watch, or stop
  std::condition_variable told_;     // an overrun has ended
  std::list<Watched> watched_;
  bool asleep_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace pao::bot
