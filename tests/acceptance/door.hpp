// The webhook's door: one activity with whatever token and body a test wants, and what must not have happened
// when it was refused.
#pragma once

#include "tests/acceptance/ministry.hpp"
#include "tests/support/identity_server.hpp"

#include <functional>
#include <string>

namespace pao::tests {

using nlohmann::json;

class Door {
 public:
  // The keys come from an identity provider that the test can change.
  Door() : Door(std::vector<json>{channel_key().jwk()}) {}
  explicit Door(const std::vector<json>& keys, const Settings& more = {});

  // A message that would be answered with its echo, from somebody the service has never heard of.
  json message() const;

  // A good token but for these claims and header members (null removes).
  std::string token(const json& claims = json::object(), const json& header = json::object()) const;
  Answered send(const std::string& token) const;  // "Bearer " is put before it
  Answered send(const std::string& token, const json& body) const;

  // That status, and: no reason in the body, nothing delivered, nothing in the registro, no conversation
  // kept.
  void refuses(const Answered& answered, int status);
  void refuses_token(const std::string& token, int status = 401);
  void refuses_claims(const json& claims, int status = 401, const json& header = json::object());
  void accepts(const Answered& answered);
  void accepts_claims(const json& claims, const json& header = json::object());

  Ministry& ministry() { return ministry_; }
  test::IdentityServer& identity() { return identity_; }

 private:
  test::IdentityServer identity_;
  Ministry ministry_;
  std::int64_t registro_ = 0;
  std::size_t answered_ = 0;
};

// Seconds since 1970, as claims count them.
std::int64_t seconds_from_now(int seconds);

}  // namespace pao::tests
