// Keys and signed tokens as the channel would have them, and every kind of wrong one.
#pragma once

#include "handlers/procedure/bogota_time.hpp"

#include <nlohmann/json.hpp>
#include <openssl/evp.h>

#include <memory>
#include <string>
#include <string_view>

namespace pao::test {

inline constexpr const char* test_app_id = "11111111-2222-4333-8444-555555555555";
inline constexpr const char* test_issuer = "https://api.botframework.invalid";
inline constexpr const char* test_service_url = "https://smba.trafficmanager.net/amer/";

// A key pair made anew.
class TestKey {
 public:
  static TestKey rsa(std::string kid, int bits = 2048);
  static TestKey elliptic(std::string kid);  // P-256

  const std::string& kid() const { return kid_; }

  // The public part as published: endorsed for msteams.
  nlohmann::json jwk() const;

  // A token over exactly these documents.
  std::string sign(const std::string& header, const std::string& payload,
                   const char* digest = "SHA256") const;

  // A token with an ordinary header; `header` members replace or add, null removes.
  std::string token(const nlohmann::json& claims,
                    const nlohmann::json& header = nlohmann::json::object()) const;

  // A certificate of the key as in a JWK's x5c, valid until `end`.
  std::string certificate(Instant end) const;

  // The same certificate, and the private key, in PEM form; `passphrase` not empty: encrypted with it.
  std::string certificate_pem(Instant end) const;
  std::string private_pem(const std::string& passphrase = "") const;

  // Whether the token's signature is this key's: RSASSA-PSS with a salt of 32 bytes ("PS256") or
  // RSASSA-PKCS1-v1_5 ("RS256").
  bool has_signed(const std::string& token, const std::string& algorithm) const;

 private:
  TestKey(std::string kid, EVP_PKEY* key) : kid_(std::move(kid)), key_(key, EVP_PKEY_free) {}

  std::string kid_;
  std::shared_ptr<EVP_PKEY> key_;
};

// Claims of a good channel token of the next hour; `changes` members replace or add, null removes.
nlohmann::json channel_claims(Instant now, const nlohmann::json& changes = nlohmann::json::object());

// Signed with HMAC-SHA-256 and that secret: the classic confusion of algorithms.
std::string hmac_token(const nlohmann::json& header, const nlohmann::json& claims, std::string_view secret);

// Header and payload of a token, unverified.
nlohmann::json token_header(const std::string& token);
nlohmann::json token_payload(const std::string& token);

}  // namespace pao::test
