#include "tests/http/raw_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace pao::test {

RawClient::RawClient(int port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const timeval timeout{10, 0};
  const int on = 1;
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
  ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    throw std::runtime_error("connect failed");
}

RawClient::RawClient(RawClient&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), in_(std::move(other.in_)) {
}

RawClient::~RawClient() {
  if (fd_ >= 0) ::close(fd_);
}

void RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;  // the peer has closed; what it answered can still be read
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

bool RawClient::read_more() {
  char buffer[16384];
  const ssize_t got = ::recv(fd_, buffer, sizeof buffer, 0);
  if (got > 0) in_.append(buffer, static_cast<std::size_t>(got));
  return got > 0;
}

RawReply RawClient::reply(bool body) {
  RawReply reply;
  auto end = in_.find("\r\n\r\n");
  for (; end == std::string::npos; end = in_.find("\r\n\r\n"))
    if (!read_more()) return reply;
  reply.head = in_.substr(0, end + 2);
  in_.erase(0, end + 4);
  reply.status = std::atoi(reply.head.c_str() + 9);
  const auto length = reply.head.find("Content-Length: ");
  if (!body || length == std::string::npos) return reply;
  const auto size = static_cast<std::size_t>(std::atol(reply.head.c_str() + length + 16));
  while (in_.size() < size)
    if (!read_more()) return {};
  reply.body = in_.substr(0, size);
  in_.erase(0, size);
  return reply;
}

RawReply RawClient::ask(std::string_view bytes) {
  send(bytes);
  return reply();
}

bool RawClient::closed() {
  if (!in_.empty()) return false;
  char byte = 0;
  return ::recv(fd_, &byte, 1, 0) == 0;
}

RawReply ask_once(int port, std::string_view bytes) {
  RawClient client(port);
  return client.ask(bytes);
}

std::string post(std::string_view path, std::string_view body, std::string_view extra) {
  std::string bytes = "POST " + std::string(path) + " HTTP/1.1\r\nHost: bot\r\n";
  bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  bytes += extra;
  bytes += "\r\n";
  bytes += body;
  return bytes;
}

std::string get(std::string_view path) {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: bot\r\n\r\n";
}

}  // namespace pao::test
