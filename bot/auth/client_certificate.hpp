// The bot's certificate, and the assertions it signs instead of sending a secret.
#pragma once

#include "bot/auth/client_credentials.hpp"
#include "handlers/procedure/bogota_time.hpp"
#include "handlers/procedure/result.hpp"

#include <openssl/evp.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pao::bot::auth {

struct ClientCertificate {
  std::shared_ptr<EVP_PKEY> key;  // private, RSA of 2048 bits or more; safe to share between threads
  std::string sha1;               // thumbprints of the DER form, base64url
  std::string sha256;
  std::vector<std::string> chain;  // DER in ordinary base64; ours first
  Instant expires{};               // notAfter
};

// PEM files. The first certificate is ours, those after it its chain. `key_file` empty: the key is in the
// same file. invalid, with the file's name: not readable, not PEM, encrypted, not RSA or too short, or the
// key is another certificate's.
Result<ClientCertificate> load_client_certificate(const std::string& certificate_file,
                                                  const std::string& key_file);

enum class AssertionAlgorithm {
  ps256,  // RSASSA-PSS, salt of 32 bytes, names the certificate by x5t#S256
  rs256,  // RSASSA-PKCS1-v1_5, names it by x5t (SHA-1)
};

struct AssertionOptions {
  AssertionAlgorithm algorithm = AssertionAlgorithm::ps256;
  bool send_chain = false;  // x5c: for registrations that trust subject name and issuer
};

// Good for ten minutes from `now`. `audience` is the token endpoint's URL.
Result<std::string> sign_assertion(const ClientCertificate& certificate, const AssertionOptions& options,
                                   std::string_view audience, std::string_view client_id, Instant now);

TokenSource with_certificate(TokenEndpoint endpoint, ClientCertificate certificate, AssertionOptions options,
                             HttpSend send);

}  // namespace pao::bot::auth
