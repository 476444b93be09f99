// Managed identities and federated credentials against real local servers that behave as Azure's do.
#include "bot/auth/managed_identity.hpp"

#include "bot/auth/client_credentials.hpp"
#include "tests/auth/auth_fixture.hpp"
#include "tests/auth/text_file.hpp"

#include <doctest/doctest.h>
#include <httplib.h>

#include <cstdlib>
#include <mutex>
#include <string>
#include <thread>

using namespace pao::test;
using namespace std::chrono_literals;
using namespace pao::bot::auth;
using nlohmann::json;
using pao::ErrorCode;

namespace {

constexpr const char* resource = "https://api.botframework.com";

// The instance metadata service and the App Service endpoint, each with the header it insists on.
class Platform {
 public:
  Platform() {
    server_.set_keep_alive_max_count(1);
    server_.Get("/metadata/identity/oauth2/token",
                [this](const httplib::Request& request, httplib::Response& out) {
                  answer(request, out, request.get_header_value("Metadata") == "true", "2018-02-01");
                });
    server_.Get("/msi/token", [this](const httplib::Request& request, httplib::Response& out) {
      answer(request, out, request.get_header_value("X-IDENTITY-HEADER") == "header-secret", "2019-08-01");
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~Platform() {
    server_.stop();
    thread_.join();
  }

  std::string base() const { return "http://127.0.0.1:" + std::to_string(port_); }
  void give(int status, json body) {
    std::lock_guard lock(mutex_);
    status_ = status;
    body_ = std::move(body);
  }
  httplib::Params last_query() const {
    std::lock_guard lock(mutex_);
    return query_;
  }

 private:
  void answer(const httplib::Request& request, httplib::Response& out, bool knows_header,
              const char* version) {
    std::lock_guard lock(mutex_);
    query_ = request.params;
    const bool good = knows_header && request.get_param_value("api-version") == version;
    out.status = good ? status_ : 400;
    out.set_content(good ? body_.dump() : R"({"error":"invalid_request"})", "application/json");
  }

  httplib::Server server_;
  mutable std::mutex mutex_;
  int status_ = 200;
  json body_;
  httplib::Params query_;
  int port_ = 0;
  std::thread thread_;
};

ManagedIdentity imds(const Platform& platform, std::string client_id = "") {
  return {.endpoint = platform.base(), .client_id = std::move(client_id)};
}

ManagedIdentity app_service(const Platform& platform, std::string header = "header-secret") {
  return {.platform = ManagedIdentity::Platform::app_service,
          .endpoint = platform.base() + "/msi/token",
          .header = std::move(header),
          .client_id = "mi-client"};
}

std::string seconds_from(pao::Instant now, std::chrono::seconds more) {
  return std::to_string(
      std::chrono::duration_cast<std::chrono::seconds>((now + more).time_since_epoch()).count());
}

}  // namespace

TEST_CASE("the instance metadata service gives a token, its life and when to ask again") {
  FakeClock clock;
  Platform platform;
  platform.give(200, {{"access_token", "imds-token"},
                      {"expires_in", "86399"},
                      {"expires_on", seconds_from(clock.now(), 86399s)},
                      {"refresh_in", "43199"},
                      {"token_type", "Bearer"}});
  const auto token = managed_identity_source(imds(platform, "mi-client"), resource)(clock.now());
  REQUIRE(token);
  CHECK(token->text == "imds-token");
  CHECK(token->lasts == 86399s);
  CHECK(token->refresh_in == 43199s);
  CHECK(platform.last_query() ==
        httplib::Params{{"api-version", "2018-02-01"}, {"resource", resource}, {"client_id", "mi-client"}});

  REQUIRE(managed_identity_source(imds(platform), resource)(clock.now()));
  CHECK(platform.last_query().count("client_id") == 0);
}

TEST_CASE("App Service gives a token that says when it ends; its header is needed") {
  FakeClock clock;
  Platform platform;
  platform.give(200, {{"access_token", "app-service-token"},
                      {"expires_on", seconds_from(clock.now(), 3600s)},
                      {"resource", resource},
                      {"client_id", "mi-client"}});
  const auto token = managed_identity_source(app_service(platform), resource)(clock.now());
  REQUIRE(token);
  CHECK(token->text == "app-service-token");
  CHECK(token->lasts == 3600s);
  CHECK(platform.last_query() ==
        httplib::Params{{"api-version", "2019-08-01"}, {"resource", resource}, {"client_id", "mi-client"}});

  const auto refused = managed_identity_source(app_service(platform, "other"), resource)(clock.now());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().error.code == ErrorCode::refused);
  CHECK(refused.error().error.detail == "managed identity: 400 invalid_request");
}

TEST_CASE("a platform that is not ready is asked again later; one that knows no identity is named") {
  FakeClock clock;
  Platform platform;
  const TokenSource source = managed_identity_source(imds(platform), resource);
  for (const auto& [status, code] : std::vector<std::pair<int, ErrorCode>>{{400, ErrorCode::refused},
                                                                           {403, ErrorCode::refused},
                                                                           {404, ErrorCode::unavailable},
                                                                           {410, ErrorCode::unavailable},
                                                                           {429, ErrorCode::unavailable},
                                                                           {500, ErrorCode::unavailable}}) {
    CAPTURE(status);
    platform.give(status, {{"error", "invalid_request"}, {"error_description", "Identity not found"}});
    const auto token = source(clock.now());
    REQUIRE_FALSE(token);
    CHECK(token.error().error.code == code);
  }
}

TEST_CASE("no proxy sees the request") {
  FakeClock clock;
  Platform platform;
  platform.give(200, {{"access_token", "imds-token"}, {"expires_in", "3600"}});
  const char* const names[] = {"http_proxy", "all_proxy", "HTTPS_PROXY"};
  for (const char* name : names) setenv(name, "http://127.0.0.1:1", 1);  // nobody answers there
  const auto token = managed_identity_source(imds(platform), resource)(clock.now());
  for (const char* name : names) unsetenv(name);
  CHECK(token);
}

TEST_CASE("the platform's address is link-local or, where allowed, this machine") {
  for (const char* url : {"http://169.254.169.254", "http://169.254.129.2:8081/msi/token"}) {
    CHECK(check_identity_endpoint(url, false));
    CHECK(check_identity_endpoint(url, true));
  }
  CHECK(check_identity_endpoint("http://localhost:42356/msi/token", true));
  CHECK_FALSE(check_identity_endpoint("http://localhost:42356/msi/token", false));
  for (const char* url : {"", "169.254.169.254", "https://169.254.169.254", "http://10.0.0.1/msi",
                          "http://169.254.169.254.evil.co/", "http://169.254.evil/", "http://example.com/"}) {
    CAPTURE(url);
    CHECK_FALSE(check_identity_endpoint(url, true));
  }
}

TEST_CASE("federated: the managed identity's token vouches for the registration") {
  FakeClock clock;
  Platform platform;
  IdentityServer login;
  const std::string identity_token = channel_key().token({{"sub", "mi-object"}});
  platform.give(200, {{"access_token", identity_token}, {"expires_in", "3600"}});
  const TokenSource source = with_assertion(
      {.url = login.token_url(), .client_id = test_app_id},
      assertion_from(managed_identity_source(imds(platform, "mi-client"), federation_resource)), test_send());
  const auto token = source(clock.now());
  REQUIRE(token);
  CHECK(token->text == "app-token-1");
  CHECK(platform.last_query().find("resource")->second == "api://AzureADTokenExchange");
  CHECK(login.token_requests().front() ==
        "grant_type=client_credentials&client_id=" + std::string(test_app_id) +
            "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
            "&client_assertion=" +
            identity_token + "&scope=https%3A%2F%2Fapi.botframework.com%2F.default");

  platform.give(500, {});
  const auto failed = source(clock.now());
  REQUIRE_FALSE(failed);
  CHECK(failed.error().error.detail == "managed identity: 500");
  CHECK(login.token_requests().size() == 1);
}

TEST_CASE("federated: the token file is read anew each time") {
  FakeClock clock;
  IdentityServer login;
  const TextFile file("first.token.x\n");
  const TokenSource source = with_assertion({.url = login.token_url(), .client_id = test_app_id},
                                            assertion_from_file(file.path()), test_send());
  REQUIRE(source(clock.now()));
  file.write("second.token.x");
  REQUIRE(source(clock.now()));
  CHECK(login.token_requests()[0].find("client_assertion=first.token.x&") != std::string::npos);
  CHECK(login.token_requests()[1].find("client_assertion=second.token.x&") != std::string::npos);

  for (const std::string& content : {std::string(), std::string("no&token"), std::string(20'000, 'a')}) {
    file.write(content);
    const auto failed = source(clock.now());
    REQUIRE_FALSE(failed);
    CHECK(failed.error().error.code == ErrorCode::unavailable);
  }
  CHECK(login.token_requests().size() == 2);
}
