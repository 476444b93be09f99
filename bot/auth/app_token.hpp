// The bot's own access token for calls to the connector (OAuth 2.0 client credentials with a secret).
#pragma once

#include "bot/auth/http_client.hpp"
#include "handlers/procedure/bogota_time.hpp"
#include "handlers/procedure/result.hpp"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace pao::bot::auth {

struct AppTokenSettings {
  std::string token_url;  // see login_token_url()
  std::string client_id;
  std::string client_secret;
  std::string scope = "https://api.botframework.com/.default";
};

// The public cloud's token address. `tenant`: the registration's tenant id; "botframework.com" for an old
// multi-tenant registration.
std::string login_token_url(std::string_view tenant);

// Keeps one token. It is fetched anew at min(300 s, a tenth of its life) before its end, a little earlier by
// chance so that several instances do not ask at the same moment; while that fails the old one serves to its
// end. One fetch at a time, shared by all who wait. After a failure nothing is asked for a growing pause (1 s
// to 60 s) or what Retry-After says. Safe from many threads at once.
class AppToken {
 public:
  // `chance` returns numbers from [0, 1).
  AppToken(AppTokenSettings settings, HttpSend send, std::function<Instant()> clock,
           std::function<double()> chance);

  // A token good for now. unavailable: the service fails or asks to wait; refused: it does not accept our
  // credentials. `detail` names the OAuth error and the AADSTS number, nothing else of the reply.
  Result<std::string> get();

  // After the connector answered 401 to this token: forgets it, unless a newer one has come since. The caller
  // repeats its call once.
  void invalidate(std::string_view token);

 private:
  struct Token {
    std::string text;
    Instant refresh_at{};
    Instant expires{};
  };
  struct Failure {
    Error error;
    std::chrono::milliseconds retry_after{};
  };
  using Lock = std::unique_lock<std::mutex>;

  tl::expected<Token, Failure> fetch(Instant now) const;
  void refresh(Instant now, Lock& lock);
  bool may_ask(Instant now) const { return !fetching_ && (!not_before_ || now >= *not_before_); }

  const AppTokenSettings settings_;
  const HttpSend send_;
  const std::function<Instant()> clock_;
  const std::function<double()> chance_;

  std::mutex mutex_;
  std::condition_variable fetched_;
  std::optional<Token> token_;
  bool fetching_ = false;
  int failures_ = 0;                   // in a row
  std::optional<Instant> not_before_;  // of the next attempt
  Error last_error_;
};

}  // namespace pao::bot::auth
