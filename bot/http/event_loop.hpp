// The thread that owns every socket: accepts, cuts whole requests, enforces deadlines, closes.
#pragma once

#include "bot/http/connection.hpp"
#include "bot/http/limits.hpp"
#include "bot/http/routes.hpp"
#include "bot/http/worker_pool.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace pao::bot::http {

struct Counters {
  std::atomic<std::uint64_t> open{0};
  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> answered{0};
  std::atomic<std::uint64_t> expired{0};
  std::array<std::atomic<std::uint64_t>, 600> refused{};  // by status
};

class EventLoop {
 public:
  // `listener` is a non-blocking listening socket; the loop closes it. `routes` stay as they are.
  EventLoop(int listener, const Limits& limits, const Routes& routes, unsigned workers);
  ~EventLoop();

  // Serves until stop() and the end of what is in flight. True when all of it ended in time.
  bool run();

  // Any thread.
  void stop();
  const Counters& counters() const { return counters_; }
  std::size_t queued() const { return pool_->queued(); }

 private:
  class FirstAnswer;
  enum class Step { wants_bytes, answered, gone };

  void accept_all();
  void accept_one(int fd, std::string address);
  void on_event(Connection& connection, std::uint32_t events);
  void read(Connection& connection, bool hung_up);
  bool proceed(Connection& connection);
  Step next_request(Connection& connection);
  Step read_head(Connection& connection);
  Step dispatch(Connection& connection);
  Step refuse(Connection& connection, const Refusal& refusal, bool close, bool head_only = false);
  Step flush(Connection& connection);
  void finish(Connection& connection);
  void discard(Connection& connection);
  void close(Connection& connection);

  void work(Connection& connection, Answerer& answerer);
  void answer(Connection& connection, std::string bytes, bool close_asked);
  void give_back(Connection& connection);
  void resume_returned();
  void sweep();
  void expire(Connection& connection);
  bool wind_down(SteadyTime& deadline, bool& clean);
  void wake();
  int wait_milliseconds() const;

  const Limits limits_;
  const Routes& routes_;
  int listener_;
  int epoll_;
  int wake_;
  int spare_;  // a descriptor to give up when there are none left, so that accept can refuse
  std::atomic<bool> stopping_{false};
  Counters counters_;
  SteadyTime now_{};
  SteadyTime next_sweep_{};
  std::vector<char> scratch_;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::vector<std::unique_ptr<Connection>> closed_;  // until the events that may name them are handled
  std::mutex returned_mutex_;
  std::vector<Connection*> returned_;
  std::unique_ptr<WorkerPool> pool_;  // ends before anything its threads use
};

}  // namespace pao::bot::http
