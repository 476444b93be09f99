#include "bot/auth/app_token.hpp"

#include "bot/auth/client_credentials.hpp"
#include "tests/auth/auth_fixture.hpp"

#include <doctest/doctest.h>

#include <future>
#include <string>
#include <vector>

using namespace pao::test;
using namespace std::chrono_literals;
using nlohmann::json;
using pao::ErrorCode;
using pao::bot::auth::AppToken;

namespace {

constexpr const char* secret = "s3cret+/=&%~ñ";

struct Fixture {
  FakeClock clock;
  IdentityServer server;
  double chance = 0;
  AppToken token{pao::bot::auth::with_client_secret({.url = server.token_url(), .client_id = test_app_id},
                                                    secret, test_send()),
                 clock.function(), [this] { return chance; }};

  void give(const char* text, const json& lasts = 3600) {
    server.answer_tokens(
        {.body = json{{"token_type", "Bearer"}, {"expires_in", lasts}, {"access_token", text}}.dump()});
  }
  std::size_t asked() const { return server.token_requests().size(); }
  std::string text() {
    const auto got = token.get();
    return got ? *got : "error: " + got.error().detail;
  }
};

}  // namespace

TEST_CASE("the request is a form with every value encoded, and the token is kept (checklist 3)") {
  Fixture f;
  CHECK(f.text() == "app-token-1");
  CHECK(f.text() == "app-token-1");
  REQUIRE(f.asked() == 1);
  CHECK(f.server.token_requests().front() ==
        "grant_type=client_credentials&client_id=11111111-2222-4333-8444-555555555555"
        "&client_secret=s3cret%2B%2F%3D%26%25~%C3%B1&scope=https%3A%2F%2Fapi.botframework.com%2F.default");
}

TEST_CASE(
    "it is refreshed before its end: 300 seconds, or a tenth of a short life, and a little earlier by "
    "chance") {
  for (const auto& [lasts, chance, refresh] :
       std::vector<std::tuple<json, double, std::chrono::seconds>>{{3600, 0.0, 3300s},
                                                                   {3600, 0.5, 3270s},
                                                                   {86400, 0.0, 86100s},
                                                                   {600, 0.0, 540s},
                                                                   {"600", 0.0, 540s}}) {
    CAPTURE(lasts.dump());
    Fixture f;
    f.chance = chance;
    f.give("first", lasts);
    CHECK(f.text() == "first");
    f.give("second");
    f.clock.advance(refresh - 1ms);
    CHECK(f.text() == "first");
    f.clock.advance(1ms);
    CHECK(f.text() == "second");
  }
}

TEST_CASE("the issuer's wish to be asked again earlier is honoured, never later than our own margin") {
  for (const auto& [wish, refresh] : std::vector<std::pair<json, std::chrono::seconds>>{
           {1800, 1800s}, {"1800", 1800s}, {3590, 3300s}, {0, 60s}, {"soon", 3300s}, {nullptr, 3300s}}) {
    CAPTURE(wish.dump());
    Fixture f;
    json reply = {{"expires_in", 3600}, {"access_token", "first"}};
    if (!wish.is_null()) reply["refresh_in"] = wish;
    f.server.answer_tokens({.body = reply.dump()});
    CHECK(f.text() == "first");
    f.give("second");
    f.clock.advance(refresh - 1ms);
    CHECK(f.text() == "first");
    f.clock.advance(1ms);
    CHECK(f.text() == "second");
  }
}

TEST_CASE("while a refresh fails the old token serves to its end (checklist 3)") {
  Fixture f;
  CHECK(f.text() == "app-token-1");
  f.server.answer_tokens({.status = 500});
  f.clock.advance(3400s);
  CHECK(f.text() == "app-token-1");
  CHECK(f.asked() == 2);
  CHECK(f.text() == "app-token-1");  // and the service is left in peace
  CHECK(f.asked() == 2);
  f.clock.advance(200s);
  CHECK(f.text() == "error: token service: 500");
  f.give("second");
  f.clock.advance(60s);
  CHECK(f.text() == "second");
}

TEST_CASE("429 is waited out as long as Retry-After says") {
  Fixture f;
  f.server.answer_tokens({.status = 429, .retry_after = "30"});
  const auto refused = f.token.get();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::unavailable);
  f.give("later");
  f.clock.advance(29s);
  CHECK_FALSE(f.token.get());
  CHECK(f.asked() == 1);
  f.clock.advance(1s);
  CHECK(f.text() == "later");
}

TEST_CASE("pauses after failures grow from a second to a minute") {
  Fixture f;
  f.server.answer_tokens({.status = 503});
  std::size_t asked = 0;
  for (const auto pause : {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s}) {
    CHECK_FALSE(f.token.get());
    CHECK(f.asked() == ++asked);
    f.clock.advance(pause - 1ms);
    CHECK_FALSE(f.token.get());
    CHECK(f.asked() == asked);
    f.clock.advance(1ms);
  }
}

TEST_CASE("refused credentials are named by code, without the secret or the description (checklist 3)") {
  Fixture f;
  f.server.answer_tokens(
      {.status = 401,
       .body = json{{"error", "invalid_client"},
                    {"error_description", std::string("AADSTS7000215: Invalid client secret ") + secret}}
                   .dump()});
  const auto refused = f.token.get();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::refused);
  CHECK(refused.error().detail == "token service: 401 invalid_client AADSTS7000215");
}

TEST_CASE("replies that cannot be used are failures") {
  for (const char* body :
       {"", "null", "[]", "{}", R"({"access_token":"a"})", R"({"expires_in":3600})",
        R"({"access_token":"","expires_in":3600})", R"({"access_token":"a\r\nX: b","expires_in":3600})",
        R"({"access_token":"a","expires_in":"soon"})", R"({"access_token":5,"expires_in":3600})"}) {
    CAPTURE(body);
    Fixture f;
    f.server.answer_tokens({.body = body});
    const auto got = f.token.get();
    REQUIRE_FALSE(got);
    CHECK(got.error().code == ErrorCode::unavailable);
  }
}

TEST_CASE("after a 401 the token is forgotten once, not the one that came since") {
  Fixture f;
  CHECK(f.text() == "app-token-1");
  f.give("second");
  f.token.invalidate("app-token-1");
  CHECK(f.text() == "second");
  f.token.invalidate("app-token-1");
  CHECK(f.text() == "second");
  CHECK(f.asked() == 2);
}

TEST_CASE("callers that need the same token share one request (checklist 3)") {
  Fixture f;
  std::vector<std::future<std::string>> callers;
  for (int i = 0; i < 8; ++i) callers.push_back(std::async(std::launch::async, [&] { return f.text(); }));
  for (auto& caller : callers) CHECK(caller.get() == "app-token-1");
  CHECK(f.asked() == 1);
}
