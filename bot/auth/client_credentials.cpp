#include "bot/auth/client_credentials.hpp"

#include <algorithm>
#include <fstream>
#include <utility>

namespace pao::bot::auth {

namespace {

constexpr const char* who = "token service";
constexpr const char* assertion_type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
constexpr std::size_t longest_assertion = 16 * 1024;

// `proof` is already encoded.
TokenAnswer ask(const TokenEndpoint& endpoint, const std::string& proof, const HttpSend& send, Instant now) {
  HttpRequest request{.method = "POST", .url = endpoint.url};
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
  request.body = "grant_type=client_credentials&client_id=" + percent_encoded(endpoint.client_id) + proof +
                 "&scope=" + percent_encoded(endpoint.scope);
  const auto reply = send(request);
  if (!reply) return not_issued(ErrorCode::unavailable, who, reply.error().detail);
  return read_token_reply(*reply, now, who);
}

bool is_compact_token(const std::string& text) {
  const auto allowed = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_' || c == '.';
  };
  return !text.empty() && text.size() <= longest_assertion && std::all_of(text.begin(), text.end(), allowed);
}

}  // namespace

TokenSource with_client_secret(TokenEndpoint endpoint, std::string secret, HttpSend send) {
  return [endpoint = std::move(endpoint), proof = "&client_secret=" + percent_encoded(secret),
          send = std::move(send)](Instant now) { return ask(endpoint, proof, send, now); };
}

TokenSource with_assertion(TokenEndpoint endpoint, Assertion assertion, HttpSend send) {
  return [endpoint = std::move(endpoint), assertion = std::move(assertion),
          send = std::move(send)](Instant now) -> TokenAnswer {
    const auto vouching = assertion(now);
    if (!vouching) return tl::unexpected(vouching.error());
    const std::string proof = "&client_assertion_type=" + percent_encoded(assertion_type) +
                              "&client_assertion=" + percent_encoded(*vouching);
    return ask(endpoint, proof, send, now);
  };
}

Assertion assertion_from_file(std::string path) {
  return [path = std::move(path)](Instant) -> tl::expected<std::string, NotIssued> {
    std::ifstream file(path);
    std::string token;
    if (!(file >> token)) return not_issued(ErrorCode::unavailable, path, "no token can be read");
    if (!is_compact_token(token)) return not_issued(ErrorCode::unavailable, path, "holds no JSON web token");
    return token;
  };
}

Assertion assertion_from(TokenSource source) {
  return [source = std::move(source)](Instant now) -> tl::expected<std::string, NotIssued> {
    auto token = source(now);
    if (!token) return tl::unexpected(token.error());
    return std::move(token->text);
  };
}

}  // namespace pao::bot::auth
