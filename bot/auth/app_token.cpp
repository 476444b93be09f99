#include "bot/auth/app_token.hpp"

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
constexpr milliseconds longest_margin = 300s;
constexpr milliseconds first_pause = 1s;
constexpr milliseconds longest_pause = 60s;
constexpr seconds longest_retry_after = 300s;

std::string form_encoded(std::string_view text) {
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

std::optional<seconds> whole_seconds(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size() || value < 0)
    return std::nullopt;
  return seconds{value};
}

// A number, or as older endpoints have it, a number in quotes.
std::optional<seconds> life(const json& reply) {
  const auto member = reply.find("expires_in");
  if (member == reply.end()) return std::nullopt;
  if (const auto text = text_member(reply, "expires_in")) return whole_seconds(*text);
  if (!member->is_number()) return std::nullopt;
  return seconds{static_cast<std::int64_t>(std::clamp(member->get<double>(), 0.0, 1e9))};
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
  if (is_code && !error.empty() && error.size() <= 64) codes = " " + std::string(error);
  const std::string_view description = text_member(reply, "error_description").value_or("");
  constexpr std::string_view mark = "AADSTS";
  const auto start = description.find(mark);
  if (start == std::string_view::npos) return codes;
  const auto end = std::min(description.find_first_not_of("0123456789", start + mark.size()), start + 20);
  return codes + " " + std::string(description.substr(start, end - start));
}

}  // namespace

std::string login_token_url(std::string_view tenant) {
  return "https://login.microsoftonline.com/" + std::string(tenant) + "/oauth2/v2.0/token";
}

AppToken::AppToken(AppTokenSettings settings, HttpSend send, std::function<Instant()> clock,
                   std::function<double()> chance)
    : settings_(std::move(settings)),
      send_(std::move(send)),
      clock_(std::move(clock)),
      chance_(std::move(chance)) {
}

Result<std::string> AppToken::get() {
  const Instant now = clock_();
  Lock lock(mutex_);
  const bool alive = token_ && now < token_->expires;
  if (alive && (now < token_->refresh_at || !may_ask(now))) return token_->text;
  if (fetching_)
    fetched_.wait(lock, [this] { return !fetching_; });
  else if (may_ask(now))
    refresh(now, lock);
  if (token_ && now < token_->expires) return token_->text;
  return tl::unexpected(last_error_);
}

void AppToken::invalidate(std::string_view token) {
  std::lock_guard lock(mutex_);
  if (token_ && token_->text == token) token_.reset();
}

// Unlocks while the network works.
void AppToken::refresh(Instant now, Lock& lock) {
  fetching_ = true;
  lock.unlock();
  auto token = fetch(now);
  lock.lock();
  if (token) {
    token_ = std::move(*token);
    failures_ = 0;
    not_before_.reset();
  } else {
    const milliseconds growing = std::min(longest_pause, first_pause * (1 << std::min(failures_, 6)));
    not_before_ = now + std::max(growing, token.error().retry_after);
    last_error_ = std::move(token.error().error);
    ++failures_;
  }
  fetching_ = false;
  fetched_.notify_all();
}

tl::expected<AppToken::Token, AppToken::Failure> AppToken::fetch(Instant now) const {
  const auto failure = [](ErrorCode code, std::string detail, milliseconds retry_after = {}) {
    return tl::unexpected<Failure>(Failure{{code, "token service: " + std::move(detail)}, retry_after});
  };
  HttpRequest request{.method = "POST", .url = settings_.token_url};
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
  request.body = "grant_type=client_credentials&client_id=" + form_encoded(settings_.client_id) +
                 "&client_secret=" + form_encoded(settings_.client_secret) +
                 "&scope=" + form_encoded(settings_.scope);
  const auto reply = send_(request);
  if (!reply) return failure(ErrorCode::unavailable, reply.error().detail);

  const json body = json::parse(reply->body, nullptr, /*allow_exceptions=*/false);
  if (reply->status != 200) {
    const bool passing = reply->status == 429 || reply->status >= 500;
    const std::string codes = body.is_object() ? error_codes(body) : "";
    const auto retry_after = whole_seconds(reply->header("retry-after")).value_or(seconds{0});
    return failure(passing ? ErrorCode::unavailable : ErrorCode::refused,
                   std::to_string(reply->status) + codes, std::min(retry_after, longest_retry_after));
  }
  const auto text = body.is_object() ? text_member(body, "access_token") : std::nullopt;
  const auto lasts = body.is_object() ? life(body) : std::nullopt;
  if (!text || !is_header_safe(*text) || !lasts) return failure(ErrorCode::unavailable, "malformed reply");

  const milliseconds lived = std::clamp(*lasts, shortest_life, longest_life);
  const milliseconds margin = std::min(longest_margin, lived / 10);
  const milliseconds early{static_cast<std::int64_t>(static_cast<double>(margin.count()) * 0.2 * chance_())};
  return Token{std::string(*text), now + lived - margin - early, now + lived};
}

}  // namespace pao::bot::auth
