#include "bot/auth/key_document.hpp"

#include "bot/auth/base64url.hpp"
#include "bot/auth/openssl.hpp"
#include "bot/auth/strict_json.hpp"

#include <nlohmann/json.hpp>
#include <openssl/core_names.h>

#include <algorithm>

namespace pao::bot::auth {

using nlohmann::json;

namespace {

constexpr int least_bits = 2048;
constexpr int most_bits = 8192;  // longer ones only cost time
constexpr std::size_t most_keys = 256;

Owned<BIGNUM> big_number(const json& key, const char* name) {
  const auto text = text_member(key, name);
  if (!text || text->size() > 4096) return nullptr;
  const auto bytes = base64url_decode(*text);
  if (!bytes || bytes->empty()) return nullptr;
  return Owned<BIGNUM>(BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes->data()),
                                 static_cast<int>(bytes->size()), nullptr));
}

std::shared_ptr<EVP_PKEY> rsa_key(const json& key) {
  const auto n = big_number(key, "n");
  const auto e = big_number(key, "e");
  if (!n || !e || BN_num_bits(n.get()) < least_bits || BN_num_bits(n.get()) > most_bits) return nullptr;
  if (!BN_is_odd(n.get()) || !BN_is_odd(e.get()) || BN_is_one(e.get()) || BN_num_bits(e.get()) > 64)
    return nullptr;
  const Owned<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
  const Owned<OSSL_PARAM> parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  const Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* made = nullptr;
  if (EVP_PKEY_fromdata_init(context.get()) <= 0 ||
      EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get()) <= 0)
    return nullptr;
  return {made, EVP_PKEY_free};
}

// `x5c` holds certificates in ordinary base64, ours first.
std::optional<Instant> certificate_expiry(const json& key) {
  const auto chain = key.find("x5c");
  if (chain == key.end() || !chain->is_array() || chain->empty() || !chain->front().is_string())
    return std::nullopt;
  const auto& text = chain->front().get_ref<const std::string&>();
  std::string der(text.size(), '\0');
  const int size =
      EVP_DecodeBlock(reinterpret_cast<unsigned char*>(der.data()),
                      reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  if (size <= 0) return std::nullopt;
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const Owned<X509> certificate(d2i_X509(nullptr, &at, size));
  return certificate ? not_after(*certificate) : std::nullopt;
}

std::vector<std::string> endorsements(const json& key) {
  std::vector<std::string> channels;
  const auto list = key.find("endorsements");
  if (list == key.end() || !list->is_array()) return channels;
  for (const json& channel : *list)
    if (channel.is_string()) channels.push_back(channel.get<std::string>());
  return channels;
}

std::optional<SigningKey> signing_key(const json& key) {
  if (!key.is_object() || text_member(key, "kty") != "RSA") return std::nullopt;
  if (key.contains("use") && text_member(key, "use") != "sig") return std::nullopt;
  const auto kid = text_member(key, "kid");
  if (!kid || kid->empty()) return std::nullopt;
  auto rsa = rsa_key(key);
  if (!rsa) return std::nullopt;
  return SigningKey{std::string(*kid), std::move(rsa), endorsements(key), certificate_expiry(key)};
}

}  // namespace

Result<std::string> jwks_uri(std::string_view metadata) {
  const auto document = parse_strict_object(metadata);
  const auto uri = document ? text_member(*document, "jwks_uri") : std::nullopt;
  if (!uri) return fail(ErrorCode::unavailable, "OpenID metadata has no jwks_uri");
  return std::string(*uri);
}

Result<std::vector<SigningKey>> parse_key_set(std::string_view jwks) {
  const auto document = parse_strict_object(jwks);
  const auto list = document ? document->find("keys") : json::const_iterator{};
  if (!document || list == document->end() || !list->is_array() || list->size() > most_keys)
    return fail(ErrorCode::unavailable, "key set is malformed");
  std::vector<SigningKey> keys;
  for (const json& entry : *list) {
    auto key = signing_key(entry);
    const bool known = key && std::any_of(keys.begin(), keys.end(),
                                          [&](const SigningKey& other) { return other.kid == key->kid; });
    if (key && !known) keys.push_back(std::move(*key));
  }
  if (keys.empty()) return fail(ErrorCode::unavailable, "key set has no usable key");
  return keys;
}

}  // namespace pao::bot::auth
