#include "tests/support/signed_tokens.hpp"

#include "bot/auth/base64url.hpp"

#include <openssl/core_names.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <chrono>
#include <stdexcept>
#include <vector>

namespace pao::test {

using bot::auth::base64url_encode;
using nlohmann::json;

namespace {

void merge(json& into, const json& changes) {
  for (const auto& [name, value] : changes.items()) {
    if (value.is_null())
      into.erase(name);
    else
      into[name] = value;
  }
}

std::string number_member(EVP_PKEY* key, const char* name) {
  BIGNUM* number = nullptr;
  EVP_PKEY_get_bn_param(key, name, &number);
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(number)), '\0');
  BN_bn2bin(number, reinterpret_cast<unsigned char*>(bytes.data()));
  BN_free(number);
  return base64url_encode(bytes);
}

EVP_PKEY* generated(EVP_PKEY* key) {
  if (!key) throw std::runtime_error("key generation failed");
  return key;
}

}  // namespace

TestKey TestKey::rsa(std::string kid, int bits) {
  return {std::move(kid), generated(EVP_RSA_gen(static_cast<unsigned>(bits)))};
}

TestKey TestKey::elliptic(std::string kid) {
  return {std::move(kid), generated(EVP_EC_gen("P-256"))};
}

json TestKey::jwk() const {
  json jwk = {{"use", "sig"}, {"kid", kid_}, {"x5t", kid_}, {"endorsements", {"msteams"}}};
  if (EVP_PKEY_is_a(key_.get(), "RSA")) {
    jwk["kty"] = "RSA";
    jwk["n"] = number_member(key_.get(), OSSL_PKEY_PARAM_RSA_N);
    jwk["e"] = number_member(key_.get(), OSSL_PKEY_PARAM_RSA_E);
  } else {
    jwk["kty"] = "EC";
    jwk["crv"] = "P-256";
    jwk["x"] = number_member(key_.get(), OSSL_PKEY_PARAM_EC_PUB_X);
    jwk["y"] = number_member(key_.get(), OSSL_PKEY_PARAM_EC_PUB_Y);
  }
  return jwk;
}

std::string TestKey::sign(const std::string& header, const std::string& payload, const char* digest) const {
  const std::string input = base64url_encode(header) + "." + base64url_encode(payload);
  const auto* bytes = reinterpret_cast<const unsigned char*>(input.data());
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  std::size_t size = 0;
  EVP_DigestSignInit_ex(context, nullptr, digest, nullptr, nullptr, key_.get(), nullptr);
  EVP_DigestSign(context, nullptr, &size, bytes, input.size());
  std::string signature(size, '\0');
  EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size, bytes, input.size());
  EVP_MD_CTX_free(context);
  signature.resize(size);
  return input + "." + base64url_encode(signature);
}

std::string TestKey::token(const json& claims, const json& header) const {
  json full = {{"alg", "RS256"}, {"typ", "JWT"}, {"kid", kid_}, {"x5t", kid_}};
  merge(full, header);
  return sign(full.dump(), claims.dump());
}

json channel_claims(Instant now, const json& changes) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
  json claims = {{"serviceurl", test_service_url},
                 {"nbf", seconds - 60},
                 {"exp", seconds + 3600},
                 {"iss", test_issuer},
                 {"aud", test_app_id}};
  merge(claims, changes);
  return claims;
}

std::string hmac_token(const json& header, const json& claims, std::string_view secret) {
  const std::string input = base64url_encode(header.dump()) + "." + base64url_encode(claims.dump());
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(input.data()), input.size(), out, &size);
  return input + "." + base64url_encode({reinterpret_cast<char*>(out), size});
}

std::string TestKey::certificate(Instant end) const {
  const std::time_t start = 0;
  const std::time_t stop = std::chrono::duration_cast<std::chrono::seconds>(end.time_since_epoch()).count();
  X509* made = X509_new();
  ASN1_TIME_set(X509_getm_notBefore(made), start);
  ASN1_TIME_set(X509_getm_notAfter(made), stop);
  X509_set_pubkey(made, key_.get());
  X509_sign(made, key_.get(), EVP_sha256());
  unsigned char* der = nullptr;
  const int size = i2d_X509(made, &der);
  std::string text(static_cast<std::size_t>(size + 2) / 3 * 4 + 1, '\0');
  text.resize(
      static_cast<std::size_t>(EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), der, size)));
  OPENSSL_free(der);
  X509_free(made);
  return text;
}

std::string TestKey::certificate_pem(Instant end) const {
  const std::string text = certificate(end);
  std::string pem = "-----BEGIN CERTIFICATE-----\n";
  for (std::size_t at = 0; at < text.size(); at += 64) pem += text.substr(at, 64) + "\n";
  return pem + "-----END CERTIFICATE-----\n";
}

std::string TestKey::private_pem(const std::string& passphrase) const {
  BIO* memory = BIO_new(BIO_s_mem());
  PEM_write_bio_PKCS8PrivateKey(memory, key_.get(), passphrase.empty() ? nullptr : EVP_aes_256_cbc(),
                                passphrase.empty() ? nullptr : passphrase.data(),
                                static_cast<int>(passphrase.size()), nullptr, nullptr);
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(memory, &bytes);
  std::string pem(bytes, static_cast<std::size_t>(size));
  BIO_free(memory);
  return pem;
}

bool TestKey::has_signed(const std::string& token, const std::string& algorithm) const {
  const auto dot = token.rfind('.');
  const auto signature = bot::auth::base64url_decode(std::string_view(token).substr(dot + 1));
  if (dot == std::string::npos || !signature) return false;
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  EVP_PKEY_CTX* parameters = nullptr;
  EVP_DigestVerifyInit_ex(context, &parameters, "SHA256", nullptr, nullptr, key_.get(), nullptr);
  if (algorithm == "PS256") {
    EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING);
    EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, 32);
  }
  const int good =
      EVP_DigestVerify(context, reinterpret_cast<const unsigned char*>(signature->data()), signature->size(),
                       reinterpret_cast<const unsigned char*>(token.data()), dot);
  EVP_MD_CTX_free(context);
  return good == 1;
}

json token_header(const std::string& token) {
  return json::parse(bot::auth::base64url_decode(token.substr(0, token.find('.'))).value());
}

json token_payload(const std::string& token) {
  const auto first = token.find('.');
  return json::parse(
      bot::auth::base64url_decode(token.substr(first + 1, token.rfind('.') - first - 1)).value());
}

}  // namespace pao::test
