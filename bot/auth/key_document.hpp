// The channel's published keys as documents: OpenID metadata and a JSON web key set (RFC 7517).
#pragma once

#include "handlers/procedure/bogota_time.hpp"
#include "handlers/procedure/result.hpp"

#include <openssl/evp.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::bot::auth {

struct SigningKey {
  std::string kid;
  std::shared_ptr<EVP_PKEY> key;               // RSA of 2048 to 8192 bits; safe to share between threads
  std::vector<std::string> endorsements;       // channel ids the key may vouch for
  std::optional<Instant> certificate_expires;  // of the published certificate, when there is one
};

// The `jwks_uri` of OpenID metadata; unavailable when the document has none.
Result<std::string> jwks_uri(std::string_view metadata);

// The usable keys. Others (not RSA, shorter than 2048 bits, no kid, n or e, a use other than "sig") are left
// out. unavailable when the document is malformed or no key remains.
Result<std::vector<SigningKey>> parse_key_set(std::string_view jwks);

}  // namespace pao::bot::auth
