// The HTTP front end: one thread owns every socket, a bounded pool of workers runs the handlers.
//
// A handler is only called with one whole request that passed every check of request_head.hpp and fits its
// limits; silent, slow or hostile peers cost a socket and a deadline, never a worker. Answers leave in one
// send; while a handler works, somebody else may answer in its place (EarlyAnswer), and the handler goes on
// without its connection. Connections are kept open; requests of one connection are answered one after the
// other, also when they arrive together. Plain HTTP/1.x only: TLS ends at a reverse proxy.
//
// Refused without a handler, body {"error": "…"}: 400, 404, 405 + Allow, 408, 411, 413, 414, 415, 417, 431,
// 501, 503 + Retry-After (queue full, too many connections), 505.
#pragma once

#include "bot/http/limits.hpp"
#include "bot/http/message.hpp"
#include "handlers/procedure/result.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace pao::bot::http {

struct Settings {
  Limits limits = {};
  unsigned workers = 16;
};

// Since the start; each number is right by itself, together they are no snapshot.
struct Stats {
  std::uint64_t open_connections = 0;
  std::uint64_t accepted_connections = 0;
  std::uint64_t answered_requests = 0;    // by handlers, whatever their status
  std::uint64_t expired_connections = 0;  // closed at a deadline
  std::uint64_t queued_requests = 0;      // waiting for a worker now
  std::map<int, std::uint64_t> refused;   // by status
};

class Server {
 public:
  explicit Server(Settings settings = {});
  ~Server();  // stops, then waits for handlers that overran the stop deadline

  // Before start(). `max_body` in bytes; by default Limits::body_bytes, and 0 for GET.
  void route(std::string method, std::string path, Handler handler,
             std::optional<std::size_t> max_body = std::nullopt);

  // Takes the port; 0 takes a free one. `host` is an address or a name of this machine.
  // unavailable when the system refuses.
  Result<void> listen(const std::string& host, int port);

  int port() const;  // the port taken; 0 before listen()

  // Starts serving. After a successful listen(), once.
  void start();

  // Accepts no more, closes connections without a request in flight, lets the others be answered until the
  // stop deadline. False when handlers were still running then; their connections are cut. Any thread but a
  // handler's; further calls do nothing.
  bool stop();

  Stats stats() const;

 private:
  class Core;
  std::unique_ptr<Core> core_;
};

}  // namespace pao::bot::http
