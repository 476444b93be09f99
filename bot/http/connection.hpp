// One accepted socket and what has been read from it.
#pragma once

#include "bot/http/request_head.hpp"
#include "bot/http/routes.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace pao::bot::http {

using SteadyTime = std::chrono::steady_clock::time_point;

// Owned by the loop thread, except while `state` is busy or busy_readable: then by one worker. The worker
// gives it back by changing busy to reading, or, when that fails or there is more to do, through the loop's
// list.
struct Connection {
  enum class State : std::uint8_t {
    reading,        // waiting for bytes of a request
    busy,           // a complete request is with a worker
    busy_readable,  // the same, and the socket reported something meanwhile
    writing,        // the peer has not taken the whole answer yet
    lingering,      // refused and half closed; what still comes is thrown away
  };

  Connection(int socket, std::string address) : fd(socket), remote_address(std::move(address)) {}
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  bool is_busy() const;

  // Sends what it can of `out`. False when the connection is broken.
  bool send_out();

  // Forgets the request that was answered; bytes of a following one stay.
  void drop_request();

  const int fd;
  const std::string remote_address;
  std::atomic<State> state{State::reading};
  SteadyTime deadline{};
  std::size_t index = 0;  // in the loop's list

  std::string in;             // the request being read, and what came behind it
  std::size_t scanned = 0;    // bytes of `in` known not to hold the end of the head
  std::size_t head_size = 0;  // 0 until the head is complete
  std::size_t needed = 0;     // bytes of head and body together
  bool more = false;          // the socket may hold bytes that nothing will announce again
  Head head;                  // valid while busy
  const Route* route = nullptr;

  std::string out;
  bool close_after_out = false;
  bool linger_after_out = false;
  std::size_t discarded = 0;
};

}  // namespace pao::bot::http
