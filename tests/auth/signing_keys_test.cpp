// Fetching, keeping and refusing keys: groups B and D, and what an outage does.
#include "bot/auth/signing_keys.hpp"

#include "tests/auth/auth_fixture.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <string>
#include <thread>

using namespace pao::test;
using namespace std::chrono_literals;
using nlohmann::json;
using pao::ErrorCode;
using pao::bot::auth::HttpReply;
using pao::bot::auth::HttpRequest;
using pao::bot::auth::SigningKeys;

namespace {

constexpr const char* metadata_url = "https://login.botframework.com/v1/.well-known/openidconfiguration";
constexpr const char* keys_url = "https://login.botframework.com/v1/.well-known/keys";

// A key server in memory; counts the key sets it handed out.
struct KeyServer {
  pao::bot::auth::HttpSend function() {
    return [this](const HttpRequest& request) -> pao::Result<HttpReply> {
      std::unique_lock lock(mutex);
      ++requests;
      if (request.url == metadata_url) {
        changed.notify_all();
        changed.wait(lock, [this] { return !held; });
      }
      if (down) return pao::fail(ErrorCode::unavailable, "no connection");
      last = request;
      return HttpReply{200, request.url == metadata_url ? metadata : keys, {}};
    };
  }
  void publish(const std::vector<json>& list) {
    std::lock_guard lock(mutex);
    keys = json{{"keys", list}}.dump();
  }
  int fetches() {
    std::lock_guard lock(mutex);
    return (requests + 1) / 2;
  }
  void hold(bool on) {
    std::lock_guard lock(mutex);
    held = on;
    changed.notify_all();
  }
  void until_requests(int count) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return requests >= count; });
  }

  std::mutex mutex;
  std::condition_variable changed;
  std::string metadata = json{{"issuer", test_issuer}, {"jwks_uri", keys_url}}.dump();
  std::string keys = json{{"keys", {channel_key().jwk()}}}.dump();
  HttpRequest last;
  bool down = false;
  bool held = false;
  int requests = 0;
};

struct Fixture {
  FakeClock clock;
  KeyServer server;
  SigningKeys keys{{}, server.function(), clock.function()};

  ErrorCode error_of(const char* kid) {
    const auto key = keys.find(kid);
    REQUIRE_FALSE(key);
    return key.error().code;
  }
};

// Waits for something another thread is about to do; fails after five seconds.
bool eventually(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + 5s;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::yield();
  }
  return true;
}

json without(json jwk, const char* member) {
  jwk.erase(member);
  return jwk;
}

json with(json jwk, const char* member, const json& value) {
  jwk[member] = value;
  return jwk;
}

}  // namespace

TEST_CASE("keys are fetched once and used for a day (checklist 2)") {
  Fixture f;
  REQUIRE(f.keys.find("channel-1"));
  CHECK(f.server.last.max_reply_bytes == 1024 * 1024);
  CHECK(f.server.last.timeout == 10s);
  f.clock.advance(24h - 1ms);
  REQUIRE(f.keys.find("channel-1"));
  CHECK(f.server.fetches() == 1);
}

TEST_CASE(
    "between one and five days the old keys serve while new ones are fetched in the background (checklist "
    "2)") {
  Fixture f;
  REQUIRE(f.keys.find("channel-1"));
  f.clock.advance(24h);
  f.server.publish({channel_key().jwk(), with(channel_key().jwk(), "kid", "channel-2")});
  f.server.hold(true);
  REQUIRE(f.keys.find("channel-1"));
  REQUIRE(f.keys.find("channel-1"));  // answered although the fetch hangs
  f.server.until_requests(3);
  f.server.hold(false);
  CHECK(eventually([&] { return f.server.fetches() == 2; }));
  CHECK(eventually([&] { return f.keys.find("channel-2").has_value(); }));
}

TEST_CASE("an outage is survived for five days, then the keys are unavailable") {
  Fixture f;
  REQUIRE(f.keys.find("channel-1"));
  f.server.down = true;
  f.clock.advance(5 * 24h - 1s);
  REQUIRE(f.keys.find("channel-1"));
  f.clock.advance(1h);
  CHECK(f.error_of("channel-1") == ErrorCode::unavailable);
  f.server.down = false;
  f.clock.advance(5s);
  CHECK(f.keys.find("channel-1"));
}

TEST_CASE("B06 without any key: unavailable, and the server is not asked again at once (checklist 2)") {
  Fixture f;
  f.server.down = true;
  CHECK(f.error_of("channel-1") == ErrorCode::unavailable);
  CHECK(f.error_of("channel-1") == ErrorCode::unavailable);
  CHECK(f.server.requests == 1);
  f.clock.advance(5s);
  f.server.down = false;
  CHECK(f.keys.find("channel-1"));
}

TEST_CASE("B10 an unknown kid causes one fetch per hour; a rotated key is found by it (checklist 2)") {
  Fixture f;
  REQUIRE(f.keys.find("channel-1"));
  CHECK(f.error_of("otra") == ErrorCode::not_found);
  CHECK(f.server.fetches() == 2);
  CHECK(f.error_of("otra") == ErrorCode::not_found);
  f.server.publish({with(channel_key().jwk(), "kid", "channel-2")});
  CHECK(f.error_of("channel-2") == ErrorCode::not_found);
  f.clock.advance(1h - 1ms);
  CHECK(f.error_of("channel-2") == ErrorCode::not_found);
  CHECK(f.server.fetches() == 2);
  f.clock.advance(1ms);
  CHECK(f.keys.find("channel-2"));
  CHECK(f.server.fetches() == 3);
  CHECK(f.error_of("channel-1") == ErrorCode::not_found);
}

