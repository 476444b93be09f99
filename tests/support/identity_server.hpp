// OpenID metadata, keys and token endpoint on a real local port.
#pragma once

#include "tests/support/signed_tokens.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace pao::test {

class IdentityServer {
 public:
  struct Answer {
    int status = 200;
    std::string body = "{}";
    std::string retry_after = {};
  };

  // Publishes these JWKs.
  explicit IdentityServer(const std::vector<nlohmann::json>& keys = {});
  ~IdentityServer();
  IdentityServer(const IdentityServer&) = delete;
  IdentityServer& operator=(const IdentityServer&) = delete;

  std::string base() const;  // "http://127.0.0.1:PORT"
  std::string metadata_url() const { return base() + "/v1/.well-known/openidconfiguration"; }
  std::string token_url() const { return base() + "/tenant/oauth2/v2.0/token"; }

  void publish(const std::vector<nlohmann::json>& keys);
  void answer_metadata(Answer answer);
  void answer_keys(Answer answer);
  void answer_tokens(Answer answer);

  // From now on only a client assertion of this key with these header members and for our token_url() and
  // client gets the token; anything else is answered as Entra answers (401, AADSTS700027).
  void expect_assertion(TestKey key, nlohmann::json header, std::string client_id);

  int metadata_requests() const;
  int key_requests() const;
  std::vector<std::string> token_requests() const;  // bodies

 private:
  class Library;
  mutable std::mutex mutex_;
  Answer metadata_;
  Answer keys_;
  Answer tokens_;
  std::function<bool(const std::string& assertion)> good_assertion_;  // empty: every request is good
  int metadata_requests_ = 0;
  int key_requests_ = 0;
  std::vector<std::string> token_requests_;
  std::unique_ptr<Library> library_;
};

}  // namespace pao::test
