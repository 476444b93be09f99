// The bytes of an answer.
#pragma once

#include "bot/http/message.hpp"
#include "bot/http/request_head.hpp"

#include <functional>
#include <memory>
#include <string>

namespace pao::bot::http {

// Runs handlers through cpp-httplib: the library reads the request line, calls the handler and writes the
// response; the network stays with Server. The library's own header and body readers never see a byte that
// a peer sent (of 0.11.4 they accept repeated lengths, unbounded headers and compressed bodies).
// One per thread; not thread-safe.
class Answerer {
 public:
  Answerer();
  ~Answerer();

  // The whole answer to one request, ready to send. `target` is the checked target of the request line.
  // `close` is asked when the handler has ended: does the connection end with this answer? An exception of
  // the handler becomes an empty 500.
  std::string answer(const Request& request, std::string_view target, const Handler& handler,
                     const std::function<bool()>& close);

 private:
  class Library;
  std::unique_ptr<Library> library_;
};

// The whole answer that was given before the handler ended.
std::string response_bytes(const Response& response, bool close);

// The whole answer that says why a request is not served. `body` false for HEAD.
std::string refusal_bytes(const Refusal& refusal, bool close, bool body = true);

}  // namespace pao::bot::http