TEST_CASE("an unknown kid during an outage is unavailable, and does not use up the hour") {
  Fixture f;
  REQUIRE(f.keys.find("channel-1"));
  f.server.down = true;
  CHECK(f.error_of("channel-2") == ErrorCode::unavailable);
  CHECK(f.keys.find("channel-1"));
  f.server.down = false;
  f.server.publish({with(channel_key().jwk(), "kid", "channel-2")});
  f.clock.advance(5s);
  CHECK(f.keys.find("channel-2"));
}

TEST_CASE("callers that need the same fetch share it") {
  Fixture f;
  f.server.hold(true);
  std::vector<std::future<bool>> callers;
  for (int i = 0; i < 8; ++i)
    callers.push_back(std::async(std::launch::async, [&] { return f.keys.find("channel-1").has_value(); }));
  f.server.until_requests(1);
  f.server.hold(false);
  for (auto& caller : callers) CHECK(caller.get());
  CHECK(f.server.fetches() == 1);
}

TEST_CASE("B13 D03 keys that cannot be used are left out") {
  const TestKey weak = TestKey::rsa("weak", 1024);
  const TestKey elliptic = TestKey::elliptic("elliptic");
  const json good = channel_key().jwk();
  const auto named = [&](const char* kid) { return with(good, "kid", kid); };
  Fixture f;
  f.server.publish({weak.jwk(), elliptic.jwk(), without(named("no-n"), "n"), without(named("no-e"), "e"),
                    with(named("enc"), "use", "enc"), with(named("odd-use"), "use", 1), without(good, "kid"),
                    with(named("oct"), "kty", "oct"), with(named("bad-n"), "n", "not base64!"),
                    with(named("even-e"), "e", "AQAC"), with(named("one-e"), "e", "AQ"), json("text"),
                    without(named("no-use"), "use"), without(named("no-endorsements"), "endorsements"),
                    good});
  for (const char* kid :
       {"weak", "elliptic", "no-n", "no-e", "enc", "odd-use", "", "oct", "bad-n", "even-e", "one-e"}) {
    CAPTURE(kid);
    CHECK(f.error_of(kid) == ErrorCode::not_found);
  }
  CHECK(f.keys.find("channel-1"));
  CHECK(f.keys.find("no-use"));
  const auto bare = f.keys.find("no-endorsements");
  REQUIRE(bare);
  CHECK((*bare)->endorsements.empty());
}

TEST_CASE("D01 D03 D04 documents without keys are an outage") {
  for (const char* metadata : {"{}", "", "[]", "null", R"({"jwks_uri":5})", R"({"jwks_uri":""})"}) {
    CAPTURE(metadata);
    Fixture f;
    f.server.metadata = metadata;
    CHECK(f.error_of("channel-1") == ErrorCode::unavailable);
  }
  for (const char* keys :
       {"{}", "", "[]", R"({"keys":null})", R"({"keys":[]})", R"({"keys":[{"kty":"RSA"}]})"}) {
    CAPTURE(keys);
    Fixture f;
    f.server.keys = keys;
    CHECK(f.error_of("channel-1") == ErrorCode::unavailable);
  }
}

TEST_CASE("jwks_uri must be https and of an allowed host") {
  for (const char* uri :
       {"http://login.botframework.com/keys", "https://evil.co/keys", "https://127.0.0.1/keys",
        "http://127.0.0.1:80/keys", "file:///etc/passwd", "https://login.botframework.com:444/keys"}) {
    CAPTURE(uri);
    Fixture f;
    f.server.metadata = json{{"jwks_uri", uri}}.dump();
    CHECK(f.error_of("channel-1") == ErrorCode::unavailable);
    CHECK(f.server.requests == 1);
  }
}

TEST_CASE("plain http is refused for the metadata too, unless it stays on this machine and that is allowed") {
  FakeClock clock;
  KeyServer server;
  SigningKeys remote({.metadata_url = "http://login.botframework.com/x"}, server.function(),
                     clock.function());
  CHECK_FALSE(remote.find("channel-1"));
  SigningKeys local({.metadata_url = "http://127.0.0.1:1/x"}, server.function(), clock.function());
  CHECK_FALSE(local.find("channel-1"));
  CHECK(server.requests == 0);
}

TEST_CASE(
    "D02 D04 B06 over a real connection: errors of the key server answer 503, then it recovers (checklist "
    "2)") {
  AuthFixture auth;
  auth.server.answer_metadata({.status = 500});
  CHECK(auth.status_of({}) == 503);
  auth.server.answer_metadata(
      {.body = json{{"jwks_uri", auth.server.base() + "/v1/.well-known/keys"}}.dump()});
  auth.server.answer_keys({.status = 404});
  auth.clock.advance(5s);
  CHECK(auth.status_of({}) == 503);
  auth.server.answer_keys({.body = std::string(1024 * 1024 + 1, ' ')});
  auth.clock.advance(5s);
  CHECK(auth.status_of({}) == 503);
  auth.server.publish({channel_key().jwk()});
  auth.clock.advance(5s);
  CHECK(auth.status_of({}) == 200);
}

TEST_CASE("tokens that are wrong anyway never reach the key server") {
  AuthFixture auth;
  CHECK(auth.status_of({{"iss", "https://malo.invalid"}}) == 401);
  CHECK(auth.status_of({{"aud", "other"}}) == 401);
  CHECK(auth.status_of({{"exp", 1}}) == 401);
  CHECK(auth.server.metadata_requests() == 0);
}
