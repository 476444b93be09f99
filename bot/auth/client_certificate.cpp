#include "bot/auth/client_certificate.hpp"

#include "bot/auth/base64url.hpp"
#include "bot/auth/openssl.hpp"

#include <nlohmann/json.hpp>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace pao::bot::auth {

using nlohmann::json;

namespace {

constexpr int least_bits = 2048;
constexpr std::size_t most_certificates = 10;
constexpr std::chrono::seconds assertion_life{600};

// Without it OpenSSL would ask on the terminal.
int no_passphrase(char*, int, int, void*) {
  return -1;
}

Owned<BIO> opened(const std::string& path) {
  return Owned<BIO>(BIO_new_file(path.c_str(), "rb"));
}

std::string der(X509& certificate) {
  unsigned char* bytes = nullptr;
  const int size = i2d_X509(&certificate, &bytes);
  std::string text(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(std::max(size, 0)));
  OPENSSL_free(bytes);
  return text;
}

std::string base64(const std::string& bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::string thumbprint(const std::string& bytes, const EVP_MD* digest) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned size = 0;
  EVP_Digest(bytes.data(), bytes.size(), hash.data(), &size, digest, nullptr);
  return base64url_encode({reinterpret_cast<const char*>(hash.data()), size});
}

std::vector<Owned<X509>> read_certificates(BIO& file) {
  std::vector<Owned<X509>> certificates;
  while (certificates.size() < most_certificates) {
    Owned<X509> certificate(PEM_read_bio_X509(&file, nullptr, no_passphrase, nullptr));
    if (!certificate) break;
    certificates.push_back(std::move(certificate));
  }
  return certificates;
}

// xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx, RFC 4122 section 4.4. Nothing when the machine has no randomness.
std::optional<std::string> random_id() {
  std::array<unsigned char, 16> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) return std::nullopt;
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0f) | 0x40);
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3f) | 0x80);
  constexpr std::string_view digits = "0123456789abcdef";
  std::string id;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) id += '-';
    id += digits[bytes[i] >> 4];
    id += digits[bytes[i] & 0xf];
  }
  return id;
}

std::optional<std::string> signature(const std::string& input, EVP_PKEY& key, AssertionAlgorithm algorithm) {
  const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* parameters = nullptr;  // the context's own
  if (!context || EVP_DigestSignInit(context.get(), &parameters, EVP_sha256(), nullptr, &key) != 1)
    return std::nullopt;
  if (algorithm == AssertionAlgorithm::ps256 &&
      (EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) != 1 ||
       EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST) != 1))
    return std::nullopt;
  const auto* bytes = reinterpret_cast<const unsigned char*>(input.data());
  std::size_t size = 0;
  if (EVP_DigestSign(context.get(), nullptr, &size, bytes, input.size()) != 1) return std::nullopt;
  std::string made(size, '\0');
  if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(made.data()), &size, bytes,
                     input.size()) != 1)
    return std::nullopt;
  made.resize(size);
  return made;
}

}  // namespace

Result<ClientCertificate> load_client_certificate(const std::string& certificate_file,
                                                  const std::string& key_file) {
  const auto invalid = [](const std::string& file, const char* problem) {
    return fail(ErrorCode::invalid, file + ": " + problem);
  };
  const Owned<BIO> certificates_in = opened(certificate_file);
  if (!certificates_in) return invalid(certificate_file, "cannot be read");
  const auto certificates = read_certificates(*certificates_in);
  if (certificates.empty()) return invalid(certificate_file, "holds no certificate in PEM form");
  X509& ours = *certificates.front();

  const std::string& path = key_file.empty() ? certificate_file : key_file;
  const Owned<BIO> key_in = opened(path);
  if (!key_in) return invalid(path, "cannot be read");
  ClientCertificate loaded;
  loaded.key = std::shared_ptr<EVP_PKEY>(
      PEM_read_bio_PrivateKey(key_in.get(), nullptr, no_passphrase, nullptr), EVP_PKEY_free);
  if (!loaded.key) return invalid(path, "holds no private key in PEM form without a passphrase");
  if (!EVP_PKEY_is_a(loaded.key.get(), "RSA") || EVP_PKEY_get_bits(loaded.key.get()) < least_bits)
    return invalid(path, "the key is not RSA of 2048 bits or more");
  if (X509_check_private_key(&ours, loaded.key.get()) != 1)
    return invalid(path, "the key does not belong to the certificate");
  const auto expires = not_after(ours);
  if (!expires) return invalid(certificate_file, "the certificate has no valid end");
  loaded.expires = *expires;
  for (const auto& certificate : certificates) loaded.chain.push_back(base64(der(*certificate)));
  const std::string bytes = der(ours);
  loaded.sha1 = thumbprint(bytes, EVP_sha1());
  loaded.sha256 = thumbprint(bytes, EVP_sha256());
  return loaded;
}

Result<std::string> sign_assertion(const ClientCertificate& certificate, const AssertionOptions& options,
                                   std::string_view audience, std::string_view client_id, Instant now) {
  const bool pss = options.algorithm == AssertionAlgorithm::ps256;
  const auto id = random_id();
  if (!id) return fail(ErrorCode::internal, "no randomness");
  json header = {{"alg", pss ? "PS256" : "RS256"}, {"typ", "JWT"}};
  header[pss ? "x5t#S256" : "x5t"] = pss ? certificate.sha256 : certificate.sha1;
  if (options.send_chain) header["x5c"] = certificate.chain;
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
  const json payload = {{"aud", audience}, {"iss", client_id}, {"sub", client_id},
                        {"jti", *id},      {"nbf", seconds},   {"exp", seconds + assertion_life.count()}};
  const std::string input = base64url_encode(header.dump()) + "." + base64url_encode(payload.dump());
  const auto signed_with = signature(input, *certificate.key, options.algorithm);
  if (!signed_with) return fail(ErrorCode::internal, "signing failed");
  return input + "." + base64url_encode(*signed_with);
}

TokenSource with_certificate(TokenEndpoint endpoint, ClientCertificate certificate, AssertionOptions options,
                             HttpSend send) {
  const Assertion assertion = [audience = endpoint.url, client_id = endpoint.client_id,
                               certificate = std::move(certificate),
                               options](Instant now) -> tl::expected<std::string, NotIssued> {
    auto made = sign_assertion(certificate, options, audience, client_id, now);
    if (!made) return not_issued(made.error().code, "client certificate", made.error().detail);
    return *std::move(made);
  };
  return with_assertion(std::move(endpoint), assertion, std::move(send));
}

}  // namespace pao::bot::auth
