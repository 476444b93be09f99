// Group E: emulator tokens, with the development setting off (production) and on.
#include "bot/auth/emulator_token.hpp"

#include "tests/auth/auth_fixture.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace pao::test;
using namespace std::chrono_literals;
using namespace pao::bot::auth;
using nlohmann::json;

namespace {

constexpr auto none = nullptr;  // removes a member
constexpr const char* own_tenant = "aaaaaaaa-1111-4222-8333-bbbbbbbbbbbb";

const std::vector<std::string> issuers = {
    "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/",
    "https://sts.windows.net/f8cdef31-a31e-4b4a-93e4-5f571e91255a/",
    "https://sts.windows.net/cab8a31a-1906-4287-a0d8-4eef66b95f6e/",
    "https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0",
    "https://login.microsoftonline.com/f8cdef31-a31e-4b4a-93e4-5f571e91255a/v2.0",
    "https://login.microsoftonline.us/cab8a31a-1906-4287-a0d8-4eef66b95f6e/v2.0",
    std::string("https://sts.windows.net/") + own_tenant + "/",
    std::string("https://login.microsoftonline.com/") + own_tenant + "/v2.0",
};

const TestKey& entra_key() {
  static const TestKey key = TestKey::rsa("entra-1");
  return key;
}

ValidatorSettings settings() {
  auto made = validator_settings();
  made.tenant_id = own_tenant;
  made.hosts.allow_loopback = true;
  return made;
}

// Entra publishes its keys at another address than the channel, with no endorsements.
struct Emulated {
  FakeClock clock;
  IdentityServer channel{{channel_key().jwk()}};
  IdentityServer entra{{[] {
    json jwk = entra_key().jwk();
    jwk.erase("endorsements");
    return jwk;
  }()}};
  SigningKeys channel_keys{{.metadata_url = channel.metadata_url(), .hosts = {.allow_loopback = true}},
                           test_send(),
                           clock.function()};
  SigningKeys entra_keys{{.metadata_url = entra.metadata_url(), .hosts = {.allow_loopback = true}},
                         test_send(),
                         clock.function()};
  TokenValidator on{settings(), channel_keys, &entra_keys};
  TokenValidator off{settings(), channel_keys};

  json claims(const json& changes = json::object()) {
    json good = {{"iss", issuers[0]}, {"ver", "1.0"}, {"appid", test_app_id}, {"serviceurl", none}};
    good.update(changes);
    return channel_claims(clock.now(), good);
  }
  int status(TokenValidator& validator, const std::string& token) {
    const auto verified = validator.validate("Bearer " + token, clock.now());
    return verified ? 200 : http_status(verified.error().kind);
  }
  // With the setting off every one of these is refused; the answer is that of the setting on.
  int status_of(const json& changes) {
    const std::string token = entra_key().token(claims(changes));
    CHECK(status(off, token) == 401);
    return status(on, token);
  }
};

}  // namespace

TEST_CASE("E01 without a known issuer it is no emulator token") {
  Emulated e;
  CHECK(e.status(e.on, "") == 401);
  for (const json& issuer :
       {json(none), json(""), json(7), json("https://sts.windows.net/"), json("https://sts.windows.net//"),
        json("https://sts.windows.net/00000000-0000-0000-0000-000000000001/"),
        json("https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/"),
        json("https://login.microsoftonline.com/" + std::string(own_tenant)),
        json("https://sts.windows.net.evil.co/d6d49420-f39b-4df7-a1dc-d59a935871db/"), json(test_issuer)}) {
    CAPTURE(issuer.dump());
    CHECK(e.status_of({{"iss", issuer}}) == 401);
  }
  CHECK(emulator_issuer_tenant("https://sts.windows.net//", "") == std::nullopt);
}

TEST_CASE(
    "E02 E08 the platform's and our own tenant issue emulator tokens; in production nobody does (checklist "
    "1)") {
  Emulated e;
  for (const std::string& issuer : issuers) {
    CAPTURE(issuer);
    CHECK(e.status_of({{"iss", issuer}}) == 200);
    CHECK(e.status_of({{"iss", issuer}, {"ver", "2.0"}, {"appid", none}, {"azp", test_app_id}}) == 200);
  }
}

TEST_CASE("E03 E04 E05 E06 E07 the version says where the app id is, and it is ours") {
  Emulated e;
  CHECK(e.status_of({{"ver", none}}) == 401);
  CHECK(e.status_of({{"ver", 1}}) == 401);
  CHECK(e.status_of({{"ver", ""}}) == 200);
  for (const char* version : {"", "1.0"}) {
    CHECK(e.status_of({{"ver", version}, {"appid", none}}) == 401);
    CHECK(e.status_of({{"ver", version}, {"appid", none}, {"azp", test_app_id}}) == 401);
    CHECK(e.status_of({{"ver", version}, {"appid", "another"}}) == 401);
  }
  CHECK(e.status_of({{"ver", "2.0"}}) == 401);
  CHECK(e.status_of({{"ver", "2.0"}, {"azp", "another"}}) == 401);
  for (const char* version : {"3.0", "1", "2", "1.0 "}) {
    CHECK(e.status_of({{"ver", version}, {"azp", test_app_id}}) == 401);
  }
  CHECK(e.status_of({{"aud", "another"}}) == 401);
  CHECK(e.status_of({{"aud", "another"}, {"appid", "another"}}) == 401);
}

