// The channel's keys, fetched and kept: who may sign a request to us.
//
// Younger than 24 hours: used. Up to 5 days: still used while a new copy is fetched in the background. Older
// or none: fetched while the caller waits. An unknown kid causes one more fetch, at most once per hour, so
// that a key published since is found and an invented one costs nothing. Callers that need the same fetch
// share it.
#pragma once

#include "bot/auth/http_client.hpp"
#include "bot/auth/key_document.hpp"
#include "bot/auth/service_url.hpp"
#include "handlers/procedure/bogota_time.hpp"
#include "handlers/procedure/result.hpp"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>

namespace pao::bot::auth {

using Clock = std::function<Instant()>;

struct SigningKeySettings {
  std::string metadata_url = "https://login.botframework.com/v1/.well-known/openidconfiguration";
  // `jwks_uri` must point to the metadata's own host or to one of these, over https.
  HostRules hosts = {};
};

// Safe from many threads at once.
class SigningKeys {
 public:
  SigningKeys(SigningKeySettings settings, HttpSend send, Clock clock);
  ~SigningKeys();  // waits for a fetch in the background

  // The key of that id. A new object after each fetch, so that comparing pointers tells whether keys changed.
  // not_found: nobody published it (or its certificate has expired); unavailable: the keys cannot be had now.
  Result<std::shared_ptr<const SigningKey>> find(std::string_view kid);

 private:
  using Keys = std::unordered_map<std::string, std::shared_ptr<const SigningKey>>;
  using Lock = std::unique_lock<std::mutex>;

  bool usable(Instant now) const;
  Result<std::shared_ptr<const SigningKey>> look_up(std::string_view kid, Instant now) const;
  void refresh_in_background(Instant now, Lock& lock);
  Result<void> refresh_and_wait(Instant now, Lock& lock);
  void refresh(Instant now, Lock& lock);
  Result<Keys> fetch() const;
  Result<std::string> get(const std::string& url) const;

  const SigningKeySettings settings_;
  const HttpSend send_;
  const Clock clock_;

  std::mutex mutex_;
  std::condition_variable fetched_;
  Keys keys_;
  std::optional<Instant> fetched_at_;
  std::optional<Instant> failed_at_;  // of the last attempt, when it failed
  std::optional<Instant> forced_at_;  // last fetch for an unknown kid
  bool fetching_ = false;
  Error last_error_;
  std::thread background_;
};

}  // namespace pao::bot::auth
