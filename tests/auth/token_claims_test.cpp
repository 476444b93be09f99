// Groups C, D, G and H as far as token, channel and service URL decide them; and the verified-token cache.
#include "tests/auth/auth_fixture.hpp"

#include <doctest/doctest.h>

#include <string>
#include <thread>
#include <vector>

using namespace pao::test;
using namespace std::chrono_literals;
using nlohmann::json;
using pao::bot::auth::Denial;
using pao::bot::auth::KnownServiceUrl;
using pao::bot::auth::ServiceUrlTrust;

namespace {

constexpr auto none = nullptr;

// What check_activity says about good claims with these changes: 200 or the status.
struct Activity {
  std::string channel = "msteams";
  std::string service_url = test_service_url;
  KnownServiceUrl known = {};
};

int activity_status(AuthFixture& auth, const json& claims, const Activity& activity) {
  const auto verified = auth.validate(channel_key().token(channel_claims(auth.clock.now(), claims)));
  REQUIRE(verified);
  const auto trust =
      auth.validator.check_activity(**verified, activity.channel, activity.service_url, activity.known);
  return trust ? 200 : pao::bot::auth::http_status(trust.error().kind);
}

json with_endorsements(const json& endorsements) {
  json jwk = channel_key().jwk();
  if (endorsements.is_null())
    jwk.erase("endorsements");
  else
    jwk["endorsements"] = endorsements;
  return jwk;
}

}  // namespace

TEST_CASE("C02 C03 C04 C19 C20 F G01 G02 G06 the issuer is the channel's, byte for byte (checklist 1)") {
  AuthFixture auth;
  for (const json& issuer :
       {json(none), json(""), json("https://malo.invalid"), json(42), json::array({test_issuer}),
        json("https://api.botframework.us"), json("https://API.botframework.invalid"),
        json(std::string(test_issuer) + "/"), json("https://sts.windows.net/tenant/")}) {
    CAPTURE(issuer.dump());
    CHECK(auth.status_of({{"iss", issuer}}) == 401);
  }
}

TEST_CASE("C05 C06 C07 C08 C09 C17 C18 the audience is this bot (checklist 1)") {
  AuthFixture auth;
  const std::string ours = test_app_id;
  for (const json& audience :
       {json(none), json(""), json("00000000-0000-0000-0000-000000000001"), json(1), json("api://" + ours),
        json("api://botid-" + ours), json(ours + " "), json::array(), json::array({"other"}),
        json::array({json::array({ours})}), json{{"aud", ours}}}) {
    CAPTURE(audience.dump());
    CHECK(auth.status_of({{"aud", audience}}) == 401);
  }
  CHECK(auth.status_of({{"aud", {"other", ours}}}) == 200);
}

TEST_CASE("C11 C12 C14 C16 the serviceurl claim must be the activity's (checklist 1)") {
  AuthFixture auth;
  CHECK(activity_status(auth, {}, {}) == 200);
  CHECK(activity_status(auth, {{"serviceurl", ""}}, {}) == 403);
  CHECK(activity_status(auth, {{"serviceurl", "https://otro.invalid/"}}, {}) == 403);
  CHECK(activity_status(auth, {{"serviceurl", "https://smba.trafficmanager.net/emea/"}}, {}) == 403);
  CHECK(activity_status(auth, {{"serviceurl", "https://SMBA.trafficmanager.net/amer"}}, {}) == 200);
  CHECK(activity_status(auth, {{"serviceurl", "https://smba.trafficmanager.net:443/Amer/"}}, {}) == 200);
  CHECK(auth.status_of({{"serviceurl", 5}}) == 401);
}

TEST_CASE("C13 without the claim only a known host of that conversation is trusted; never in strict mode") {
  const auto known = [](const char* url) { return [url] { return std::optional<std::string>(url); }; };
  const json without = {{"serviceurl", none}};
  AuthFixture auth;
  CHECK(activity_status(auth, without, {}) == 403);
  CHECK(activity_status(auth, without, {.known = [] { return std::nullopt; }}) == 403);
  CHECK(activity_status(auth, without, {.known = known("https://smba.trafficmanager.net/emea/")}) == 200);
  CHECK(activity_status(auth, without, {.known = known("https://api.botframework.com/")}) == 403);
  CHECK(activity_status(auth, without,
                        {.service_url = "https://malo.invalid/", .known = known("https://malo.invalid/")}) ==
        403);

  auto settings = validator_settings();
  settings.require_service_url_claim = true;
  AuthFixture strict(settings);
  CHECK(activity_status(strict, without, {.known = known(test_service_url)}) == 403);
  CHECK(activity_status(strict, without, {.service_url = ""}) == 403);
  CHECK(activity_status(strict, {}, {}) == 200);
}

