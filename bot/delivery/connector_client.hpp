// Calls the Bot Connector, many requests at a time over kept connections, from one thread.
#pragma once

#include "bot/delivery/retry_policy.hpp"
#include "handlers/procedure/result.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace pao::bot::delivery {

struct ConnectorOptions {
  std::size_t max_connections = 32;  // requests above that wait inside the client
  std::chrono::milliseconds connect_timeout{5'000};
  std::size_t max_answer_bytes = 64 * 1024;  // the rest of a longer answer is not read
  std::string user_agent = "pao-teams";
  std::string ca_file = {};      // empty: the system's certificates
  std::string https_proxy = {};  // empty: HTTPS_PROXY and NO_PROXY of the environment; loopback goes direct
};

// What the client asks of the rest of the service. Called on the thread that calls `send`.
struct ConnectorAccess {
  std::function<Result<std::string>()> token;  // bearer for our own calls; may fetch, and then blocks
  std::function<void()> forget_token;          // the channel refused it: the next one is fetched
  // Fails when our token must not go to that address (host not on the allow-list, not https).
  std::function<Result<void>(const std::string& url)> check_address;
};

enum class Method { get, post, put, del };

struct Request {
  Method method = Method::post;
  std::string url;
  std::string body = {};  // JSON; of post and put only
};

struct Finished {
  std::uint64_t tag;
  Answer answer;
  std::uint64_t token = 0;  // which of our tokens it was sent with, see forget_token
};

// Redirects are never followed, so the token stays with the host that was checked. Not thread-safe but
// `wake`.
class ConnectorClient {
 public:
  ConnectorClient(ConnectorOptions options, ConnectorAccess access);
  ~ConnectorClient();
  ConnectorClient(const ConnectorClient&) = delete;
  ConnectorClient& operator=(const ConnectorClient&) = delete;

  // Starts a request; its answer comes back from `wait` under the tag. Fails without sending: as
  // check_address fails, or `unavailable` when there is no token: a secret that is refused can be replaced
  // while the messages wait.
  Result<void> send(std::uint64_t tag, Request request, std::chrono::milliseconds timeout);

  // Drives the requests until one has finished, `wake` was called, or the time is over.
  std::vector<Finished> wait(std::chrono::milliseconds timeout);

  // Ends a `wait` that runs now or comes next. From any thread.
  void wake();

  // The channel refused the token that a finished request carried. Nothing when a newer one is in use: of
  // many requests refused together only the first makes us fetch another.
  void forget_token(std::uint64_t refused);
  std::size_t in_flight() const;

 private:
  class Transfers;
  ConnectorAccess access_;
  std::unique_ptr<Transfers> transfers_;
};

}  // namespace pao::bot::delivery
