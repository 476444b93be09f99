#include "bot/reference_watch.hpp"

#include "bot/log.hpp"

#include <malloc.h>

#include <utility>

namespace pao::bot {

using namespace std::chrono_literals;

namespace {

// With the tenth of a second that the search index takes, well under a second.
constexpr auto between_looks = 400ms;

}  // namespace

ReferenceWatch::ReferenceWatch(handlers::ReferenceSource& reference, Clock clock)
    : reference_(reference), clock_(std::move(clock)) {
}

ReferenceWatch::~ReferenceWatch() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopping_changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void ReferenceWatch::start() {
  thread_ = std::thread([this] {
    std::unique_lock lock(mutex_);
    while (!stopping_changed_.wait_for(lock, between_looks, [this] { return stopping_; })) {
      lock.unlock();
      look();
      lock.lock();
    }
  });
}

void ReferenceWatch::look() {
  const std::shared_ptr<const handlers::Reference> before = reference_.current();
  if (const Result<void> refreshed = reference_.refresh(clock_()); !refreshed) {
    log::error("reference.not_refreshed", {{"cause", refreshed.error().detail}});
    return;
  }
  const std::shared_ptr<const handlers::Reference> now = reference_.current();
  if (now == before) return;
  // Here, so that nobody's question waits for it. Learning leaves free heap behind, which goes back.
  now->knowledge();
  malloc_trim(0);
  log::info("reference.read_again", {{"revision", std::to_string(now->revision)}});
}

}  // namespace pao::bot
