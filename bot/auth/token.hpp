// A signed JSON web token taken apart (RFC 7515, compact form) and its signature checked.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <openssl/evp.h>

#include <optional>
#include <string>
#include <string_view>

namespace pao::bot::auth {

// The token of an Authorization value: "Bearer" (any case), blanks, one word of at most 16 KiB.
std::optional<std::string_view> bearer_token(std::string_view authorization);

struct TokenParts {
  std::string_view signing_input;  // "header.payload", a view into the token
  std::string kid;
  std::string signature;
};

// Splits the token and checks its header: `alg` exactly RS256, a `kid`, no `crit`. Key material that the
// header brings along (jku, jwk, x5u, x5c) is never looked at. Nothing when anything is wrong; otherwise
// `payload` receives the claims object, which nobody vouches for until the signature is checked.
std::optional<TokenParts> parse_token(std::string_view token, nlohmann::json& payload);

// RSASSA-PKCS1-v1_5 with SHA-256.
bool signature_matches(const TokenParts& parts, EVP_PKEY* key);

}  // namespace pao::bot::auth
