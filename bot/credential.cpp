#include "bot/credential.hpp"

#include "bot/auth/client_certificate.hpp"
#include "bot/auth/client_credentials.hpp"
#include "bot/auth/managed_identity.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace pao::bot {
namespace {

constexpr std::string_view machine_identity = "system";

auth::TokenEndpoint endpoint(const Config& config) {
  return {.url = config.effective_token_url(),
          .client_id = config.identity.client_id,
          .scope = config.identity.scope};
}

bool vouches_for_another(const Config& config) {
  const std::string& identity = config.identity.managed_identity_client_id;
  return !identity.empty() && identity != config.identity.client_id;
}

// A managed identity is asked for a resource: the scope without its ending.
std::string resource(const std::string& scope) {
  constexpr std::string_view ending = "/.default";
  const bool ends =
      scope.size() > ending.size() && scope.compare(scope.size() - ending.size(), ending.size(), ending) == 0;
  return ends ? scope.substr(0, scope.size() - ending.size()) : scope;
}

auth::ManagedIdentity managed_identity(const Config& config) {
  const bool imds = config.identity.managed_identity == "imds";
  const std::string& named = config.identity.managed_identity_client_id;
  auth::ManagedIdentity identity;
  identity.platform =
      imds ? auth::ManagedIdentity::Platform::imds : auth::ManagedIdentity::Platform::app_service;
  identity.endpoint = imds ? config.identity.imds_endpoint : config.identity.app_service_endpoint;
  if (!imds) identity.header = config.identity.app_service_header;
  identity.client_id = named.empty() ? config.identity.client_id : named;
  if (named == machine_identity) identity.client_id.clear();
  return identity;
}

Result<auth::TokenSource> identity_source(const Config& config, std::string of_resource) {
  const bool imds = config.identity.managed_identity == "imds";
  const auth::ManagedIdentity identity = managed_identity(config);
  // App Service's endpoint is on this machine; the metadata service's only where tests put it.
  const auto good =
      auth::check_identity_endpoint(identity.endpoint, !imds || config.connector.allow_loopback);
  if (!good) {
    const char* key =
        imds ? "identity.imds_endpoint: " : "identity.app_service_endpoint (IDENTITY_ENDPOINT): ";
    const char* remedy =
        imds ? "; remove the key" : "; the platform sets it when a managed identity is switched on";
    return fail(ErrorCode::invalid, key + good.error().detail + remedy);
  }
  return auth::managed_identity_source(identity, std::move(of_resource));
}

Result<Credential> certificate_credential(const Config& config, auth::HttpSend login) {
  auto certificate =
      auth::load_client_certificate(config.identity.certificate_file, config.identity.certificate_key_file);
  if (!certificate)
    return fail(ErrorCode::invalid,
                "identity.certificate_file, identity.certificate_key_file: " + certificate.error().detail);
  const auth::AssertionOptions options{.algorithm = config.identity.assertion_algorithm == "RS256"
                                                        ? auth::AssertionAlgorithm::rs256
                                                        : auth::AssertionAlgorithm::ps256,
                                       .send_chain = config.identity.certificate_send_chain};
  Credential credential;
  credential.expiries = {{"certificate", local_date(certificate->expires)}};
  credential.source =
      auth::with_certificate(endpoint(config), std::move(*certificate), options, std::move(login));
  return credential;
}

Credential secret_credential(const Config& config, auth::HttpSend login) {
  Credential credential;
  credential.source =
      auth::with_client_secret(endpoint(config), config.identity.client_secret, std::move(login));
  if (const auto day = parse_date(config.identity.client_secret_expires_on))
    credential.expiries = {{"client_secret", *day}};
  return credential;
}

}  // namespace

std::vector<CredentialKind> configured_credentials(const Config& config) {
  std::vector<CredentialKind> kinds;
  if (!config.identity.client_secret.empty()) kinds.push_back(CredentialKind::client_secret);
  if (!config.identity.certificate_file.empty()) kinds.push_back(CredentialKind::certificate);
  if (config.identity.managed_identity != "none")
    kinds.push_back(vouches_for_another(config) ? CredentialKind::federated_identity
                                                : CredentialKind::managed_identity);
  if (!config.identity.federated_token_file.empty()) kinds.push_back(CredentialKind::federated_file);
  return kinds;
}

Result<Credential> make_credential(const Config& config, auth::HttpSend login) {
  const std::vector<CredentialKind> kinds = configured_credentials(config);
  if (kinds.size() != 1)
    return fail(ErrorCode::invalid,
                kinds.empty() ? "identity.client_secret: is missing; set PAO_IDENTITY_CLIENT_SECRET or "
                                "identity.client_secret_file, or else identity.certificate_file, "
                                "identity.managed_identity or identity.federated_token_file"
                              : "identity.client_secret, identity.certificate_file, "
                                "identity.managed_identity, identity.federated_token_file: more than one "
                                "is set; keep the one that the registration knows");
  switch (kinds.front()) {
    case CredentialKind::client_secret:
      return secret_credential(config, std::move(login));
    case CredentialKind::certificate:
      return certificate_credential(config, std::move(login));
    case CredentialKind::managed_identity: {
      auto source = identity_source(config, resource(config.identity.scope));
      if (!source) return tl::unexpected(source.error());
      return Credential{*std::move(source), {}};
    }
    case CredentialKind::federated_identity: {
      auto source = identity_source(config, auth::federation_resource);
      if (!source) return tl::unexpected(source.error());
      return Credential{
          auth::with_assertion(endpoint(config), auth::assertion_from(*std::move(source)), std::move(login)),
          {}};
    }
    case CredentialKind::federated_file:
      return Credential{auth::with_assertion(endpoint(config),
                                             auth::assertion_from_file(config.identity.federated_token_file),
                                             std::move(login)),
                        {}};
  }
  return fail(ErrorCode::internal, "unknown credential");
}

}  // namespace pao::bot
