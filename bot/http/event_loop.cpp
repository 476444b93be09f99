#include "bot/http/event_loop.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <string_view>
#include <utility>

namespace pao::bot::http {

namespace {

using State = Connection::State;
using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t read_size = 64 * 1024;
constexpr std::size_t most_discarded = 64 * 1024 * 1024;
constexpr int stopping_tick_ms = 5;
constexpr std::uint32_t input_events = EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR;

std::string numeric_address(const sockaddr_storage& address) {
  char text[INET6_ADDRSTRLEN] = {};
  if (address.ss_family == AF_INET)
    ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(address).sin_addr, text, sizeof text);
  else if (address.ss_family == AF_INET6)
    ::inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, text, sizeof text);
  return text;
}

Refusal busy_refusal() {
  return {503, "busy", "Retry-After: 1\r\n"};
}

}  // namespace

EventLoop::EventLoop(int listener, const Limits& limits, const Routes& routes, unsigned workers)
    : limits_(limits),
      routes_(routes),
      listener_(listener),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      wake_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
      spare_(::open("/dev/null", O_RDONLY | O_CLOEXEC)),
      scratch_(read_size),
      pool_(std::make_unique<WorkerPool>(
          workers, limits.queued_requests,
          [this](Connection& connection, Answerer& answerer) { work(connection, answerer); })) {
  for (int* fd : {&listener_, &wake_}) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = fd;
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, *fd, &event);
  }
}

EventLoop::~EventLoop() {
  pool_.reset();
  for (int fd : {listener_, epoll_, wake_, spare_})
    if (fd >= 0) ::close(fd);
}

bool EventLoop::run() {
  std::array<epoll_event, 256> events;
  SteadyTime stop_at{};
  bool clean = true;
  while (true) {
    const int count =
        ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), wait_milliseconds());
    now_ = SteadyClock::now();
    for (int i = 0; i < count; ++i) {
      const epoll_event& event = events[static_cast<std::size_t>(i)];
      if (event.data.ptr == &listener_) {
        accept_all();
      } else if (event.data.ptr == &wake_) {
        eventfd_t value = 0;
        ::eventfd_read(wake_, &value);
      } else {
        on_event(*static_cast<Connection*>(event.data.ptr), event.events);
      }
    }
    resume_returned();
    if (now_ >= next_sweep_) sweep();
    closed_.clear();
    if (stopping_ && wind_down(stop_at, clean)) return clean;
  }
}

void EventLoop::stop() {
  stopping_ = true;
  wake();
}

void EventLoop::wake() {
  ::eventfd_write(wake_, 1);
}

int EventLoop::wait_milliseconds() const {
  if (stopping_) return stopping_tick_ms;
  if (connections_.empty()) return -1;
  const auto left = std::chrono::ceil<milliseconds>(next_sweep_ - SteadyClock::now());
  return static_cast<int>(std::max(left, milliseconds{0}).count());
}

// --- Accepting ------------------------------------------------------------------------------------------

void EventLoop::accept_all() {
  for (int i = 0; i < 256; ++i) {  // then the connections already here get their turn
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    const int fd =
        ::accept4(listener_, reinterpret_cast<sockaddr*>(&address), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0) {
      accept_one(fd, numeric_address(address));
    } else if ((errno == EMFILE || errno == ENFILE) && spare_ >= 0) {
      ::close(spare_);
      const int refused = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (refused >= 0) ::close(refused);
      spare_ = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    } else if (errno != EINTR && errno != ECONNABORTED) {
      return;
    }
  }
}

void EventLoop::accept_one(int fd, std::string address) {
  ++counters_.accepted;
  if (connections_.size() >= limits_.connections) {
    ++counters_.refused[503];
    const std::string bytes = refusal_bytes(busy_refusal(), true);
    [[maybe_unused]] const ssize_t sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    ::close(fd);
    return;
  }
  const int on = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  auto connection = std::make_unique<Connection>(fd, std::move(address));
  connection->deadline = now_ + limits_.head_deadline;
  connection->index = connections_.size();
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  event.data.ptr = connection.get();
  if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event) != 0) return;
  connections_.push_back(std::move(connection));
  ++counters_.open;
}

