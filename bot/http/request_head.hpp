// The request line and header lines of one request, checked before anything else sees them.
#pragma once

#include "bot/http/limits.hpp"
#include "bot/http/message.hpp"

#include <tl/expected.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::bot::http {

// Why a request is not served. `error` is the English text of the body, `extra` complete header lines
// ("Allow: POST\r\n") or empty.
struct Refusal {
  int status = 400;
  std::string_view error = {};
  std::string extra = {};
};

// Views into the bytes that were read.
struct Head {
  std::string_view method;
  std::string_view target;  // path and query, printable ASCII that begins with "/"
  std::string_view path;
  std::string_view query;
  std::vector<HeaderLine> headers;
  std::optional<std::size_t> content_length;  // saturated at the largest number that fits
  bool close = false;                         // the peer wants the connection closed after the answer
  bool expects_continue = false;              // "Expect: 100-continue"
};

// Reads one head: `bytes` ends with the empty line. RFC 9112 with every leniency refused that makes two
// readers of the same bytes disagree: folded lines, bare CR or LF, control characters, blanks before the
// colon, Transfer-Encoding (411 or 501), Content-Encoding (415), multipart (415), repeated or non-numeric
// Content-Length, encoded line ends in values, header names that the HTTP library uses for itself.
tl::expected<Head, Refusal> parse_head(std::string_view bytes, const Limits& limits);

}  // namespace pao::bot::http
