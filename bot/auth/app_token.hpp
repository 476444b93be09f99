// The bot's own access token for calls to the connector, kept and renewed, whatever way it is obtained.
#pragma once

#include "bot/auth/token_source.hpp"
#include "handlers/procedure/bogota_time.hpp"
#include "handlers/procedure/result.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace pao::bot::auth {

// Keeps one token. It is fetched anew at min(300 s, a tenth of its life) before its end, or when the issuer
// said if that is sooner, and a little earlier by chance so that several instances do not ask at the same
// moment; while that fails the old one serves to its end. One fetch at a time, shared by all who wait. After
// a failure nothing is asked for a growing pause (1 s to 60 s) or what Retry-After says. Safe from many
// threads at once.
class AppToken {
 public:
  // `chance` returns numbers from [0, 1).
  AppToken(TokenSource source, std::function<Instant()> clock, std::function<double()> chance);

  // A token good for now, or why the source gave none (see NotIssued).
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
  using Lock = std::unique_lock<std::mutex>;

  Token kept(IssuedToken issued, Instant now) const;
  void refresh(Instant now, Lock& lock);
  bool may_ask(Instant now) const { return !fetching_ && (!not_before_ || now >= *not_before_); }

  const TokenSource source_;
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
