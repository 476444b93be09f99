// Tokens that the machine the service runs on hands out (Azure managed identities): nothing secret is kept.
#pragma once

#include "bot/auth/token_source.hpp"

#include <string>
#include <string_view>

namespace pao::bot::auth {

struct ManagedIdentity {
  enum class Platform {
    imds,         // virtual machines: the instance metadata service
    app_service,  // App Service, Functions, Container Apps
  };
  Platform platform = Platform::imds;
  std::string endpoint = "http://169.254.169.254";  // imds: its origin; app_service: IDENTITY_ENDPOINT, whole
  std::string header = {};                          // app_service: IDENTITY_HEADER, a secret
  std::string client_id = {};                       // of a user-assigned identity; empty: the machine's own
};

// Whether tokens may be asked for there: plain http towards a link-local address (169.254/16), or towards
// this machine when `loopback` says so. The header must reach nobody else. refused otherwise.
Result<void> check_identity_endpoint(std::string_view url, bool loopback);

// Tokens for `resource` (a scope without "/.default"). Its requests go out directly, never through a proxy.
TokenSource managed_identity_source(ManagedIdentity identity, std::string resource);

}  // namespace pao::bot::auth
