#include "bot/http/connection.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

namespace pao::bot::http {

namespace {

constexpr std::size_t kept_capacity = 16 * 1024;  // a silent connection holds no more memory than this

}  // namespace

Connection::~Connection() {
  ::close(fd);
}

bool Connection::is_busy() const {
  const State now = state.load(std::memory_order_acquire);
  return now == State::busy || now == State::busy_readable;
}

bool Connection::send_out() {
  while (!out.empty()) {
    const ssize_t sent = ::send(fd, out.data(), out.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return errno == EAGAIN || errno == EWOULDBLOCK;
    if (static_cast<std::size_t>(sent) == out.size())
      out.clear();
    else
      out.erase(0, static_cast<std::size_t>(sent));
  }
  return true;
}

void Connection::drop_request() {
  in.erase(0, needed);
  if (in.empty() && in.capacity() > kept_capacity) in = std::string{};
  scanned = 0;
  head_size = 0;
  needed = 0;
}

}  // namespace pao::bot::http
