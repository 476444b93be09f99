// A validator, its keys behind a real local server, and a clock that only the test moves.
#pragma once

#include "bot/auth/http_client.hpp"
#include "bot/auth/signing_keys.hpp"
#include "bot/auth/token_validator.hpp"
#include "tests/support/identity_server.hpp"

#include <atomic>
#include <chrono>
#include <string>
#include <utility>

namespace pao::test {

class FakeClock {
 public:
  Instant now() const { return Instant{std::chrono::milliseconds{now_}}; }
  void advance(std::chrono::milliseconds by) { now_ += by.count(); }
  std::function<Instant()> function() {
    return [this] { return now(); };
  }

 private:
  std::atomic<std::int64_t> now_{1'775'000'000'000};
};

// One RSA key for all tests of the program: making one is slow.
inline const TestKey& channel_key() {
  static const TestKey key = TestKey::rsa("channel-1");
  return key;
}

inline bot::auth::HttpClient& test_http_client() {
  static bot::auth::HttpClient client({.allow_loopback = true});
  return client;
}

inline bot::auth::HttpSend test_send() {
  return [](const bot::auth::HttpRequest& request) { return test_http_client().send(request); };
}

inline bot::auth::ValidatorSettings validator_settings() {
  bot::auth::ValidatorSettings settings;
  settings.app_id = test_app_id;
  settings.issuer = test_issuer;
  return settings;
}

struct AuthFixture {
  explicit AuthFixture(bot::auth::ValidatorSettings settings = validator_settings(),
                       const std::vector<nlohmann::json>& published = {channel_key().jwk()})
      : server(published),
        keys({.metadata_url = server.metadata_url(), .hosts = {.allow_loopback = true}}, test_send(),
             clock.function()),
        validator(std::move(settings), keys) {}

  bot::auth::TokenValidator::Verified validate(const std::string& token) {
    return validator.validate("Bearer " + token, clock.now());
  }

  // 200, or the status the request would be answered with.
  int status(const std::string& token) {
    const auto verified = validate(token);
    return verified ? 200 : bot::auth::http_status(verified.error().kind);
  }

  // Of a token with these changes to good claims and header.
  int status_of(const nlohmann::json& claims, const nlohmann::json& header = nlohmann::json::object()) {
    return status(channel_key().token(channel_claims(clock.now(), claims), header));
  }

  FakeClock clock;
  IdentityServer server;
  bot::auth::SigningKeys keys;
  bot::auth::TokenValidator validator;
};

}  // namespace pao::test
