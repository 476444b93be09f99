#include "bot/http/server.hpp"

#include "bot/http/event_loop.hpp"
#include "bot/http/routes.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <mutex>
#include <thread>
#include <utility>

namespace pao::bot::http {

namespace {

constexpr int listen_backlog = 1024;

Result<int> open_listener(const addrinfo& address) {
  const int fd =
      ::socket(address.ai_family, address.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, address.ai_protocol);
  const int on = 1;
  if (fd >= 0 && ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
      ::bind(fd, address.ai_addr, address.ai_addrlen) == 0 && ::listen(fd, listen_backlog) == 0)
    return fd;
  const std::string reason = std::strerror(errno);
  if (fd >= 0) ::close(fd);
  return fail(ErrorCode::unavailable, reason);
}

int port_of(int fd) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
  return address.ss_family == AF_INET6 ? ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port)
                                       : ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

}  // namespace

class Server::Core {
 public:
  explicit Core(Settings settings) : settings_(settings) {}

  ~Core() {
    stop();
    if (listener_ >= 0) ::close(listener_);
  }

  void route(Route route) { routes_.add(std::move(route)); }

  Result<void> listen(const std::string& host, int port) {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    wanted.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    if (const int error = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found))
      return fail(ErrorCode::unavailable, host + ": " + ::gai_strerror(error));
    const Result<int> fd = open_listener(*found);
    ::freeaddrinfo(found);
    if (!fd)
      return fail(ErrorCode::unavailable, host + ":" + std::to_string(port) + ": " + fd.error().detail);
    listener_ = *fd;
    port_ = port_of(*fd);
    return {};
  }

  void start() {
    loop_ = std::make_unique<EventLoop>(std::exchange(listener_, -1), settings_.limits, routes_,
                                        settings_.workers);
    thread_ = std::thread([this] { clean_ = loop_->run(); });
  }

  bool stop() {
    std::lock_guard lock(stop_mutex_);
    if (!thread_.joinable()) return clean_;
    loop_->stop();
    thread_.join();
    return clean_;
  }

  int port() const { return port_; }
  std::size_t default_body_limit() const { return settings_.limits.body_bytes; }

  Stats stats() const {
    Stats stats;
    if (!loop_) return stats;
    const Counters& counters = loop_->counters();
    stats.open_connections = counters.open;
    stats.accepted_connections = counters.accepted;
    stats.answered_requests = counters.answered;
    stats.expired_connections = counters.expired;
    stats.queued_requests = loop_->queued();
    for (std::size_t status = 0; status < counters.refused.size(); ++status)
      if (const auto count = counters.refused[status].load()) stats.refused[static_cast<int>(status)] = count;
    return stats;
  }

 private:
  const Settings settings_;
  Routes routes_;
  int listener_ = -1;
  int port_ = 0;
  std::mutex stop_mutex_;
  bool clean_ = true;
  std::thread thread_;
  std::unique_ptr<EventLoop> loop_;  // its destructor waits for the workers
};

Server::Server(Settings settings) : core_(std::make_unique<Core>(settings)) {
}
Server::~Server() = default;

void Server::route(std::string method, std::string path, Handler handler,
                   std::optional<std::size_t> max_body) {
  const std::size_t limit = max_body.value_or(method == "GET" ? 0 : core_->default_body_limit());
  core_->route({std::move(method), std::move(path), std::move(handler), limit});
}

Result<void> Server::listen(const std::string& host, int port) {
  return core_->listen(host, port);
}
int Server::port() const {
  return core_->port();
}
void Server::start() {
  core_->start();
}
bool Server::stop() {
  return core_->stop();
}
Stats Server::stats() const {
  return core_->stats();
}

}  // namespace pao::bot::http
