#include "tests/support/identity_server.hpp"

#include <httplib.h>

#include <thread>

namespace pao::test {

using nlohmann::json;

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
  library_->server.Post(R"(/.*/oauth2/v2\.0/token)",
                        [this, give](const httplib::Request& request, httplib::Response& out) {
                          std::lock_guard lock(mutex_);
                          token_requests_.push_back(request.body);
                          give(out, tokens_);
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
