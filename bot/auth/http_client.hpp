// Outgoing HTTP: the one place where the service calls other machines over HTTP.
#pragma once

#include "handlers/procedure/result.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pao::bot::auth {

struct HttpReply {
  int status = 0;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case, as received otherwise

  // Value of the first header of that (lower-case) name, or empty.
  std::string_view header(std::string_view name) const;
};

struct HttpRequest {
  std::string method = "GET";
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string body = {};                      // sent with POST, PUT and PATCH
  std::chrono::milliseconds timeout{10'000};  // for everything, from the name look-up to the last byte
  std::size_t max_reply_bytes = 1024 * 1024;  // a longer body fails the call
  // Sees the reply each time that more of its body has come, on the calling thread: for what is of use before
  // it is whole. False ends the call as `unavailable`. Empty: nobody looks. The time-out goes on meanwhile.
  std::function<bool(const HttpReply& so_far)> on_part = {};
};

// What code that calls out is given, so that tests can answer instead of the network.
using HttpSend = std::function<Result<HttpReply>(const HttpRequest&)>;

struct HttpClientOptions {
  std::string ca_file = {};  // PEM; empty: the system's certificates
  std::string proxy = {};    // "http://host:port"; empty: HTTPS_PROXY and NO_PROXY of the environment
  std::chrono::milliseconds connect_timeout{5'000};
  bool allow_loopback = false;  // plain http too, but only towards this machine
  // One more host for plain http: the platform's identity service. Like this machine, never through a proxy.
  std::string plain_host = {};
  // Refuses to connect to an address that is not public, whatever name led there; this machine stays as
  // allow_loopback says. Through a proxy it is the proxy that resolves names, and this does nothing.
  bool public_addresses_only = false;
  // Asked while a call runs, at least once a second; true ends the call as `unavailable`. Empty: never.
  std::function<bool()> is_cancelled = {};
};

// Keeps connections open between calls. Never follows a redirect, so that nothing in a request reaches a host
// the caller did not name. Certificates and host names are always checked. Safe from many threads at once.
class HttpClient {
 public:
  explicit HttpClient(HttpClientOptions options = {});
  ~HttpClient();

  // Any HTTP status is a reply. invalid: the URL or a header is not acceptable (nothing was sent);
  // unavailable: no connection, time-out, TLS failure, reply too long.
  Result<HttpReply> send(const HttpRequest& request);

 private:
  class Pool;
  HttpClientOptions options_;
  std::unique_ptr<Pool> pool_;
};

}  // namespace pao::bot::auth
