#include "bot/answers/answer_writer.hpp"

#include "bot/log.hpp"

#include <utility>

namespace pao::bot::answers {

using namespace std::chrono_literals;

namespace {

// For what a wake did not tell: another process's answers, and those of before a restart.
constexpr auto between_looks = 1s;

}  // namespace

AnswerWriter::AnswerWriter(storage::Database& database, const handlers::ReferenceSource& reference,
                           handlers::consult::Writer write, handlers::consult::StageFor stage_for,
                           Clock clock, std::function<void()> written)
    : database_(database),
      reference_(reference),
      write_(std::move(write)),
      stage_for_(std::move(stage_for)),
      clock_(std::move(clock)),
      written_(std::move(written)) {
}

AnswerWriter::~AnswerWriter() {
  stop();
}

void AnswerWriter::start(int threads) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

void AnswerWriter::wake() {
  {
    const std::lock_guard lock(mutex_);
    if (asked_ < threads_.size()) ++asked_;
  }
  changed_.notify_one();
}

void AnswerWriter::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void AnswerWriter::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    const Result<bool> wrote =
        handlers::consult::write_one(database_, reference_, write_, clock_, stage_for_);
    if (!wrote) log::error("answer.not_written", {{"cause", wrote.error().detail}});
    if (wrote && *wrote) written_();
    lock.lock();
    if (wrote && *wrote) continue;
    changed_.wait_for(lock, between_looks, [this] { return stopping_ || asked_ > 0; });
    if (asked_ > 0) --asked_;
  }
}

}  // namespace pao::bot::answers
