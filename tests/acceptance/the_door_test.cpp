// Who is let in, against the running service with real signatures. The ids are those of the protocol
// reference's list of negative cases; each refusal also has to leave nothing behind.
#include "bot/auth/base64url.hpp"
#include "tests/acceptance/door.hpp"

#include <doctest/doctest.h>
#include <httplib.h>

#include <chrono>
#include <string>

namespace pao::tests {
namespace {

using bot::auth::base64url_encode;

Answered raw(const Door& door, const httplib::Headers& headers, const std::string& body) {
  httplib::Client client("127.0.0.1", const_cast<Door&>(door).ministry().port());
  client.set_read_timeout(std::chrono::seconds{60});
  const auto result = client.Post("/api/messages", headers, body, "application/json");
  REQUIRE(result);
  return {.status = result->status, .body = result->body, .headers = {}};
}

}  // namespace

TEST_CASE("A: without exactly one bearer token nobody is let in") {
  Door door;
  const std::string body = door.message().dump();
  const auto given = [&](const std::string& authorization) {
    return door.ministry().post(body, authorization);
  };

  SUBCASE("A01 no Authorization header") {
    const Answered answered = given("");
    door.refuses(answered, 401);
    CHECK(answered.headers.at("www-authenticate") == "Bearer");
  }
  SUBCASE("A02 an empty header") {
    door.refuses(raw(door, {{"Authorization", ""}}, body), 401);
  }
  SUBCASE("A03 the scheme alone") {
    door.refuses(given("Bearer"), 401);
    door.refuses(given("Bearer "), 401);
  }
  SUBCASE("A04 a good token without scheme") {
    door.refuses(given(door.token()), 401);
  }
  SUBCASE("A05 another scheme") {
    door.refuses(given("Potato " + door.token()), 401);
    door.refuses(given("Basic " + base64url_encode("bot:secret")), 401);
  }
  SUBCASE("A06, A08 garbage in every shape gives the same answer") {
    for (const char* token : {"garbage", "a.b", "a.b.c", "..", "....", "{}.{}.{}", "null", "Bearer"}) {
      CAPTURE(token);
      door.refuses(given(std::string("Bearer ") + token), 401);
    }
  }
  SUBCASE("A07 two Authorization headers, in either order") {
    const std::string good = "Bearer " + door.token();
    const Answered first = raw(door, {{"Authorization", "Basic eDp5"}, {"Authorization", good}}, body);
    CHECK((first.status == 400 || first.status == 401));
    const Answered second = raw(door, {{"Authorization", good}, {"Authorization", good}}, body);
    CHECK((second.status == 400 || second.status == 401));
    door.refuses(given(""), 401);  // and nothing is left of either
  }
  SUBCASE("A10 a good token and no activity") {
    const auto sent = [&](const std::string& text) {
      return door.ministry().post(text, "Bearer " + door.token());
    };
    for (const char* text : {"", "null", "[]", "\"eco\"", "{}", "{\"type\":\"message\"}"}) {
      CAPTURE(text);
      door.refuses(sent(text), 400);
    }
  }
  SUBCASE("the scheme's letters are free, its token is not") {
    door.accepts(given("bEARER " + door.token()));
  }
}

TEST_CASE("A09: only POST is answered, and nothing else has a door") {
  Door door;
  httplib::Client client("127.0.0.1", door.ministry().port());
  const httplib::Headers good{{"Authorization", "Bearer " + door.token()}};
  const auto get = client.Get("/api/messages", good);
  const auto put = client.Put("/api/messages", good, door.message().dump(), "application/json");
  const auto removed = client.Delete("/api/messages", good);
  for (const auto* result : {&get, &put, &removed}) {
    REQUIRE(*result);
    CHECK((*result)->status == 405);
    CHECK((*result)->get_header_value("Allow") == "POST");
  }
  for (const char* path : {"/", "/api", "/api/messages/", "/admin", "/api/messages/../healthz"}) {
    CAPTURE(path);
    const auto result = client.Post(path, good, door.message().dump(), "application/json");
    REQUIRE(result);
    CHECK(result->status == 404);
  }
  CHECK(door.ministry().registro_length() == 0);
}

TEST_CASE("A11, A12: a service that believes anybody, or does not know itself, does not start") {
  SimulatedTeams teams;
  const auto problem_of = [&](const Settings& changes) {
    Settings settings = service_settings(teams, "sqlite:unused.db");
    for (const auto& [key, value] : changes) settings[key] = value;
    const auto environment = environment_of(settings);
    const auto config =
        bot::load_config("", false, [&](const std::string& name) -> std::optional<std::string> {
          const auto found = environment.find(name);
          return found == environment.end() ? std::nullopt : std::optional(found->second);
        });
    REQUIRE(config);
    const auto fit = bot::check_serving(*config);
    return fit ? std::string() : fit.error().detail;
  };
  CHECK(problem_of({}).empty());
  CHECK(problem_of({{"identity.mode", "none"}}).empty());  // on loopback
  CHECK(problem_of({{"identity.mode", "none"}, {"server.host", "0.0.0.0"}}).find("identity.mode") !=
        std::string::npos);
  CHECK(problem_of({{"identity.client_id", ""}}).find("identity.client_id") != std::string::npos);
}

TEST_CASE("B: signature, keys and lifetime") {
  Door door;

  SUBCASE("B01 expired days ago") {
    door.refuses_claims({{"nbf", seconds_from_now(-300000)}, {"exp", seconds_from_now(-200000)}});
  }
  SUBCASE("B03 signed with a key that nobody published, under the name of one that is") {
    const test::TestKey other = test::TestKey::rsa(channel_key().kid());
    door.refuses_token(
        other.token(test::channel_claims(Instant{std::chrono::seconds{seconds_from_now(0)}},
                                         {{"serviceurl", door.ministry().teams().service_url()}})));
  }
  SUBCASE("B05 a signature that does not fit") {
    std::string token = door.token();
    token[token.size() - 10] = token[token.size() - 10] == 'A' ? 'B' : 'A';
    door.refuses_token(token);
  }
  SUBCASE("B07 claims that are not those that were signed") {
    const std::string good = door.token();
    const std::string other = door.token({{"extra", "claim"}});
    const auto first = good.find('.'), last = good.rfind('.');
    const std::string payload = other.substr(other.find('.') + 1, other.rfind('.') - other.find('.') - 1);
    door.refuses_token(good.substr(0, first + 1) + payload + good.substr(last));
  }
  SUBCASE("B09 other algorithms") {
    const json claims = test::channel_claims(Instant{std::chrono::seconds{seconds_from_now(0)}},
                                             {{"serviceurl", door.ministry().teams().service_url()}});
    const std::string none = R"({"alg":"none","typ":"JWT","kid":")" + channel_key().kid() + "\"}";
    door.refuses_token(base64url_encode(none) + "." + base64url_encode(claims.dump()) + ".");
    door.refuses_token(base64url_encode(none) + "." + base64url_encode(claims.dump()) + ".AAAA");
    door.refuses_token(test::hmac_token({{"alg", "HS256"}, {"kid", channel_key().kid()}}, claims,
                                        channel_key().jwk()["n"].get<std::string>()));
    for (const auto& [name, digest] : {std::pair{"RS384", "SHA384"}, std::pair{"RS512", "SHA512"}}) {
      CAPTURE(name);
      const json header = {{"alg", name}, {"typ", "JWT"}, {"kid", channel_key().kid()}};
      door.refuses_token(channel_key().sign(header.dump(), claims.dump(), digest));
    }
    const json header = {{"alg", "ES256"}, {"typ", "JWT"}, {"kid", channel_key().kid()}};
    door.refuses_token(test::TestKey::elliptic(channel_key().kid()).sign(header.dump(), claims.dump()));
  }
  SUBCASE("B10 a key that is not named, or not known, or published later") {
    door.refuses_claims({}, 401, {{"kid", nullptr}});
    CHECK(door.identity().key_requests() == 0);  // nothing is fetched for a malformed token
    door.refuses_claims({}, 401, {{"kid", "unknown"}});
    const int after_first = door.identity().key_requests();
    door.refuses_claims({}, 401, {{"kid", "unknown-too"}});
    door.refuses_claims({}, 401, {{"kid", "unknown-three"}});
    CHECK(door.identity().key_requests() <= after_first + 1);
  }
  SUBCASE("B11 five minutes of skew, and no token without an end") {
    door.refuses_claims({{"exp", seconds_from_now(-301)}});
    door.refuses_claims({{"nbf", seconds_from_now(310)}});
    door.refuses_claims({{"exp", nullptr}});
    door.refuses_claims({{"exp", std::to_string(seconds_from_now(3000))}});
    door.accepts_claims({{"exp", seconds_from_now(-290)}});
    door.accepts_claims({{"nbf", seconds_from_now(299)}});
    door.accepts_claims({{"exp", static_cast<double>(seconds_from_now(3000)) + 0.5}});
  }
  SUBCASE("B12 malformed tokens") {
    const std::string good = door.token();
    const auto first = good.find('.'), last = good.rfind('.');
    door.refuses_token(good + "=");
    door.refuses_token(good + ".AAAA");
    door.refuses_token(good + ".AAAA.AAAA");
    door.refuses_token("@@" + good);
    door.refuses_token(good.substr(0, last));
    const std::string header = json{{"alg", "RS256"}, {"kid", channel_key().kid()}}.dump();
    door.refuses_token(channel_key().sign(header, "[1]"));
    const std::string claims = test::channel_claims(Instant{std::chrono::seconds{seconds_from_now(0)}},
                                                    {{"serviceurl", door.ministry().teams().service_url()}})
                                   .dump();
    door.refuses_token(channel_key().sign(header, R"({"aud":"x",)" + claims.substr(1)));  // "aud" twice
    door.refuses_token(channel_key().sign(R"({"crit":["b64"],"b64":false,)" + header.substr(1), claims));
    const Answered long_one =
        door.send(good.substr(0, first) + std::string(17 * 1024, 'A') + good.substr(first));
    CHECK((long_one.status == 401 || long_one.status == 431));
    door.refuses(door.ministry().post(door.message().dump(), ""), 401);
  }
}

