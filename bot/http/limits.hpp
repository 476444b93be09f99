// What one peer may cost us. Everything the front end accepts from the network is bounded by a number here.
#pragma once

#include <chrono>
#include <cstddef>

namespace pao::bot::http {

struct Limits {
  std::size_t head_bytes = 16 * 1024;   // request line and header lines together; above: 431
  std::size_t target_bytes = 2 * 1024;  // path and query; above: 414
  std::size_t header_lines = 64;        // above: 431
  std::size_t body_bytes = 256 * 1024;  // of routes that do not name their own; above: 413
  std::size_t connections = 4096;       // above: 503 and closed
  std::size_t queued_requests = 1024;   // complete requests waiting for a worker; above: 503 with Retry-After

  std::chrono::milliseconds head_deadline{10'000};   // from accept or the first byte to the end of the head
  std::chrono::milliseconds body_deadline{30'000};   // from the end of the head to the end of the body
  std::chrono::milliseconds keep_alive{75'000};      // silence between two requests of one connection
  std::chrono::milliseconds write_deadline{10'000};  // for the peer to take an answer
  std::chrono::milliseconds linger{2'000};           // after a refusal: how long unread bytes are thrown away
  std::chrono::milliseconds stop_deadline{900};      // for requests in flight when the server stops
};

}  // namespace pao::bot::http
