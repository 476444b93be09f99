// A fixed number of threads behind a bounded queue.
#pragma once

#include "bot/http/answer.hpp"
#include "bot/http/connection.hpp"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace pao::bot::http {

class WorkerPool {
 public:
  using Work = std::function<void(Connection&, Answerer&)>;

  // `work` runs on the pool's threads. It must not throw.
  WorkerPool(unsigned threads, std::size_t bound, Work work);

  // Joins: waits for work that is running.
  ~WorkerPool();

  // False, and nothing done, when the queue is full or closed. Any thread.
  bool try_push(Connection& connection);

  // Drops what waits and lets the threads end after what they are doing. Any thread.
  void close();

  std::size_t queued() const;

 private:
  void run();
  void call_one(std::unique_lock<std::mutex>& lock);  // unlocks

  const std::size_t bound_;
  const Work work_;
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Connection*> queue_;
  // One sleeper is called at a time; it calls the next when it leaves work behind. Small requests are then
  // answered by one thread that stays awake, and waiting handlers still get all the others.
  std::size_t asleep_ = 0;
  bool called_ = false;
  bool closed_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace pao::bot::http
