// How the service proves who it is, as configured: exactly one of five ways.
#pragma once

#include "bot/auth/expiry_watch.hpp"
#include "bot/auth/token_source.hpp"
#include "bot/config.hpp"

#include <vector>

namespace pao::bot {

enum class CredentialKind {
  client_secret,       // identity.client_secret
  certificate,         // identity.certificate_file
  managed_identity,    // identity.managed_identity: the registration is the identity itself
  federated_identity,  // identity.managed_identity with another managed_identity_client_id: vouches for it
  federated_file,      // identity.federated_token_file
};

// Those that the configuration names; a good one names exactly one.
std::vector<CredentialKind> configured_credentials(const Config& config);

struct Credential {
  auth::TokenSource source;
  std::vector<auth::Expiry> expiries;  // of what it is made of, as far as known
};

// `login` sends to the login service. invalid, with key and remedy: not exactly one way, a certificate that
// cannot be used, or an identity endpoint that is not this machine's.
Result<Credential> make_credential(const Config& config, auth::HttpSend login);

}  // namespace pao::bot