TEST_CASE("B02: a key whose certificate has expired signs nothing") {
  json jwk = channel_key().jwk();
  const Instant yesterday{std::chrono::seconds{seconds_from_now(-86400)}};
  jwk["x5c"] = {channel_key().certificate(yesterday)};
  Door door(std::vector<json>{jwk});
  door.refuses_claims({});
}

TEST_CASE("B06: while the keys cannot be had, the channel is asked to come again") {
  Door door;
  SUBCASE("the key server fails") {
    door.identity().answer_keys({.status = 500, .body = "down"});
  }
  SUBCASE("D02 the metadata is refused") {
    door.identity().answer_metadata({.status = 404, .body = "{}"});
  }
  SUBCASE("D01 the metadata is empty") {
    door.identity().answer_metadata({.body = "{}"});
  }
  SUBCASE("D01 the metadata is no document") {
    door.identity().answer_metadata({.body = ""});
  }
  SUBCASE("D03 the key set is empty") {
    door.identity().answer_keys({.body = R"({"keys":[]})"});
  }
  SUBCASE("D03 the key set is null") {
    door.identity().answer_keys({.body = R"({"keys":null})"});
  }
  const Answered answered = door.send(door.token());
  door.refuses(answered, 503);
  CHECK(answered.headers.at("retry-after") == "5");
}

