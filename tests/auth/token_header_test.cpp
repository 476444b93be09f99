// Groups A and B: the Authorization value, the token's form, signature and lifetime.
#include "bot/auth/base64url.hpp"
#include "tests/auth/auth_fixture.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace pao::test;
using nlohmann::json;
using pao::bot::auth::Denial;

namespace {

constexpr auto none = nullptr;  // removes a member

std::int64_t seconds(pao::Instant at) {
  return std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count();
}

}  // namespace

TEST_CASE("A01 A02 C01 no or an empty Authorization header: 401, marked as missing (checklist 1)") {
  AuthFixture auth;
  for (const auto& header : {std::optional<std::string_view>{}, std::optional<std::string_view>{""}}) {
    const auto verified = auth.validator.validate(header, auth.clock.now());
    REQUIRE_FALSE(verified);
    CHECK(verified.error().kind == Denial::missing);
  }
  CHECK(pao::bot::auth::http_status(Denial::missing) == 401);
}

TEST_CASE("A03 A04 A05 A06 A07 anything but one bearer token is rejected") {
  AuthFixture auth;
  const std::string good = channel_key().token(channel_claims(auth.clock.now()));
  for (const std::string& value : std::vector<std::string>{
           "Bearer", "Bearer ", "Bearer  ", good, "Potato " + good, "Basic " + good, "Bearer abc",
           "Bearer a.b.c", "Bearer " + good + " " + good, "Bearer " + good + "," + good,
           "Bearer, Bearer " + good, " Bearer " + good, "Bearer\t" + good}) {
    CAPTURE(value.substr(0, 30));
    const auto verified = auth.validator.validate(value, auth.clock.now());
    REQUIRE_FALSE(verified);
    CHECK(verified.error().kind == Denial::rejected);
  }
  CHECK(auth.validator.validate("bearer " + good, auth.clock.now()));
  CHECK(auth.validator.validate("BEARER " + good, auth.clock.now()));
}

TEST_CASE("A12 without an app id no token is good") {
  auto settings = validator_settings();
  settings.app_id = "";
  AuthFixture auth(settings);
  CHECK(auth.status_of({}) == 401);
  CHECK(auth.status_of({{"aud", ""}}) == 401);
}

TEST_CASE("B01 B11 lifetime with 300 seconds of skew (checklist 1)") {
  AuthFixture auth;
  const auto now = seconds(auth.clock.now());
  CHECK(auth.status_of({{"exp", now - 86400 * 3}}) == 401);
  CHECK(auth.status_of({{"exp", now - 299}}) == 200);
  CHECK(auth.status_of({{"exp", now - 301}}) == 401);
  CHECK(auth.status_of({{"nbf", now + 299}}) == 200);
  CHECK(auth.status_of({{"nbf", now + 301}}) == 401);
  CHECK(auth.status_of({{"exp", none}}) == 401);
  CHECK(auth.status_of({{"exp", std::to_string(now + 3600)}}) == 401);
  CHECK(auth.status_of({{"exp", true}}) == 401);
  CHECK(auth.status_of({{"exp", static_cast<double>(now) + 100.5}}) == 200);
  CHECK(auth.status_of({{"exp", 1e300}}) == 200);
  CHECK(auth.status_of({{"exp", -1}}) == 401);
  CHECK(auth.status_of({{"nbf", none}}) == 200);
  CHECK(auth.status_of({{"nbf", "now"}}) == 401);
}

TEST_CASE("B02 a key whose certificate has expired signs nothing") {
  AuthFixture auth;
  json jwk = channel_key().jwk();
  jwk["x5c"] = {channel_key().certificate(auth.clock.now() + std::chrono::hours{1})};
  auth.server.publish({jwk});
  CHECK(auth.status_of({}) == 200);
  auth.clock.advance(std::chrono::hours{2});
  CHECK(auth.status_of({}) == 401);
}

TEST_CASE("B03 B05 wrong signatures") {
  AuthFixture auth;
  const TestKey other = TestKey::rsa("channel-1");
  const json claims = channel_claims(auth.clock.now());
  CHECK(auth.status(other.token(claims)) == 401);

  const std::string good = channel_key().token(claims);
  const auto first = good.find('.');
  const auto second = good.rfind('.');
  const json changed = channel_claims(auth.clock.now(), {{"extra", 1}});
  CHECK(auth.status(good.substr(0, first + 1) + pao::bot::auth::base64url_encode(changed.dump()) +
                    good.substr(second)) == 401);
  CHECK(auth.status(good.substr(0, second + 1)) == 401);
  CHECK(auth.status(good.substr(0, second + 1) + "AAAA") == 401);
  CHECK(auth.status(good) == 200);
}