TEST_CASE("C15 an activity without service URL is let in, but with no trust in any address") {
  AuthFixture auth;
  const auto verified = auth.validate(channel_key().token(channel_claims(auth.clock.now())));
  REQUIRE(verified);
  const auto trust = auth.validator.check_activity(**verified, "msteams", "", {});
  REQUIRE(trust);
  CHECK(*trust == ServiceUrlTrust::none);
}

TEST_CASE("D03 D07 D08 the key must be endorsed for the channel (checklist 1)") {
  for (const auto& [endorsements, status] :
       std::vector<std::pair<json, int>>{{none, 403},
                                         {json::array(), 403},
                                         {{"webchat"}, 403},
                                         {"msteams", 403},
                                         {{"MSTEAMS"}, 403},
                                         {{"msteams"}, 200},
                                         {{"webchat", "msteams"}, 200},
                                         {json::array({1, "msteams"}), 200}}) {
    CAPTURE(endorsements.dump());
    AuthFixture auth(validator_settings(), {with_endorsements(endorsements)});
    CHECK(activity_status(auth, {}, {}) == status);
  }
  auto settings = validator_settings();
  settings.check_endorsements = false;
  AuthFixture mock(settings, {with_endorsements(none)});
  CHECK(activity_status(mock, {}, {}) == 200);
}

TEST_CASE("D05 H only the served channel, and only service URLs of the platform (checklist 1)") {
  AuthFixture auth;
  for (const char* channel : {"", "webchat", "MSTEAMS", "emulator"})
    CHECK(activity_status(auth, {}, {.channel = channel}) == 403);
  for (const char* url : {"http://smba.trafficmanager.net/amer/", "https://evil-botframework.com/",
                          "https://botframework.com.evil.co/", "https://smba.trafficmanager.net@evil.co/",
                          "https://evil.co/botframework.com", "http://127.0.0.1:80/", "https://10.0.0.1/",
                          "https://smba.trafficmanager.net:8443/amer/"}) {
    CAPTURE(url);
    CHECK(activity_status(auth, {{"serviceurl", url}}, {.service_url = url}) == 403);
  }
}

TEST_CASE("B07 G04 a good token gives its own claims") {
  AuthFixture auth;
  const auto verified = auth.validate(channel_key().token(channel_claims(auth.clock.now(), {{"tid", "x"}})));
  REQUIRE(verified);
  CHECK((*verified)->service_url == test_service_url);
  CHECK((*verified)->key->kid == "channel-1");
}

TEST_CASE("a verified token is remembered, and its lifetime is still checked") {
  AuthFixture auth;
  const std::string token = channel_key().token(channel_claims(auth.clock.now()));
  const auto first = auth.validate(token);
  const auto second = auth.validate(token);
  REQUIRE(first);
  REQUIRE(second);
  CHECK(first->get() == second->get());
  auth.clock.advance(3600s + 299s);
  CHECK(auth.status(token) == 200);
  auth.clock.advance(2s);
  CHECK(auth.status(token) == 401);
}

TEST_CASE("a remembered token dies with its key") {
  AuthFixture auth;
  const std::string token = channel_key().token(channel_claims(auth.clock.now(), {{"exp", 9'000'000'000}}));
  CHECK(auth.status(token) == 200);
  auth.server.publish({TestKey::rsa("channel-2").jwk()});
  CHECK(auth.status(token) == 200);
  CHECK(auth.status_of({}, {{"kid", "channel-2"}}) == 401);  // fetches anew
  CHECK(auth.status(token) == 401);
}

TEST_CASE("B08 the cache of verified tokens is bounded and one changed byte is another token") {
  auto settings = validator_settings();
  settings.cached_tokens = 32;
  AuthFixture auth(settings);
  std::vector<std::string> tokens;
  for (int i = 0; i < 200; ++i)
    tokens.push_back(channel_key().token(channel_claims(auth.clock.now(), {{"jti", i}})));
  for (int round = 0; round < 2; ++round)
    for (const std::string& token : tokens) REQUIRE(auth.status(token) == 200);
  std::string changed = tokens.back();
  changed[changed.size() - 20] = changed[changed.size() - 20] == 'A' ? 'B' : 'A';
  CHECK(auth.status(changed) == 401);

  pao::bot::auth::VerifiedTokens cache(32);
  for (int i = 0; i < 1000; ++i)
    cache.put(pao::bot::auth::token_digest(std::to_string(i)),
              std::make_shared<const pao::bot::auth::Claims>(), auth.clock.now());
  CHECK(cache.size() <= 32);
}

TEST_CASE("many threads may validate at once") {
  AuthFixture auth;
  std::vector<std::string> tokens;
  for (int i = 0; i < 8; ++i)
    tokens.push_back(channel_key().token(channel_claims(auth.clock.now(), {{"jti", i}})));
  std::atomic<int> good{0};
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i)
        if (auth.status(tokens[static_cast<std::size_t>(i) % tokens.size()]) == 200) ++good;
    });
  threads.clear();
  CHECK(good == 800);
  CHECK(auth.server.key_requests() == 1);
}
