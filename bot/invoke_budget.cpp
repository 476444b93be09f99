#include "bot/invoke_budget.hpp"

#include <algorithm>

namespace pao::bot {

InvokeBudget::InvokeBudget(std::chrono::milliseconds tick) : tick_(tick), thread_([this] { watch(); }) {
}

InvokeBudget::~InvokeBudget() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void InvokeBudget::run(std::chrono::milliseconds budget, const std::function<void()>& overrun,
                       const std::function<void()>& work) {
  std::unique_lock lock(mutex_);
  const auto mine =
      watched_.insert(watched_.end(), {std::chrono::steady_clock::now() + budget, &overrun, false, false});
  const bool wake = asleep_;
  lock.unlock();
  if (wake) changed_.notify_all();
  work();
  lock.lock();
  // The overrun works with what lives in the caller.
  told_.wait(lock, [&] { return !mine->called || mine->ended; });
  watched_.erase(mine);
}

void InvokeBudget::watch() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (watched_.empty()) {
      asleep_ = true;
      changed_.wait(lock, [this] { return stopping_ || !watched_.empty(); });
      asleep_ = false;
    }
    // Most work ends within one tick and is never looked at.
    changed_.wait_for(lock, tick_, [this] { return stopping_; });
    call_overrun(lock);
  }
}

void InvokeBudget::call_overrun(std::unique_lock<std::mutex>& lock) {
  while (!stopping_) {
    const auto now = std::chrono::steady_clock::now();
    const auto late = std::find_if(watched_.begin(), watched_.end(),
                                   [&](const Watched& one) { return !one.called && one.deadline <= now; });
    if (late == watched_.end()) return;
    late->called = true;
    lock.unlock();
    (*late->overrun)();
    lock.lock();
    late->ended = true;
    told_.notify_all();
  }
}

}  // namespace pao::bot
