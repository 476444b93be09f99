#include "tests/acceptance/door.hpp"

#include "storage/conversations_store.hpp"

#include <doctest/doctest.h>

#include <chrono>

namespace pao::tests {
namespace {

Settings with_keys_of(const test::IdentityServer& identity, Settings settings) {
  settings.emplace("identity.openid_metadata_url", identity.metadata_url());
  return settings;
}

}  // namespace

Door::Door(const std::vector<json>& keys, const Settings& more)
    : identity_(keys), ministry_(demo_morning, with_keys_of(identity_, more)) {
}

json Door::message() const {
  json written = const_cast<Ministry&>(ministry_).stranger("door-0001").activity("message");
  written["text"] = "eco llegó";
  return written;
}

std::string Door::token(const json& claims, const json& header) const {
  return ministry_.good_token(claims, header);
}

Answered Door::send(const std::string& token, const json& body) const {
  return ministry_.post(body.dump(), "Bearer " + token);
}

Answered Door::send(const std::string& token) const {
  return send(token, message());
}

void Door::refuses(const Answered& answered, int status) {
  CHECK(answered.status == status);
  if (status != 413) CHECK(answered.body.empty());  // too large is said by the front end, in two words
  CHECK(ministry_.teams().requests() == static_cast<int>(answered_));
  CHECK(ministry_.registro_length() == registro_);
  const std::string conversation = message()["conversation"]["id"];
  if (answered_ == 0) {
    CHECK_FALSE(storage::test::reading(ministry_.store(), [&](storage::Session& session) {
      return storage::find_conversation(session, conversation);
    }));
  }
}

void Door::refuses_token(const std::string& token, int status) {
  refuses(send(token), status);
}

void Door::refuses_claims(const json& claims, int status, const json& header) {
  refuses(send(token(claims, header)), status);
}

void Door::accepts(const Answered& answered) {
  CHECK(answered.status == 200);
  if (answered.status != 200) return;
  ++answered_;
  ++registro_;
  CHECK(ministry_.teams().wait_for(answered_));
  CHECK(ministry_.teams().delivered().size() == answered_);
  CHECK(ministry_.registro_length() == registro_);
}

void Door::accepts_claims(const json& claims, const json& header) {
  accepts(send(token(claims, header)));
}

std::int64_t seconds_from_now(int seconds) {
  using namespace std::chrono;
  return duration_cast<std::chrono::seconds>(system_clock::now().time_since_epoch()).count() + seconds;
}

}  // namespace pao::tests