TEST_CASE("G03 the tenant that the token names is its issuer's (checklist 1)") {
  Emulated e;
  CHECK(e.status_of({{"tid", "d6d49420-f39b-4df7-a1dc-d59a935871db"}}) == 200);
  CHECK(e.status_of({{"tid", own_tenant}}) == 401);
  CHECK(e.status_of({{"tid", 5}}) == 401);
}

TEST_CASE("G05 a registration for many tenants opens the door to no tenant by itself (checklist 1)") {
  Emulated e;
  const std::string other = "00000000-0000-0000-0000-000000000001";
  for (const char* any : {"common", "organizations", "botframework.com", ""}) {
    CAPTURE(any);
    auto many = settings();
    many.tenant_id = any;
    TokenValidator validator(many, e.channel_keys, &e.entra_keys);
    const auto status = [&](const json& changes) {
      return e.status(validator, entra_key().token(e.claims(changes)));
    };
    CHECK(status({{"iss", "https://sts.windows.net/" + other + "/"}}) == 401);
    CHECK(status({{"iss", "https://sts.windows.net/" + other + "/"}, {"tid", other}}) == 401);
    CHECK(status({{"iss", issuers[6]}, {"tid", own_tenant}}) == 401);
    // The platform's own still come, with the tenant of their issuer only.
    CHECK(status(json::object()) == 200);
    CHECK(status({{"tid", other}}) == 401);
  }
}

TEST_CASE("G08 no scope stands in for the app id, and none is asked for beside it (checklist 1)") {
  Emulated e;
  for (const json& scope : {json(none), json(""), json("User.Read"), json("User.ReadBasic.All"),
                            json("User.ReadBasic.All User.Read"), json::array({"User.Read"}), json(7)}) {
    CAPTURE(scope.dump());
    CHECK(e.status_of({{"scp", scope}}) == 200);
    CHECK(e.status_of({{"scp", scope}, {"roles", {"Everything"}}, {"appid", none}}) == 401);
    CHECK(e.status_of({{"scp", scope}, {"ver", "2.0"}, {"azp", "another"}}) == 401);
    // Somebody's own token of our tenant, for our registration, is no token of the channel.
    CHECK(e.status(e.on, entra_key().token(e.claims({{"iss", issuers[7]},
                                                     {"ver", "2.0"},
                                                     {"appid", none},
                                                     {"tid", own_tenant},
                                                     {"scp", scope},
                                                     {"oid", "somebody"}}))) == 401);
  }
}

TEST_CASE("each family has its own keys") {
  Emulated e;
  CHECK(e.status(e.on, channel_key().token(e.claims())) == 401);
  CHECK(e.status(e.on, entra_key().token(channel_claims(e.clock.now()))) == 401);
  const TestKey forged = TestKey::rsa("entra-1");
  CHECK(e.status(e.on, forged.token(e.claims())) == 401);
  CHECK(e.status(e.on, channel_key().token(channel_claims(e.clock.now()))) == 200);
  CHECK(e.status(e.on, entra_key().token(e.claims({{"exp", 1}}))) == 401);

  const std::string token = entra_key().token(e.claims());
  CHECK(e.status(e.on, token) == 200);
  CHECK(e.status(e.on, token) == 200);  // remembered, and still checked against its own keys
  e.entra.publish({TestKey::rsa("entra-2").jwk()});
  e.clock.advance(25h);
  CHECK(e.status(e.on, token) == 401);
  e.entra.answer_keys({.status = 500});
  e.clock.advance(6 * 24h);
  CHECK(e.status(e.on, entra_key().token(e.claims())) == 503);
}

TEST_CASE("an emulator is answered on this machine only") {
  Emulated e;
  const auto verified = e.on.validate("Bearer " + entra_key().token(e.claims()), e.clock.now());
  REQUIRE(verified);
  CHECK((*verified)->emulator);
  const auto trust = [&](const char* channel, const char* url) {
    const auto got = e.on.check_activity(**verified, channel, url, {});
    return got ? std::optional(*got) : std::nullopt;
  };
  CHECK(trust("emulator", "http://localhost:56150") == ServiceUrlTrust::development);
  CHECK(trust("msteams", "http://127.0.0.1:56150/") == ServiceUrlTrust::development);
  CHECK(trust("emulator", "") == ServiceUrlTrust::none);
  CHECK(trust("webchat", "http://localhost:56150") == std::nullopt);
  CHECK(trust("emulator", test_service_url) == std::nullopt);
  CHECK(trust("emulator", "https://malo.invalid/") == std::nullopt);

  auto no_loopback = settings();
  no_loopback.hosts.allow_loopback = false;
  TokenValidator closed(no_loopback, e.channel_keys, &e.entra_keys);
  CHECK_FALSE(closed.check_activity(**verified, "emulator", "http://localhost:56150", {}));

  const auto channel =
      e.on.validate("Bearer " + channel_key().token(channel_claims(e.clock.now())), e.clock.now());
  REQUIRE(channel);
  CHECK_FALSE((*channel)->emulator);
  CHECK_FALSE(e.on.check_activity(**channel, "emulator", test_service_url, {}));
}