TEST_CASE("B10: a key published after the start is found at the first token that names it") {
  const test::TestKey next = test::TestKey::rsa("channel-2");
  Door door;
  door.accepts_claims({});
  door.identity().publish({channel_key().jwk(), next.jwk()});
  const json claims = test::channel_claims(Instant{std::chrono::seconds{seconds_from_now(0)}},
                                           {{"serviceurl", door.ministry().teams().service_url()}});
  door.accepts(door.send(next.token(claims)));
}

TEST_CASE("B13: keys that may not sign are as if they were not published") {
  json for_encryption = test::TestKey::rsa("enc").jwk();
  for_encryption["use"] = "enc";
  json without_modulus = test::TestKey::rsa("no-n").jwk();
  without_modulus.erase("n");
  const test::TestKey weak = test::TestKey::rsa("weak", 1024), curve = test::TestKey::elliptic("curve");
  Door door(std::vector<json>{channel_key().jwk(), for_encryption, without_modulus, weak.jwk(), curve.jwk()});
  const json claims = test::channel_claims(Instant{std::chrono::seconds{seconds_from_now(0)}},
                                           {{"serviceurl", door.ministry().teams().service_url()}});
  door.refuses_token(weak.token(claims));
  door.refuses_token(curve.token(claims, {{"alg", "RS256"}}));
  door.refuses_claims({}, 401, {{"kid", "enc"}});
  door.refuses_claims({}, 401, {{"kid", "no-n"}});
  door.accepts_claims({});
}

