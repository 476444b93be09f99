// Has the answers written that wait for it: threads of their own, because each is slow and none may hold up a
// turn or a send.
#pragma once

#include "bot/clock.hpp"
#include "handlers/consult/late_answers.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace pao::bot::answers {

class AnswerWriter {
 public:
  // `stage_for`: shows it while it is made; null: the outbox does. `written`: something waits to be sent.
  AnswerWriter(storage::Database& database, const handlers::ReferenceSource& reference,
               handlers::consult::Writer write, handlers::consult::StageFor stage_for, Clock clock,
               std::function<void()> written);
  ~AnswerWriter();  // waits for calls under way

  void start(int threads);
  void wake();  // somebody waits; from any thread
  void stop();

 private:
  void run();

  storage::Database& database_;
  const handlers::ReferenceSource& reference_;
  handlers::consult::Writer write_;
  handlers::consult::StageFor stage_for_;
  Clock clock_;
  std::function<void()> written_;
  std::mutex mutex_;
  std::condition_variable changed_;
  unsigned asked_ = 0;  // wakes not looked after yet
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace pao::bot::answers
