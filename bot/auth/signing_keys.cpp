#include "bot/auth/signing_keys.hpp"

#include <chrono>
#include <utility>

namespace pao::bot::auth {

using namespace std::chrono_literals;

namespace {

constexpr auto fresh_for = 24h;
constexpr auto usable_for = 5 * 24h;
constexpr auto between_forced = 1h;
constexpr auto after_failure = 5s;               // while callers wait for keys
constexpr auto after_background_failure = 5min;  // while the old ones still do
constexpr auto clock_skew = 300s;
constexpr auto fetch_timeout = 10'000ms;
constexpr std::size_t most_document_bytes = 1024 * 1024;

}  // namespace

SigningKeys::SigningKeys(SigningKeySettings settings, HttpSend send, Clock clock)
    : settings_(std::move(settings)), send_(std::move(send)), clock_(std::move(clock)) {
}

SigningKeys::~SigningKeys() {
  if (background_.joinable()) background_.join();
}

Result<std::shared_ptr<const SigningKey>> SigningKeys::find(std::string_view kid) {
  const Instant now = clock_();
  Lock lock(mutex_);
  if (!usable(now)) {
    if (auto waited = refresh_and_wait(now, lock); !waited) return tl::unexpected(waited.error());
    return look_up(kid, now);
  }
  if (now - *fetched_at_ >= fresh_for) refresh_in_background(now, lock);
  auto found = look_up(kid, now);
  if (found || (forced_at_ && now - *forced_at_ < between_forced)) return found;
  if (auto waited = refresh_and_wait(now, lock); !waited) return tl::unexpected(waited.error());
  forced_at_ = now;  // an outage does not use up the hour
  return look_up(kid, now);
}

bool SigningKeys::usable(Instant now) const {
  return fetched_at_ && now - *fetched_at_ < usable_for;
}

Result<std::shared_ptr<const SigningKey>> SigningKeys::look_up(std::string_view kid, Instant now) const {
  const auto found = keys_.find(std::string(kid));
  if (found == keys_.end()) return fail(ErrorCode::not_found, "unknown signing key");
  const auto& expires = found->second->certificate_expires;
  if (expires && now > *expires + clock_skew)
    return fail(ErrorCode::not_found, "signing certificate expired");
  return found->second;
}

void SigningKeys::refresh_in_background(Instant now, Lock&) {
  if (fetching_ || (failed_at_ && now - *failed_at_ < after_background_failure)) return;
  if (background_.joinable()) background_.join();  // it has ended: nothing is being fetched
  fetching_ = true;
  background_ = std::thread([this, now] {
    Lock lock(mutex_);
    refresh(now, lock);
  });
}

Result<void> SigningKeys::refresh_and_wait(Instant now, Lock& lock) {
  if (fetching_) {
    fetched_.wait(lock, [this] { return !fetching_; });
  } else if (!failed_at_ || now - *failed_at_ >= after_failure) {
    fetching_ = true;
    refresh(now, lock);
  }
  if (failed_at_) return tl::unexpected(last_error_);
  return {};
}

// With `fetching_` set by the caller. Unlocks while the network works.
void SigningKeys::refresh(Instant now, Lock& lock) {
  lock.unlock();
  auto keys = fetch();
  lock.lock();
  if (keys) {
    keys_ = std::move(*keys);
    fetched_at_ = now;
    failed_at_.reset();
  } else {
    last_error_ = std::move(keys.error());
    failed_at_ = now;
  }
  fetching_ = false;
  fetched_.notify_all();
}

Result<SigningKeys::Keys> SigningKeys::fetch() const {
  const auto metadata = get(settings_.metadata_url);
  if (!metadata) return tl::unexpected(metadata.error());
  const auto uri = jwks_uri(*metadata);
  if (!uri) return tl::unexpected(uri.error());
  if (!same_host(*uri, settings_.metadata_url) && !check_service_url(*uri, settings_.hosts))
    return fail(ErrorCode::unavailable, "jwks_uri points to a host that is not allowed");
  const auto document = get(*uri);
  if (!document) return tl::unexpected(document.error());
  auto list = parse_key_set(*document);
  if (!list) return tl::unexpected(list.error());
  Keys keys;
  for (SigningKey& key : *list) {
    std::string kid = key.kid;
    keys.emplace(std::move(kid), std::make_shared<const SigningKey>(std::move(key)));
  }
  return keys;
}

Result<std::string> SigningKeys::get(const std::string& url) const {
  const auto parsed = parse_service_url(url);
  if (!parsed ||
      (parsed->scheme != "https" && !(settings_.hosts.allow_loopback && is_loopback(parsed->host))))
    return fail(ErrorCode::unavailable, "key address is not https");
  auto reply = send_({.url = url, .timeout = fetch_timeout, .max_reply_bytes = most_document_bytes});
  if (!reply) return fail(ErrorCode::unavailable, "key server: " + reply.error().detail);
  if (reply->status != 200)
    return fail(ErrorCode::unavailable, "key server answered " + std::to_string(reply->status));
  return std::move(reply->body);
}

}  // namespace pao::bot::auth
