#include "bot/http/worker_pool.hpp"

#include <utility>

namespace pao::bot::http {

WorkerPool::WorkerPool(unsigned threads, std::size_t bound, Work work)
    : bound_(bound), work_(std::move(work)) {
  threads_.reserve(threads);
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

WorkerPool::~WorkerPool() {
  close();
  for (std::thread& thread : threads_) thread.join();
}

bool WorkerPool::try_push(Connection& connection) {
  std::unique_lock lock(mutex_);
  if (closed_ || queue_.size() >= bound_) return false;
  queue_.push_back(&connection);
  call_one(lock);
  return true;
}

void WorkerPool::call_one(std::unique_lock<std::mutex>& lock) {
  const bool call = asleep_ > 0 && !called_;
  if (call) called_ = true;
  lock.unlock();
  if (call) ready_.notify_one();
}

void WorkerPool::close() {
  {
    std::lock_guard lock(mutex_);
    closed_ = true;
    queue_.clear();
  }
  ready_.notify_all();
}

std::size_t WorkerPool::queued() const {
  std::lock_guard lock(mutex_);
  return queue_.size();
}

void WorkerPool::run() {
  Answerer answerer;
  std::unique_lock lock(mutex_);
  while (!closed_) {
    if (queue_.empty()) {
      ++asleep_;
      ready_.wait(lock, [this] { return closed_ || called_; });
      --asleep_;
      called_ = false;
      continue;
    }
    Connection& connection = *queue_.front();
    queue_.pop_front();
    if (queue_.empty())
      lock.unlock();
    else
      call_one(lock);
    work_(connection, answerer);
    lock.lock();
  }
}

}  // namespace pao::bot::http
