#include "bot/auth/managed_identity.hpp"

#include "bot/auth/service_url.hpp"

#include <memory>
#include <utility>

namespace pao::bot::auth {

namespace {

constexpr const char* who = "managed identity";
constexpr std::chrono::seconds patience{5};  // it is on the same machine

HttpRequest request_for(const ManagedIdentity& identity, const std::string& resource) {
  const bool imds = identity.platform == ManagedIdentity::Platform::imds;
  HttpRequest request{.url = identity.endpoint, .timeout = patience};
  if (imds) request.url += "/metadata/identity/oauth2/token";
  request.url += request.url.find('?') == std::string::npos ? '?' : '&';
  request.url += std::string("api-version=") + (imds ? "2018-02-01" : "2019-08-01") +
                 "&resource=" + percent_encoded(resource);
  if (!identity.client_id.empty()) request.url += "&client_id=" + percent_encoded(identity.client_id);
  if (imds)
    request.headers = {{"Metadata", "true"}};
  else
    request.headers = {{"X-IDENTITY-HEADER", identity.header}};
  return request;
}

}  // namespace

Result<void> check_identity_endpoint(std::string_view url, bool loopback) {
  const auto parsed = parse_service_url(url);
  if (!parsed || parsed->scheme != "http")
    return fail(ErrorCode::refused, "must be a plain http address of this machine's platform");
  const bool link_local = parsed->host.rfind("169.254.", 0) == 0 &&
                          parsed->host.find_first_not_of("0123456789.") == std::string::npos;
  if (!link_local && !(loopback && is_loopback(parsed->host)))
    return fail(ErrorCode::refused, "points outside this machine");
  return {};
}

TokenSource managed_identity_source(ManagedIdentity identity, std::string resource) {
  const auto url = parse_service_url(identity.endpoint);
  const auto client =
      std::make_shared<HttpClient>(HttpClientOptions{.plain_host = url ? url->host : std::string()});
  return [request = request_for(identity, resource), client](Instant now) -> TokenAnswer {
    const auto reply = client->send(request);
    if (!reply) return not_issued(ErrorCode::unavailable, who, reply.error().detail);
    return read_token_reply(*reply, now, who);
  };
}

}  // namespace pao::bot::auth
