// Who is calling: every activity must carry a token of the Bot Framework channel service that is meant for
// this bot and vouches for the activity's channel and service URL.
//
// Only channel tokens are accepted. Those of the emulator are refused like any other issuer's unless it is
// given keys for them (development); those of other bots always are.
#pragma once

#include "bot/auth/claims.hpp"
#include "bot/auth/service_url.hpp"
#include "bot/auth/signing_keys.hpp"
#include "bot/auth/verified_tokens.hpp"

#include <tl/expected.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::bot::auth {

enum class Denial {
  missing,      // 401 with "WWW-Authenticate: Bearer": no credentials at all
  rejected,     // 401: not a token of the channel for this bot, now
  forbidden,    // 403: a good token that does not vouch for this activity
  unavailable,  // 503 with Retry-After: the keys cannot be had; the channel sends the activity again
};

// 401, 403 or 503.
int http_status(Denial denial);

// `reason` is for the log, in English and without any part of the token. Never for the answer.
struct Denied {
  Denial kind = Denial::rejected;
  std::string reason;
};

struct ValidatorSettings {
  std::string app_id;                                   // the audience; byte for byte
  std::string issuer = "https://api.botframework.com";  // byte for byte
  std::vector<std::string> channels = {"msteams"};      // served channel ids
  bool check_endorsements = true;                       // off only towards mocks that publish none
  bool require_service_url_claim = false;               // strict mode: refuse tokens without the claim
  HostRules hosts = {};                                 // where service URLs may point
  std::string tenant_id = {};                           // ours: may issue emulator tokens too
  std::size_t cached_tokens = 4096;
};

// The service URL last authenticated by a claim for the activity's conversation. Asked only when needed.
using KnownServiceUrl = std::function<std::optional<std::string>()>;

// Where the trust in an activity's service URL comes from; to be counted.
enum class ServiceUrlTrust {
  claimed,      // the token names it
  remembered,   // the token names none; the conversation's last one has the same host
  none,         // the activity has no service URL: nothing may be sent on its account
  development,  // an emulator on this machine: no token names it, and it is nowhere else
};

// Safe from many threads at once.
class TokenValidator {
 public:
  using Verified = tl::expected<std::shared_ptr<const Claims>, Denied>;

  // `emulator_keys`: those of Entra, or null (production): emulator tokens are refused.
  TokenValidator(ValidatorSettings settings, SigningKeys& keys, SigningKeys* emulator_keys = nullptr);

  // The Authorization header's value (nothing when there is no such header). Lifetimes allow 300 s of skew.
  Verified validate(std::optional<std::string_view> authorization, Instant now);

  // The second step, when the body has been parsed: does the token vouch for this channel and address?
  // `service_url` empty when the activity has none. Failures are forbidden.
  tl::expected<ServiceUrlTrust, Denied> check_activity(const Claims& claims, std::string_view channel_id,
                                                       std::string_view service_url,
                                                       const KnownServiceUrl& known) const;

 private:
  Verified verify(std::string_view token, Instant now);
  SigningKeys& keys_for(const Claims& claims) { return claims.emulator ? *emulator_keys_ : keys_; }
  tl::expected<ServiceUrlTrust, Denied> check_emulator(std::string_view channel_id,
                                                       std::string_view service_url) const;

  const ValidatorSettings settings_;
  SigningKeys& keys_;
  SigningKeys* const emulator_keys_;
  VerifiedTokens verified_;
};

}  // namespace pao::bot::auth