TEST_CASE("C: the claims name this bot, its channel service and the address of the activity") {
  Door door;
  const std::string here = door.ministry().teams().service_url();

  SUBCASE("C02, C03, C04, C10, C19, C20 the issuer") {
    door.refuses_claims({{"iss", nullptr}});
    door.refuses_claims({{"iss", "https://sts.windows.net/some-tenant/"}});
    door.refuses_claims({{"iss", 42}});
    door.refuses_claims({{"iss", {test::test_issuer}}});
    door.refuses_claims({{"iss", "https://api.botframework.us"}});
    door.refuses_claims({{"iss", "https://API.botframework.invalid"}});
    door.refuses_claims({{"iss", std::string(test::test_issuer) + "/"}});
  }
  SUBCASE("C05, C06, C07, C09, C17, C18 the audience") {
    door.refuses_claims({{"aud", nullptr}});
    door.refuses_claims({{"aud", ""}});
    door.refuses_claims({{"aud", "99999999-2222-4333-8444-555555555555"}});
    door.refuses_claims({{"aud", std::string("api://") + test::test_app_id}});
    door.refuses_claims({{"aud", std::string("api://botid-") + test::test_app_id}});
    door.refuses_claims({{"aud", json::array()}});
  }
  SUBCASE("C11, C12, C13 the address") {
    door.refuses_claims({{"serviceurl", ""}}, 403);
    door.refuses_claims({{"serviceurl", "https://smba.trafficmanager.net/emea/"}}, 403);
    door.refuses_claims({{"serviceurl", nullptr}}, 403);  // and no conversation that it was known from
    door.refuses_claims({{"serviceurl", 7}}, 401);
  }
  SUBCASE("C08 an audience among others") {
    door.accepts_claims({{"aud", {"somebody-else", test::test_app_id}}});
  }
  SUBCASE("C14 a slash or a capital more does not make another address") {
    door.accepts_claims({{"serviceurl", here.substr(0, here.size() - 1)}});
    std::string capital = here;
    capital.replace(0, 4, "HTTP");
    door.accepts_claims({{"serviceurl", capital}});
  }
  SUBCASE("C13 without the claim, a conversation is trusted where it was authenticated before") {
    door.accepts_claims({});
    door.accepts_claims({{"serviceurl", nullptr}});
  }
  SUBCASE("C15 a body without address") {
    json body = door.message();
    body.erase("serviceUrl");
    door.refuses(door.send(door.token(), body), 400);
  }
  SUBCASE("C16 all right") {
    door.accepts_claims({});
  }
}

TEST_CASE("C13: the strict mode asks for the claim always") {
  Door door(std::vector<json>{channel_key().jwk()}, {{"identity.strict_service_url", "true"}});
  door.accepts_claims({});
  door.refuses_claims({{"serviceurl", nullptr}}, 403);
}

