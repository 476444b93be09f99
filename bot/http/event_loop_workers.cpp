// Between the loop and the workers: what a worker does with a connection, and how it comes back.
#include "bot/http/event_loop.hpp"

#include <chrono>
#include <string_view>
#include <utility>

namespace pao::bot::http {

namespace {

using State = Connection::State;
using SteadyClock = std::chrono::steady_clock;

}  // namespace

// Of one request: who answers first, its handler or whoever does not want to wait for it.
class EventLoop::FirstAnswer final : public EarlyAnswer {
 public:
  FirstAnswer(EventLoop& loop, Connection& connection, bool close_asked)
      : loop_(loop), connection_(connection), close_asked_(close_asked) {}

  bool give(const Response& response) override {
    if (!take()) return false;
    loop_.answer(connection_, response_bytes(response, close_asked_ || loop_.stopping_), close_asked_);
    return true;
  }

  // True for the first caller only.
  bool take() { return !taken_.exchange(true, std::memory_order_acq_rel); }

 private:
  EventLoop& loop_;
  Connection& connection_;
  const bool close_asked_;
  std::atomic<bool> taken_{false};
};

// On a worker's thread; the connection is this thread's until it is given back.
void EventLoop::work(Connection& connection, Answerer& answerer) {
  const Head& head = connection.head;
  // By value: after an early answer the connection is with its next request.
  const bool close_asked = head.close;
  const auto ends = [this, close_asked] { return close_asked || stopping_; };
  FirstAnswer first(*this, connection, close_asked);
  const Request request{
      head.method,
      head.path,
      head.query,
      std::string_view(connection.in).substr(connection.head_size, connection.needed - connection.head_size),
      connection.remote_address,
      head.headers,
      &first};
  std::string bytes = answerer.answer(request, head.target, connection.route->handler, ends);
  if (first.take()) answer(connection, std::move(bytes), close_asked);
}

// By one thread for each request; afterwards the connection is the loop's.
void EventLoop::answer(Connection& connection, std::string bytes, bool close_asked) {
  connection.out = std::move(bytes);
  ++counters_.answered;
  const bool sent = connection.send_out();
  if (!sent) connection.out.clear();
  const bool close = close_asked || stopping_;
  connection.drop_request();
  connection.close_after_out = close || !sent;
  connection.linger_after_out = false;
  connection.deadline =
      SteadyClock::now() + (connection.out.empty() ? limits_.keep_alive : limits_.write_deadline);

  State state = State::busy;
  const bool quiet = connection.out.empty() && connection.in.empty() && !connection.more && !close && sent;
  if (quiet && connection.state.compare_exchange_strong(state, State::reading, std::memory_order_acq_rel))
    return;
  give_back(connection);
}

void EventLoop::give_back(Connection& connection) {
  bool first = false;
  {
    std::lock_guard lock(returned_mutex_);
    first = returned_.empty();
    returned_.push_back(&connection);
  }
  if (first) wake();
}

void EventLoop::resume_returned() {
  std::vector<Connection*> returned;
  {
    std::lock_guard lock(returned_mutex_);
    returned.swap(returned_);
  }
  for (Connection* connection : returned) {
    connection->state.store(State::reading, std::memory_order_relaxed);
    if (!connection->in.empty()) connection->deadline = now_ + limits_.head_deadline;
    if (flush(*connection) == Step::answered && proceed(*connection)) read(*connection, true);
  }
}

}  // namespace pao::bot::http
