#include "bot/http/request_head.hpp"

#include <array>
#include <limits>

namespace pao::bot::http {

namespace {

constexpr std::string_view line_end = "\r\n";

using Checked = tl::expected<void, Refusal>;

tl::unexpected<Refusal> refuse(int status, std::string_view error) {
  return tl::unexpected<Refusal>(Refusal{status, error});
}

constexpr std::array<bool, 256> make_token_table() {
  std::array<bool, 256> table{};
  for (int c = '0'; c <= '9'; ++c) table[static_cast<std::size_t>(c)] = true;
  for (int c = 'a'; c <= 'z'; ++c) table[static_cast<std::size_t>(c)] = true;
  for (int c = 'A'; c <= 'Z'; ++c) table[static_cast<std::size_t>(c)] = true;
  for (char c : std::string_view{"!#$%&'*+-.^_`|~"}) table[static_cast<unsigned char>(c)] = true;
  return table;
}

bool is_token(std::string_view text) {
  static constexpr auto table = make_token_table();
  for (char c : text)
    if (!table[static_cast<unsigned char>(c)]) return false;
  return !text.empty();
}

bool has_control_character(std::string_view value) {
  unsigned found = 0;  // without a jump per byte: bearer values are a kilobyte
  for (char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    found |= static_cast<unsigned>((byte < 0x20) & (byte != '\t')) | static_cast<unsigned>(byte == 0x7f);
  }
  return found != 0;
}

bool has_encoded_line_end(std::string_view value) {
  for (auto at = value.find('%'); at != std::string_view::npos; at = value.find('%', at + 1)) {
    const std::string_view code = value.substr(at + 1, 2);
    if (same_text(code, "0d") || same_text(code, "0a")) return true;
  }
  return false;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool lists(std::string_view value, std::string_view word) {
  while (!value.empty()) {
    const auto comma = value.find(',');
    if (same_text(trimmed(value.substr(0, comma)), word)) return true;
    if (comma == std::string_view::npos) return false;
    value.remove_prefix(comma + 1);
  }
  return false;
}

Checked check_version(std::string_view version) {
  if (version == "HTTP/1.1" || version == "HTTP/1.0") return {};
  const auto digit = [&](std::size_t at) { return version[at] >= '0' && version[at] <= '9'; };
  const bool well_formed =
      version.size() == 8 && version.substr(0, 5) == "HTTP/" && digit(5) && version[6] == '.' && digit(7);
  return well_formed ? refuse(505, "HTTP version not supported") : refuse(400, "malformed request line");
}

Checked read_request_line(std::string_view line, const Limits& limits, Head& head) {
  const auto first = line.find(' ');
  const auto second = line.find(' ', first == std::string_view::npos ? first : first + 1);
  if (second == std::string_view::npos) return refuse(400, "malformed request line");
  head.method = line.substr(0, first);
  head.target = line.substr(first + 1, second - first - 1);
  if (auto version = check_version(line.substr(second + 1)); !version) return version;
  head.close = line.substr(second + 1) == "HTTP/1.0";
  if (head.method.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string_view::npos)
    return refuse(400, "malformed method");
  if (head.target.size() > limits.target_bytes) return refuse(414, "target too long");
  if (head.method.empty() || head.target.empty() || head.target.front() != '/')
    return refuse(400, "unsupported request target");
  for (char c : head.target)
    if (c <= 0x20 || c >= 0x7f || c == '#') return refuse(400, "malformed request target");
  const auto mark = head.target.find('?');
  head.path = head.target.substr(0, mark);
  if (mark != std::string_view::npos) head.query = head.target.substr(mark + 1);
  return {};
}

// What a number means is decided by the route's limit, so one that does not fit becomes the largest that
// does.
Checked read_content_length(std::string_view value, Head& head) {
  if (head.content_length) return refuse(400, "repeated Content-Length");
  if (value.empty() || value.find_first_not_of("0123456789") != std::string_view::npos)
    return refuse(400, "malformed Content-Length");
  constexpr auto largest = std::numeric_limits<std::size_t>::max();
  std::size_t length = 0;
  for (char c : value) {
    const auto digit = static_cast<std::size_t>(c - '0');
    length = length > (largest - digit) / 10 ? largest : length * 10 + digit;
  }
  head.content_length = length;
  return {};
}

Checked read_header_line(std::string_view line, Head& head) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon)))
    return refuse(400, "malformed header line");
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = trimmed(line.substr(colon + 1));
  if (has_control_character(value) || has_encoded_line_end(value))
    return refuse(400, "malformed header value");
  head.headers.push_back({name, value});
  return {};
}

bool is_reserved(std::string_view name) {
  return same_text(name, "REMOTE_ADDR") || same_text(name, "REMOTE_PORT") || same_text(name, "LOCAL_ADDR") ||
         same_text(name, "LOCAL_PORT");
}

// The headers that decide how the bytes are cut or who is asking.
Checked read_meaning(const HeaderLine& line, Head& head, bool& host, bool& authorization) {
  const auto& [name, value] = line;
  switch (name.size()) {  // names of other lengths mean nothing here
    case 4:
      if (same_text(name, "Host") && std::exchange(host, true)) return refuse(400, "repeated Host");
      break;
    case 6:
      if (!same_text(name, "Expect")) break;
      if (!same_text(value, "100-continue")) return refuse(417, "unsupported expectation");
      head.expects_continue = true;
      break;
    case 10:
      if (same_text(name, "Connection") && lists(value, "close")) head.close = true;
      break;
    case 12:
      if (same_text(name, "Content-Type") && same_text(value.substr(0, 10), "multipart/"))
        return refuse(415, "multipart is not accepted");
      break;
    case 13:
      if (same_text(name, "Authorization") && std::exchange(authorization, true))
        return refuse(400, "repeated Authorization");
      break;
    case 14:
      if (same_text(name, "Content-Length")) return read_content_length(value, head);
      break;
    case 16:
      if (same_text(name, "Content-Encoding")) return refuse(415, "Content-Encoding is not accepted");
      break;
    case 17:
      if (same_text(name, "Transfer-Encoding"))
        return same_text(value, "chunked") ? refuse(411, "Content-Length is required")
                                           : refuse(501, "Transfer-Encoding is not accepted");
      break;
    default:
      break;
  }
  return is_reserved(name) ? Checked{refuse(400, "reserved header name")} : Checked{};
}

}  // namespace

tl::expected<Head, Refusal> parse_head(std::string_view bytes, const Limits& limits) {
  Head head;
  const auto first_end = bytes.find(line_end);
  if (auto read = read_request_line(bytes.substr(0, first_end), limits, head); !read)
    return tl::unexpected(read.error());
  const bool host_required = !head.close;  // so far only HTTP/1.0 has set it

  head.headers.reserve(16);
  bytes.remove_prefix(first_end + line_end.size());
  for (auto end = bytes.find(line_end); end != 0; end = bytes.find(line_end)) {
    if (head.headers.size() == limits.header_lines) return refuse(431, "too many header lines");
    if (auto read = read_header_line(bytes.substr(0, end), head); !read) return tl::unexpected(read.error());
    bytes.remove_prefix(end + line_end.size());
  }

  bool host = false;
  bool authorization = false;
  for (const HeaderLine& line : head.headers)
    if (auto read = read_meaning(line, head, host, authorization); !read) return tl::unexpected(read.error());
  if (host_required && !host) return refuse(400, "Host is required");
  return head;
}

}  // namespace pao::bot::http