TEST_CASE("D: a key vouches only for the channels that it is endorsed for") {
  json jwk = channel_key().jwk();
  SUBCASE("D03 without endorsements") {
    jwk.erase("endorsements");
    Door door(std::vector<json>{jwk});
    door.refuses_claims({}, 403);
  }
  SUBCASE("D06 null") {
    jwk["endorsements"] = nullptr;
    Door door(std::vector<json>{jwk});
    door.refuses_claims({}, 403);
  }
  SUBCASE("D07 an empty list") {
    jwk["endorsements"] = json::array();
    Door door(std::vector<json>{jwk});
    door.refuses_claims({}, 403);
  }
  SUBCASE("D07 a list without the channel") {
    jwk["endorsements"] = {"webchat", "directline"};
    Door door(std::vector<json>{jwk});
    door.refuses_claims({}, 403);
  }
  SUBCASE("D08 a list with the channel in it") {
    jwk["endorsements"] = {"webchat", "msteams"};
    Door door(std::vector<json>{jwk});
    door.accepts_claims({});
  }
  SUBCASE("D03 a key without a name cannot be asked for") {
    jwk.erase("kid");
    Door door(std::vector<json>{jwk, test::TestKey::rsa("other").jwk()});
    door.refuses_claims({});
  }
  SUBCASE("D05 an activity of no channel") {
    Door door;
    for (const json& channel : {json(), json(""), json(7)}) {
      json body = door.message();
      body["channelId"] = channel;
      door.refuses(door.send(door.token(), body), 400);
    }
  }
}

// The service does not serve the emulator, so its tokens are like those of any other issuer (E08).
TEST_CASE("E: emulator tokens are refused, well made or not") {
  Door door;
  const std::string tenant = "d6d49420-f39b-4df7-a1dc-d59a935871db";
  const std::string gov = "cab8a31a-1906-4287-a0d8-4eef66b95f6e";
  const std::string v1 = "https://sts.windows.net/" + tenant + "/";
  const std::string v2 = "https://login.microsoftonline.com/" + tenant + "/v2.0";
  const std::pair<const char*, json> cases[] = {
      {"E01 no issuer", {{"iss", nullptr}, {"ver", "1.0"}, {"appid", test::test_app_id}}},
      {"E01 an unknown issuer",
       {{"iss", "https://sts.windows.net/x/"}, {"ver", "1.0"}, {"appid", test::test_app_id}}},
      {"E02 v1", {{"iss", v1}, {"ver", "1.0"}, {"appid", test::test_app_id}}},
      {"E02 v2", {{"iss", v2}, {"ver", "2.0"}, {"azp", test::test_app_id}}},
      {"E02 gov v1",
       {{"iss", "https://sts.windows.net/" + gov + "/"}, {"ver", "1.0"}, {"appid", test::test_app_id}}},
      {"E02 gov v2",
       {{"iss", "https://login.microsoftonline.us/" + gov + "/v2.0"},
        {"ver", "2.0"},
        {"azp", test::test_app_id}}},
      {"E03 no version", {{"iss", v1}, {"appid", test::test_app_id}}},
      {"E04 no appid", {{"iss", v1}, {"ver", "1.0"}}},
      {"E04 empty version, no appid", {{"iss", v1}, {"ver", ""}}},
      {"E05 no azp", {{"iss", v2}, {"ver", "2.0"}}},
      {"E06 an unknown version", {{"iss", v2}, {"ver", "3.0"}, {"azp", test::test_app_id}}},
      {"E07 another app", {{"iss", v1}, {"ver", "1.0"}, {"appid", "99999999-2222-4333-8444-555555555555"}}},
  };
  for (const auto& [name, claims] : cases) {
    CAPTURE(name);
    door.refuses_claims(claims);
  }
}

TEST_CASE("G07, G09, G10: a tenant that is not ours is not served") {
  Door door;
  json body = door.message();
  body["conversation"]["tenantId"] = "bbbbbbbb-0000-4000-8000-000000000002";
  body["channelData"]["tenant"]["id"] = "bbbbbbbb-0000-4000-8000-000000000002";
  door.refuses(door.send(door.token(), body), 403);
  body["conversation"].erase("tenantId");
  door.refuses(door.send(door.token(), body), 403);
  body.erase("channelData");
  door.refuses(door.send(door.token(), body), 403);
}

