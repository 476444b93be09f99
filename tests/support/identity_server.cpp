#include "tests/support/identity_server.hpp"

#include <httplib.h>

#include <algorithm>
#include <thread>
#include <utility>

namespace pao::test {

using nlohmann::json;

namespace {

IdentityServer::Answer refused_assertion() {
  return {.status = 401,
          .body = json{{"error", "invalid_client"},
                       {"error_description", "AADSTS700027: The assertion is not valid"}}
                      .dump()};
}

}  // namespace

class IdentityServer::Library {
 public:
  httplib::Server server;
  int port = 0;
  std::thread thread;
};

IdentityServer::IdentityServer(const std::vector<json>& keys) : library_(std::make_unique<Library>()) {
  const auto give = [](httplib::Response& out, const Answer& answer) {
    out.status = answer.status;
    if (!answer.retry_after.empty()) out.set_header("Retry-After", answer.retry_after);
    out.set_content(answer.body, "application/json");
  };
  library_->server.set_tcp_nodelay(true);
  library_->server.set_keep_alive_max_count(1);  // its stop() would wait for connections that are kept
  library_->server.Get("/v1/.well-known/openidconfiguration",
                       [this, give](const httplib::Request&, httplib::Response& out) {
                         std::lock_guard lock(mutex_);
                         ++metadata_requests_;
                         give(out, metadata_);
                       });
  library_->server.Get("/v1/.well-known/keys", [this, give](const httplib::Request&, httplib::Response& out) {
    std::lock_guard lock(mutex_);
    ++key_requests_;
    give(out, keys_);
  });
  library_->server.Post(
      R"(/.*/oauth2/v2\.0/token)", [this, give](const httplib::Request& request, httplib::Response& out) {
        std::lock_guard lock(mutex_);
        token_requests_.push_back(request.body);
        const bool good = !good_assertion_ || (request.get_param_value("client_assertion_type") ==
                                                   "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" &&
                                               good_assertion_(request.get_param_value("client_assertion")));
        give(out, good ? tokens_ : refused_assertion());
      });
  library_->port = library_->server.bind_to_any_port("127.0.0.1");
  metadata_.body = json{{"issuer", test_issuer}, {"jwks_uri", base() + "/v1/.well-known/keys"}}.dump();
  tokens_.body = json{{"token_type", "Bearer"}, {"expires_in", 3600}, {"access_token", "app-token-1"}}.dump();
  publish(keys);
  library_->thread = std::thread([this] { library_->server.listen_after_bind(); });
  while (!library_->server.is_running()) std::this_thread::yield();
}

IdentityServer::~IdentityServer() {
  library_->server.stop();
  library_->thread.join();
}

std::string IdentityServer::base() const {
  return "http://127.0.0.1:" + std::to_string(library_->port);
}

void IdentityServer::publish(const std::vector<json>& keys) {
  json list = json::array();
  for (const json& key : keys) list.push_back(key);
  answer_keys({.body = json{{"keys", list}}.dump()});
}

void IdentityServer::answer_metadata(Answer answer) {
  std::lock_guard lock(mutex_);
  metadata_ = std::move(answer);
}

void IdentityServer::answer_keys(Answer answer) {
  std::lock_guard lock(mutex_);
  keys_ = std::move(answer);
}

void IdentityServer::answer_tokens(Answer answer) {
  std::lock_guard lock(mutex_);
  tokens_ = std::move(answer);
}

void IdentityServer::expect_assertion(TestKey key, json header, std::string client_id) {
  std::lock_guard lock(mutex_);
  good_assertion_ = [key = std::move(key), header = std::move(header), client_id = std::move(client_id),
                     audience = token_url()](const std::string& assertion) {
    if (std::count(assertion.begin(), assertion.end(), '.') != 2) return false;
    const json claims = token_payload(assertion);
    return token_header(assertion) == header && key.has_signed(assertion, header.at("alg")) &&
           claims.at("aud") == audience && claims.at("iss") == client_id && claims.at("sub") == client_id;
  };
}

int IdentityServer::metadata_requests() const {
  std::lock_guard lock(mutex_);
  return metadata_requests_;
}

int IdentityServer::key_requests() const {
  std::lock_guard lock(mutex_);
  return key_requests_;
}

std::vector<std::string> IdentityServer::token_requests() const {
  std::lock_guard lock(mutex_);
  return token_requests_;
}

}  // namespace pao::test