// --- Reading --------------------------------------------------------------------------------------------

void EventLoop::on_event(Connection& connection, std::uint32_t events) {
  State state = connection.state.load(std::memory_order_acquire);
  if (state == State::busy) {
    if (!(events & input_events)) return;
    if (connection.state.compare_exchange_strong(state, State::busy_readable, std::memory_order_acq_rel,
                                                 std::memory_order_acquire))
      return;
  }
  switch (state) {
    case State::reading:
      if (events & input_events) read(connection, (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0);
      return;
    case State::writing:
      if (flush(connection) == Step::answered && proceed(connection)) read(connection, true);
      return;
    case State::lingering:
      discard(connection);
      return;
    case State::busy:
    case State::busy_readable:
      return;
  }
}

// Edge-triggered: reads until the socket is empty or a request is complete. `hung_up`: the end may already
// be there and will not be announced again.
void EventLoop::read(Connection& connection, bool hung_up) {
  while (true) {
    const ssize_t got = ::recv(connection.fd, scratch_.data(), scratch_.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
    if (got <= 0) return close(connection);
    const auto size = static_cast<std::size_t>(got);
    if (connection.in.empty()) connection.deadline = now_ + limits_.head_deadline;
    connection.in.append(scratch_.data(), size);
    connection.more = hung_up || size == scratch_.size();
    const bool more = connection.more;
    if (!proceed(connection) || !more) return;
  }
}

// Handles what has been read. True when the connection is still the loop's and wants bytes.
bool EventLoop::proceed(Connection& connection) {
  Step step = Step::answered;
  while (step == Step::answered) step = next_request(connection);
  return step == Step::wants_bytes;
}

EventLoop::Step EventLoop::next_request(Connection& connection) {
  if (connection.in.empty()) return Step::wants_bytes;
  if (connection.head_size == 0) return read_head(connection);
  if (connection.in.size() < connection.needed) return Step::wants_bytes;
  // The views of the first reading were lost when the body was appended.
  auto head = parse_head(std::string_view(connection.in).substr(0, connection.head_size), limits_);
  if (!head) return refuse(connection, head.error(), true);
  connection.head = std::move(*head);
  return dispatch(connection);
}

EventLoop::Step EventLoop::read_head(Connection& connection) {
  const std::string_view in = connection.in;
  if (in.front() < 'A' || in.front() > 'Z') return refuse(connection, {400, "malformed request line"}, true);
  const auto end = in.find("\r\n\r\n", connection.scanned);
  const std::size_t size = end == std::string_view::npos ? in.size() : end + 4;
  if (size > limits_.head_bytes) return refuse(connection, {431, "request head too large"}, true);
  if (end == std::string_view::npos) {
    connection.scanned = in.size() < 3 ? 0 : in.size() - 3;
    return Step::wants_bytes;
  }

  auto head = parse_head(in.substr(0, size), limits_);
  if (!head) return refuse(connection, head.error(), true);
  const auto route = routes_.find(*head);
  connection.needed = size;
  if (!route) {
    const int status = route.error().status;
    const bool no_body = (status == 404 || status == 405) && head->content_length.value_or(0) == 0;
    const bool close = head->close || !no_body;
    return refuse(connection, route.error(), close, head->method == "HEAD");
  }
  connection.head_size = size;
  connection.needed += head->content_length.value_or(0);
  connection.route = *route;
  if (in.size() >= connection.needed) {
    connection.head = std::move(*head);
    return dispatch(connection);
  }
  connection.deadline = now_ + limits_.body_deadline;
  connection.in.reserve(connection.needed);
  if (head->expects_continue) {
    connection.out += "HTTP/1.1 100 Continue\r\n\r\n";
    if (flush(connection) != Step::answered) return Step::gone;
  }
  return Step::wants_bytes;
}

EventLoop::Step EventLoop::dispatch(Connection& connection) {
  connection.state.store(State::busy, std::memory_order_relaxed);
  if (pool_->try_push(connection)) return Step::gone;
  connection.state.store(State::reading, std::memory_order_relaxed);
  return refuse(connection, busy_refusal(), connection.head.close, connection.head.method == "HEAD");
}

// --- Answering ------------------------------------------------------------------------------------------

// With `close` the rest of what the peer sends is not read: where the next request begins is not known.
EventLoop::Step EventLoop::refuse(Connection& connection, const Refusal& refusal, bool close,
                                  bool head_only) {
  ++counters_.refused[static_cast<std::size_t>(refusal.status)];
  connection.out += refusal_bytes(refusal, close, !head_only);
  connection.close_after_out = close;
  connection.linger_after_out = close;
  if (!close) connection.drop_request();
  return flush(connection);
}

EventLoop::Step EventLoop::flush(Connection& connection) {
  if (!connection.send_out()) {
    close(connection);
    return Step::gone;
  }
  if (!connection.out.empty()) {
    if (connection.state.exchange(State::writing, std::memory_order_relaxed) != State::writing)
      connection.deadline = now_ + limits_.write_deadline;
    return Step::gone;
  }
  if (connection.close_after_out) {
    finish(connection);
    return Step::gone;
  }
  if (connection.state.exchange(State::reading, std::memory_order_relaxed) == State::writing)
    connection.deadline = now_ + limits_.keep_alive;
  return Step::answered;
}

// Closing a socket with unread bytes would reset the connection and destroy the answer on its way.
void EventLoop::finish(Connection& connection) {
  if (!connection.linger_after_out) return close(connection);
  ::shutdown(connection.fd, SHUT_WR);
  connection.in = std::string{};
  connection.state.store(State::lingering, std::memory_order_relaxed);
  connection.deadline = now_ + limits_.linger;
  discard(connection);
}

void EventLoop::discard(Connection& connection) {
  while (connection.discarded < most_discarded) {
    const ssize_t got = ::recv(connection.fd, nullptr, read_size, MSG_TRUNC);  // without copying
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
    if (got <= 0) break;
    connection.discarded += static_cast<std::size_t>(got);
  }
  close(connection);
}

void EventLoop::close(Connection& connection) {
  const std::size_t index = connection.index;
  ::epoll_ctl(epoll_, EPOLL_CTL_DEL, connection.fd, nullptr);
  connection.state.store(State::busy, std::memory_order_relaxed);  // later events of this round find no work
  closed_.push_back(std::move(connections_[index]));
  if (index + 1 != connections_.size()) {
    connections_[index] = std::move(connections_.back());
    connections_[index]->index = index;
  }
  connections_.pop_back();
  --counters_.open;
}

// --- Deadlines and the end ------------------------------------------------------------------------------

void EventLoop::sweep() {
  for (std::size_t i = connections_.size(); i-- > 0;) {  // backwards: closing moves the last one forward
    Connection& connection = *connections_[i];
    if (!connection.is_busy() && connection.deadline <= now_) expire(connection);
  }
  const milliseconds shortest = std::min({limits_.head_deadline, limits_.body_deadline, limits_.keep_alive,
                                          limits_.write_deadline, limits_.linger});
  next_sweep_ = now_ + std::clamp(shortest / 4, milliseconds{5}, milliseconds{1000});
}

void EventLoop::expire(Connection& connection) {
  ++counters_.expired;
  const bool half_a_request =
      connection.state.load(std::memory_order_relaxed) == State::reading && !connection.in.empty();
  if (half_a_request)
    refuse(connection, {408, "request took too long"}, true);
  else
    close(connection);
}

// True when nothing is left to wait for; `clean` tells whether everything in flight was answered.
bool EventLoop::wind_down(SteadyTime& deadline, bool& clean) {
  if (listener_ >= 0) {
    ::close(std::exchange(listener_, -1));
    deadline = now_ + limits_.stop_deadline;
  }
  for (std::size_t i = connections_.size(); i-- > 0;) {
    Connection& connection = *connections_[i];
    if (connection.state.load(std::memory_order_acquire) == State::reading) close(connection);
  }
  closed_.clear();
  if (connections_.empty()) return true;
  if (now_ < deadline) return false;
  for (const auto& connection : connections_) {
    if (connection->is_busy()) clean = false;
    ::shutdown(connection->fd, SHUT_RDWR);
  }
  pool_->close();
  return true;
}

}  // namespace pao::bot::http
