#include "bot/auth/token_source.hpp"

#include "bot/auth/strict_json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <utility>

namespace pao::bot::auth {

using namespace std::chrono_literals;
using nlohmann::json;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr seconds shortest_life{1};
constexpr seconds longest_life = 24h;
constexpr seconds longest_retry_after = 300s;

std::optional<seconds> whole_seconds(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = !text.empty() && error == std::errc{} && end == text.data() + text.size();
  if (!whole || value < 0 || value > 100'000'000'000) return std::nullopt;
  return seconds{value};
}

// A number, or as older endpoints and managed identities have it, a number in quotes.
std::optional<seconds> seconds_member(const json& reply, const char* name) {
  const auto member = reply.find(name);
  if (member == reply.end()) return std::nullopt;
  if (const auto text = text_member(reply, name)) return whole_seconds(*text);
  if (!member->is_number()) return std::nullopt;
  return seconds{static_cast<std::int64_t>(std::clamp(member->get<double>(), 0.0, 1e11))};
}

std::optional<milliseconds> life(const json& reply, Instant now) {
  if (reply.contains("expires_in")) return seconds_member(reply, "expires_in");
  const auto end = seconds_member(reply, "expires_on");
  if (!end) return std::nullopt;
  return Instant{*end} - now;
}

bool is_header_safe(std::string_view token) {
  return !token.empty() &&
         std::all_of(token.begin(), token.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

// " invalid_client AADSTS7000215": codes only, because descriptions repeat parts of the request.
std::string error_codes(const json& reply) {
  std::string codes;
  const std::string_view error = text_member(reply, "error").value_or("");
  const bool is_code = error.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos;
  if (is_code && !error.empty() && error.size() <= 64) codes.append(" ").append(error);
  const std::string_view description = text_member(reply, "error_description").value_or("");
  constexpr std::string_view mark = "AADSTS";
  const auto start = description.find(mark);
  if (start == std::string_view::npos) return codes;
  const auto end = std::min(description.find_first_not_of("0123456789", start + mark.size()), start + 20);
  return codes.append(" ").append(description.substr(start, end - start));
}

bool may_pass(int status) {
  return status == 404 || status == 410 || status == 429 || status >= 500;
}

}  // namespace

tl::unexpected<NotIssued> not_issued(ErrorCode code, std::string_view who, std::string detail,
                                     milliseconds retry_after) {
  return tl::unexpected<NotIssued>(NotIssued{{code, std::string(who) + ": " + detail}, retry_after});
}

TokenAnswer read_token_reply(const HttpReply& reply, Instant now, std::string_view who) {
  const json body = json::parse(reply.body, nullptr, /*allow_exceptions=*/false);
  if (reply.status != 200) {
    const std::string codes = body.is_object() ? error_codes(body) : "";
    const auto retry_after = whole_seconds(reply.header("retry-after")).value_or(seconds{0});
    return not_issued(may_pass(reply.status) ? ErrorCode::unavailable : ErrorCode::refused, who,
                      std::to_string(reply.status) + codes, std::min(retry_after, longest_retry_after));
  }
  const auto text = body.is_object() ? text_member(body, "access_token") : std::nullopt;
  const auto lasts = body.is_object() ? life(body, now) : std::nullopt;
  if (!text || !is_header_safe(*text) || !lasts)
    return not_issued(ErrorCode::unavailable, who, "malformed reply");
  return IssuedToken{std::string(*text), std::clamp<milliseconds>(*lasts, shortest_life, longest_life),
                     seconds_member(body, "refresh_in")};
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  for (char c : text) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    const auto byte = static_cast<unsigned char>(c);
    if (plain)
      encoded += c;
    else
      encoded.append({'%', digits[byte >> 4], digits[byte & 0xf]});
  }
  return encoded;
}

}  // namespace pao::bot::auth
