#include "bot/auth/token_validator.hpp"

#include "bot/auth/emulator_token.hpp"
#include "bot/auth/strict_json.hpp"
#include "bot/auth/token.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace pao::bot::auth {

using nlohmann::json;

namespace {

constexpr auto clock_skew = std::chrono::seconds{300};

tl::unexpected<Denied> deny(Denial kind, std::string reason) {
  return tl::unexpected<Denied>(Denied{kind, std::move(reason)});
}

tl::unexpected<Denied> reject(std::string reason) {
  return deny(Denial::rejected, std::move(reason));
}
tl::unexpected<Denied> forbid(std::string reason) {
  return deny(Denial::forbidden, std::move(reason));
}

bool contains(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

// NumericDate (RFC 7519): seconds, may have a fraction; bounded, so that arithmetic on it cannot overflow.
std::optional<Instant> numeric_date(const json& value) {
  if (!value.is_number()) return std::nullopt;
  constexpr double latest = 1e11;
  const double seconds = std::clamp(value.get<double>(), 0.0, latest);
  return Instant{std::chrono::milliseconds{static_cast<std::int64_t>(seconds * 1000)}};
}

bool is_for(const json& payload, const std::string& app_id) {
  const auto audience = payload.find("aud");
  if (app_id.empty() || audience == payload.end()) return false;
  if (audience->is_array()) return std::find(audience->begin(), audience->end(), app_id) != audience->end();
  return *audience == app_id;
}

tl::expected<void, Denied> check_lifetime(const Claims& claims, Instant now) {
  if (now > claims.expires + clock_skew) return reject("token expired");
  if (claims.not_before && now + clock_skew < *claims.not_before) return reject("token not valid yet");
  return {};
}

tl::expected<Claims, Denied> read_claims(const json& payload) {
  Claims claims;
  const auto expires = payload.find("exp");
  const auto exp = expires == payload.end() ? std::nullopt : numeric_date(*expires);
  if (!exp) return reject("no expiry");
  claims.expires = *exp;
  if (const auto not_before = payload.find("nbf"); not_before != payload.end()) {
    claims.not_before = numeric_date(*not_before);
    if (!claims.not_before) return reject("malformed nbf");
  }
  if (const auto url = payload.find("serviceurl"); url != payload.end()) {
    if (!url->is_string()) return reject("malformed serviceurl claim");
    claims.service_url = url->get<std::string>();
  }
  return claims;
}

}  // namespace

int http_status(Denial denial) {
  switch (denial) {
    case Denial::missing:
    case Denial::rejected:
      return 401;
    case Denial::forbidden:
      return 403;
    case Denial::unavailable:
      return 503;
  }
  return 401;
}

TokenValidator::TokenValidator(ValidatorSettings settings, SigningKeys& keys, SigningKeys* emulator_keys)
    : settings_(std::move(settings)),
      keys_(keys),
      emulator_keys_(emulator_keys),
      verified_(settings_.cached_tokens) {
}

TokenValidator::Verified TokenValidator::validate(std::optional<std::string_view> authorization,
                                                  Instant now) {
  if (!authorization || authorization->empty()) return deny(Denial::missing, "no Authorization header");
  const auto token = bearer_token(*authorization);
  if (!token) return reject("no bearer token");

  const TokenDigest digest = token_digest(*token);
  if (auto claims = verified_.find(digest)) {
    // The same key object: neither withdrawn nor fetched anew since.
    const auto key = keys_for(*claims).find(claims->key->kid);
    if (key && *key == claims->key) {
      if (auto alive = check_lifetime(*claims, now); !alive) return tl::unexpected(alive.error());
      return claims;
    }
    verified_.erase(digest);
  }
  auto verified = verify(*token, now);
  if (verified) verified_.put(digest, *verified, now);
  return verified;
}

TokenValidator::Verified TokenValidator::verify(std::string_view token, Instant now) {
  json payload;
  const auto parts = parse_token(token, payload);
  if (!parts) return reject("malformed token");
  const auto issuer = text_member(payload, "iss");
  const auto emulator = emulator_keys_ && issuer ? emulator_issuer_tenant(*issuer, settings_.tenant_id)
                                                 : std::optional<std::string>();
  if (!emulator && issuer != settings_.issuer) return reject("wrong issuer");
  if (!is_for(payload, settings_.app_id)) return reject("wrong audience");
  if (emulator) {
    if (auto problem = emulator_claims_problem(payload, *emulator, settings_.app_id))
      return reject(*std::move(problem));
  }
  auto claims = read_claims(payload);
  if (!claims) return tl::unexpected(claims.error());
  claims->emulator = emulator.has_value();
  if (auto alive = check_lifetime(*claims, now); !alive) return tl::unexpected(alive.error());

  auto key = keys_for(*claims).find(parts->kid);
  if (!key) {
    const bool outage = key.error().code == ErrorCode::unavailable;
    return deny(outage ? Denial::unavailable : Denial::rejected, std::move(key.error().detail));
  }
  if (!signature_matches(*parts, (*key)->key.get())) return reject("wrong signature");
  claims->key = std::move(*key);
  return std::make_shared<const Claims>(std::move(*claims));
}

tl::expected<ServiceUrlTrust, Denied> TokenValidator::check_activity(const Claims& claims,
                                                                     std::string_view channel_id,
                                                                     std::string_view service_url,
                                                                     const KnownServiceUrl& known) const {
  if (claims.emulator) return check_emulator(channel_id, service_url);
  if (!contains(settings_.channels, channel_id)) return forbid("channel is not served");
  if (settings_.check_endorsements && !contains(claims.key->endorsements, channel_id))
    return forbid("key is not endorsed for the channel");
  if (!claims.service_url && settings_.require_service_url_claim) return forbid("no serviceurl claim");
  if (service_url.empty()) return ServiceUrlTrust::none;
  if (const auto allowed = check_service_url(service_url, settings_.hosts); !allowed)
    return forbid(allowed.error().detail);
  if (claims.service_url) {
    if (same_service_url(*claims.service_url, service_url)) return ServiceUrlTrust::claimed;
    return forbid("serviceurl claim differs");
  }
  const auto last = known ? known() : std::nullopt;
  if (last && same_host(*last, service_url)) return ServiceUrlTrust::remembered;
  return forbid("no serviceurl claim and no known service URL");
}

// Keys of Entra are endorsed for no channel and its tokens name no service URL, so the answer stays here.
tl::expected<ServiceUrlTrust, Denied> TokenValidator::check_emulator(std::string_view channel_id,
                                                                     std::string_view service_url) const {
  if (channel_id != "emulator" && !contains(settings_.channels, channel_id))
    return forbid("channel is not served");
  if (service_url.empty()) return ServiceUrlTrust::none;
  const auto allowed = check_service_url(service_url, settings_.hosts);
  if (!allowed) return forbid(allowed.error().detail);
  if (!is_loopback(allowed->host)) return forbid("an emulator is on this machine");
  return ServiceUrlTrust::development;
}

}  // namespace pao::bot::auth
