// What a handler receives and returns.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pao::bot::http {

struct HeaderLine {
  std::string_view name;   // as sent
  std::string_view value;  // without blanks around it; no control characters
};

struct Response {
  int status = 200;
  std::string content_type = {};  // left out when empty
  std::string body = {};
  std::vector<std::pair<std::string, std::string>> headers = {};  // lines with CR or LF in them are dropped
};

// Answers a request while its handler still works on it.
class EarlyAnswer {
 public:
  // Sends the answer now; what the handler gives later is dropped. False when the handler's own answer is on
  // its way already. After a success nothing of the request may be read any more. Any thread, but not after
  // the handler has returned.
  virtual bool give(const Response& response) = 0;

 protected:
  ~EarlyAnswer() = default;
};

// One complete request. Every view is valid while the handler runs, not longer.
struct Request {
  std::string_view method;  // "GET", "HEAD", "POST"
  std::string_view path;    // the route's path, byte for byte; nothing in it was decoded
  std::string_view query;   // behind the "?", undecoded; empty when there is none
  std::string_view body;
  std::string_view remote_address;  // numeric, of the peer (a reverse proxy's own address when there is one)
  std::span<const HeaderLine> headers;
  EarlyAnswer* early = nullptr;  // null where nobody waits

  // Value of the first line with that name (ASCII case does not matter); nothing when there is none.
  std::optional<std::string_view> header(std::string_view name) const;
};

// Runs on a worker thread, several at a time. An exception that leaves it becomes an empty 500.
using Handler = std::function<void(const Request&, Response&)>;

// True when both are equal but for ASCII letter case.
bool same_text(std::string_view a, std::string_view b);

}  // namespace pao::bot::http
