// OAuth 2.0 client credentials at the login service: the bot proves who it is with a secret, or with a signed
// assertion (RFC 7523) that comes from its certificate, from a managed identity or from a file.
#pragma once

#include "bot/auth/token_source.hpp"

#include <functional>
#include <string>

namespace pao::bot::auth {

struct TokenEndpoint {
  std::string url;  // of the registration's tenant
  std::string client_id;
  std::string scope = "https://api.botframework.com/.default";
};

TokenSource with_client_secret(TokenEndpoint endpoint, std::string secret, HttpSend send);

// A JSON web token that vouches for us, made or fetched anew for each request.
using Assertion = std::function<tl::expected<std::string, NotIssued>(Instant now)>;

TokenSource with_assertion(TokenEndpoint endpoint, Assertion assertion, HttpSend send);

// The content of a file that somebody else keeps fresh (Kubernetes workload identity). Read each time.
Assertion assertion_from_file(std::string path);

// A token of another source: a managed identity's for the resource `federation_resource`.
Assertion assertion_from(TokenSource source);
inline constexpr const char* federation_resource = "api://AzureADTokenExchange";

}  // namespace pao::bot::auth