TEST_CASE("B04 no setting of the validator leaves a signature unchecked") {
  auto open = validator_settings();
  open.check_endorsements = false;
  open.require_service_url_claim = false;
  open.hosts.allow_loopback = true;
  AuthFixture auth(open);
  const std::string good = channel_key().token(channel_claims(auth.clock.now()));
  CHECK(auth.status(good) == 200);
  const std::size_t signature = good.rfind('.') + 1;
  CHECK(auth.status(good.substr(0, signature)) == 401);
  CHECK(auth.status(good.substr(0, signature) + std::string(good.size() - signature, 'A')) == 401);
  const TestKey forged = TestKey::rsa("channel-1");
  CHECK(auth.status(forged.token(channel_claims(auth.clock.now()))) == 401);
}

TEST_CASE("B09 only RS256") {
  AuthFixture auth;
  const json claims = channel_claims(auth.clock.now());
  const std::string payload = claims.dump();
  const auto head = [](const char* alg) { return json{{"alg", alg}, {"kid", "channel-1"}}.dump(); };
  const std::string unsigned_token =
      pao::bot::auth::base64url_encode(head("none")) + "." + pao::bot::auth::base64url_encode(payload) + ".";
  CHECK(auth.status(unsigned_token) == 401);
  CHECK(auth.status(hmac_token({{"alg", "HS256"}, {"kid", "channel-1"}}, claims,
                               channel_key().jwk()["n"].get<std::string>())) == 401);
  CHECK(auth.status(channel_key().sign(head("RS384"), payload, "SHA384")) == 401);
  CHECK(auth.status(channel_key().sign(head("RS512"), payload, "SHA512")) == 401);
  CHECK(auth.status(TestKey::elliptic("channel-1").sign(head("ES256"), payload)) == 401);
  CHECK(auth.status(channel_key().sign(head("rs256"), payload)) == 401);
  CHECK(auth.status(channel_key().sign(head("RS256"), payload, "SHA512")) == 401);
  CHECK(auth.status(channel_key().sign(head("RS256"), payload)) == 200);
}

TEST_CASE("B10 the header must name its key; what else it brings is not used") {
  AuthFixture auth;
  CHECK(auth.status_of({}, {{"kid", none}}) == 401);
  CHECK(auth.status_of({}, {{"kid", ""}}) == 401);
  CHECK(auth.status_of({}, {{"kid", 7}}) == 401);
  CHECK(auth.status_of({}, {{"crit", json::array({"exp"})}}) == 401);
  CHECK(auth.status_of({}, {{"typ", none}}) == 200);
  CHECK(auth.status_of({}, {{"cty", "JWT"}}) == 200);
  const TestKey own = TestKey::rsa("channel-1");
  CHECK(auth.status(own.token(channel_claims(auth.clock.now()), {{"jwk", own.jwk()}})) == 401);
  CHECK(auth.status(own.token(channel_claims(auth.clock.now()), {{"jku", auth.server.base() + "/mine"}})) ==
        401);
}

TEST_CASE("B12 malformed tokens") {
  AuthFixture auth;
  const json claims = channel_claims(auth.clock.now());
  const std::string good = channel_key().token(claims);
  const std::string header = json{{"alg", "RS256"}, {"kid", "channel-1"}}.dump();
  CHECK(auth.status(good + "=") == 401);
  CHECK(auth.status(good + ".") == 401);
  CHECK(auth.status(good + ".AAAA") == 401);
  CHECK(auth.status(good + ".AAAA.AAAA") == 401);
  CHECK(auth.status("." + good) == 401);
  CHECK(auth.status("..") == 401);
  CHECK(auth.status("+" + good.substr(1)) == 401);
  CHECK(auth.status(channel_key().sign(header, "[1,2]")) == 401);
  CHECK(auth.status(channel_key().sign(header, "null")) == 401);
  CHECK(auth.status(channel_key().sign(header, claims.dump() + " x")) == 401);
  CHECK(auth.status(channel_key().sign("\"RS256\"", claims.dump())) == 401);

  std::string twice = claims.dump();
  twice.insert(1, R"("aud":"someone else",)");
  CHECK(auth.status(channel_key().sign(header, twice)) == 401);
  std::string two_algorithms = header;
  two_algorithms.insert(1, R"("alg":"none",)");
  CHECK(auth.status(channel_key().sign(two_algorithms, claims.dump())) == 401);

  CHECK(auth.status_of({{"padding", std::string(17 * 1024, 'a')}}) == 401);
  CHECK(auth.status_of({{"deep", json::parse(std::string(1000, '[') + std::string(1000, ']'))}}) == 401);
}

TEST_CASE("base64url is strict and its own inverse") {
  using pao::bot::auth::base64url_decode;
  using pao::bot::auth::base64url_encode;
  for (std::size_t size = 0; size < 70; ++size) {
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(i * 37 + size);
    CHECK(base64url_decode(base64url_encode(bytes)) == bytes);
  }
  CHECK(base64url_encode("\xfb\xff") == "-_8");
  CHECK(base64url_decode("") == "");
  for (const char* text : {"A", "AAAAA", "AA==", "AA=", "+_8", "-/8", "A A", "AB", "AAB", "AA\n", "\xc3\xa1"})
    CHECK_FALSE(base64url_decode(text));
}