TEST_CASE("H: what a body may not say, whatever the token") {
  Door door;
  const auto refused = [&](const json& body, int status, const json& claims = json::object()) {
    door.refuses(door.send(door.token(claims), body), status);
  };
  SUBCASE("another channel") {
    json body = door.message();
    for (const char* channel : {"webchat", "directline", "emulator", "MSTEAMS"}) {
      body["channelId"] = channel;
      refused(body, 403);
    }
  }
  SUBCASE("addresses that our own token must not go to") {
    for (const char* url : {"http://smba.trafficmanager.net/emea/", "https://evil-botframework.com/",
                            "https://botframework.com.evil.co/", "https://user:pass@smba.trafficmanager.net/",
                            "https://smba.trafficmanager.net:8443/emea/",
                            "https://smba.trafficmanager.net@evil.co/", "ftp://smba.trafficmanager.net/",
                            "https://169.254.169.254/", "http://127.0.0.1.evil.co/", "not an address"}) {
      CAPTURE(url);
      json body = door.message();
      body["serviceUrl"] = url;
      refused(body, 403, {{"serviceurl", url}});
    }
  }
  SUBCASE("a nest too deep") {
    const std::string bomb = std::string(20000, '[') + std::string(20000, ']');
    door.refuses(door.ministry().post(bomb, "Bearer " + door.token()), 400);
    std::string inside = door.message().dump();
    inside.insert(1, "\"value\":" + std::string(5000, '[') + std::string(5000, ']') + ",");
    door.refuses(door.ministry().post(inside, "Bearer " + door.token()), 400);
  }
  SUBCASE("not JSON") {
    for (const char* text : {"{", "{\"type\":}", "eco hola", "{\"type\":\"message\"} {}"}) {
      CAPTURE(text);
      door.refuses(door.ministry().post(text, "Bearer " + door.token()), 400);
    }
  }
  SUBCASE("without what an activity must have") {
    for (const char* name : {"type", "conversation", "from", "id"}) {
      CAPTURE(name);
      json body = door.message();
      body.erase(name);
      refused(body, 400);
    }
  }
  SUBCASE("too much") {
    json body = door.message();
    body["text"] = std::string(300 * 1024, 'x');
    door.refuses(door.send(door.token(), body), 413);
    door.refuses(door.ministry().post(body.dump(), ""), 413);
  }
  SUBCASE("an invoke that nobody knows") {
    for (const char* name : {"composeExtension/other", "tab/fetch", "signin", "adaptivecard/action"}) {
      CAPTURE(name);
      json body = door.message();
      body["type"] = "invoke";
      body["name"] = name;
      body["value"] = json::object();
      refused(body, 501);
    }
  }
  SUBCASE("an unknown kind of activity is taken and does nothing") {
    json body = door.message();
    body["type"] = "somethingNew";
    CHECK(door.send(door.token(), body).status == 200);
    CHECK(door.ministry().person("U-020").hears_nothing_more());
    CHECK(door.ministry().teams().delivered().empty());
  }
  SUBCASE("unknown fields, and a callerId, change nothing") {
    json body = door.message();
    body["callerId"] = "urn:botframework:azure";
    body["novelty"] = {{"deep", {1, 2, 3}}};
    body["from"]["role"] = "administrador";
    door.accepts(door.send(door.token(), body));
  }
  SUBCASE("the routing headers are not believed") {
    json body = door.message();
    body["conversation"]["tenantId"] = "bbbbbbbb-0000-4000-8000-000000000002";
    const Answered answered = raw(
        door, {{"Authorization", "Bearer " + door.token()}, {"x-ms-tenant-id", demo_tenant}}, body.dump());
    door.refuses(answered, 403);
  }
}

}  // namespace pao::tests
