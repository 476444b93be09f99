// The whole service with its own identity: it proves itself with a certificate, believes an emulator where it
// may, shows what ends and counts what vouched for service URLs.
#include "bot/app.hpp"
#include "bot/expiry_job.hpp"
#include "tests/auth/text_file.hpp"
#include "tests/bot/captured_log.hpp"
#include "tests/storage/temporary_store.hpp"
#include "tests/support/identity_server.hpp"

#include <doctest/doctest.h>
#include <httplib.h>

#include <map>
#include <string>

using namespace pao;
using namespace pao::bot;
using namespace std::chrono_literals;
using nlohmann::json;
using pao::test::IdentityServer;
using pao::test::TestKey;
using pao::test::TextFile;

namespace {

constexpr const char* tenant = "aaaaaaaa-1111-4222-8333-bbbbbbbbbbbb";

Instant machine_now() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

const TestKey& channel_key() {
  static const TestKey key = TestKey::rsa("channel-1");
  return key;
}
const TestKey& entra_key() {
  static const TestKey key = TestKey::rsa("entra-1");
  return key;
}
const TestKey& bot_key() {
  static const TestKey key = TestKey::rsa("bot-1");
  return key;
}

struct Service {
  explicit Service(const std::string& allow_emulator) {
    std::map<std::string, std::string> environment = {
        {"PAO_SERVER_PORT", "0"},
        {"PAO_STORAGE_URL", folder.url()},
        {"PAO_IDENTITY_CLIENT_ID", pao::test::test_app_id},
        {"PAO_IDENTITY_CERTIFICATE_FILE", certificate.path()},
        {"PAO_IDENTITY_TENANT_ID", tenant},
        {"PAO_IDENTITY_ISSUER", pao::test::test_issuer},
        {"PAO_IDENTITY_OPENID_METADATA_URL", channel.metadata_url()},
        {"PAO_IDENTITY_TOKEN_URL", channel.token_url()},
        {"PAO_IDENTITY_ALLOW_EMULATOR", allow_emulator},
        {"PAO_IDENTITY_EMULATOR_METADATA_URL", entra.metadata_url()},
        {"PAO_CONNECTOR_ALLOW_LOOPBACK", "true"},
        {"PAO_JOBS_ENABLED", "false"}};
    const auto config = load_config("", false, [&](const std::string& name) -> std::optional<std::string> {
      const auto found = environment.find(name);
      return found == environment.end() ? std::nullopt : std::optional(found->second);
    });
    REQUIRE_MESSAGE(config, config.error().detail);
    const auto fit = check_serving(*config);
    REQUIRE_MESSAGE(fit, fit.error().detail);
    auto made = App::create(*config);
    REQUIRE_MESSAGE(made, made.error().detail);
    app = std::move(*made);
    app->start();
  }

  json activity(const std::string& id) const {
    return {{"type", "message"},
            {"id", id},
            {"channelId", "msteams"},
            {"serviceUrl", channel.base()},
            {"from", {{"id", "29:ana"}, {"aadObjectId", "aad-ana"}}},
            {"recipient", {{"id", "28:app"}}},
            {"conversation", {{"id", "a:1"}, {"conversationType", "personal"}, {"tenantId", tenant}}},
            {"text", "eco"}};
  }
  int post(const json& body, const std::string& token) {
    httplib::Client client("127.0.0.1", app->port());
    client.set_read_timeout(
        60s);  // the first question teaches the service its words, and sanitizers are slow
    httplib::Headers headers;
    if (!token.empty()) headers.emplace("Authorization", "Bearer " + token);
    const auto answer = client.Post("/api/messages", headers, body.dump(), "application/json");
    REQUIRE(answer);
    return answer->status;
  }
  std::string get(const char* path) {
    httplib::Client client("127.0.0.1", app->port());
    client.set_read_timeout(
        60s);  // the first question teaches the service its words, and sanitizers are slow
    const auto answer = client.Get(path);
    REQUIRE(answer);
    return answer->body;
  }
  std::string channel_token(const json& changes = json::object()) const {
    json claims = pao::test::channel_claims(machine_now(), {{"serviceurl", channel.base()}});
    claims.update(changes);
    return channel_key().token(claims);
  }
  std::string emulator_token() const {
    return entra_key().token(pao::test::channel_claims(
        machine_now(), {{"iss", std::string("https://login.microsoftonline.com/") + tenant + "/v2.0"},
                        {"ver", "2.0"},
                        {"azp", pao::test::test_app_id},
                        {"serviceurl", nullptr}}));
  }
  bool counts(const std::string& trust, int value) {
    const std::string line =
        "pao_service_urls_total{trust=\"" + trust + "\"} " + std::to_string(value) + "\n";
    return get("/metrics").find(line) != std::string::npos;
  }

  storage::test::TemporaryFolder folder;
  TextFile certificate{bot_key().certificate_pem(machine_now() + std::chrono::hours{24 * 20}) +
                       bot_key().private_pem()};
  IdentityServer channel{{channel_key().jwk()}};
  IdentityServer entra{{entra_key().jwk()}};
  std::unique_ptr<App> app;
};

}  // namespace

TEST_CASE("an emulator is answered where it may be, and nowhere else") {
  Service closed("false");
  CHECK(closed.post(closed.activity("1"), closed.emulator_token()) == 401);
  CHECK(closed.entra.metadata_requests() == 0);

  Service open("true");
  CHECK(open.post(open.activity("1"), open.emulator_token()) == 200);
  json body = open.activity("2");
  body["channelId"] = "emulator";
  body["conversation"].erase("tenantId");
  CHECK(open.post(body, open.emulator_token()) == 200);
  body["conversation"]["tenantId"] = "another";
  body["id"] = "3";
  CHECK(open.post(body, open.emulator_token()) == 403);
  body = open.activity("4");
  body["serviceUrl"] = "https://smba.trafficmanager.net/amer/";
  CHECK(open.post(body, open.emulator_token()) == 403);
  CHECK(open.post(open.activity("5"), open.channel_token()) == 200);
  body = open.activity("6");
  body["conversation"].erase("tenantId");
  CHECK(open.post(body, open.channel_token()) == 403);  // the channel always tells the tenant
}

TEST_CASE("what vouched for service URLs is counted; callerId vouches for nothing") {
  Service service("false");
  const std::string unnamed =
      channel_key().token(pao::test::channel_claims(machine_now(), {{"serviceurl", nullptr}}));
  CHECK(service.post(service.activity("2"), unnamed) == 403);
  CHECK(service.counts("refused", 1));
  CHECK(service.post(service.activity("3"), service.channel_token()) == 200);
  CHECK(service.counts("claimed", 1));
  CHECK(service.post(service.activity("4"), unnamed) == 200);
  CHECK(service.counts("remembered", 1));

  for (const char* caller : {"urn:botframework:azure", "urn:botframework:aadappid:1"}) {
    json body = service.activity(std::string("5-") + caller);
    body["callerId"] = caller;
    CHECK(service.post(body, "") == 401);
    CHECK(service.post(body, service.emulator_token()) == 401);
    CHECK(service.post(body, service.channel_token({{"aud", "another"}})) == 401);
    CHECK(service.post(body, service.channel_token()) == 200);
  }
}

TEST_CASE("the days that a certificate has left are shown and warned of") {
  const pao::bot::test::CapturedLog log;
  Service service("false");
  const json ready = json::parse(service.get("/readyz"));
  CHECK(ready["ready"] == true);
  const int days = ready["checks"]["certificate_days_left"];
  CHECK((days == 19 || days == 20));
  CHECK(service.get("/metrics")
            .find("pao_credential_days_left{credential=\"certificate\"} " + std::to_string(days) + "\n") !=
        std::string::npos);
  CHECK(log.text().find("credential.expires credential=certificate days_left=" + std::to_string(days)) !=
        std::string::npos);
}

TEST_CASE("the daily job says how many ends it warned of") {
  const Date end = make_date(2027, 3, 1);
  auth::ExpiryWatch watch({{"client_secret", end}});
  Instant now = at_local_time(end - std::chrono::days{30}, std::chrono::hours{1});
  const handlers::Job job = expiry_job(&watch, [&] { return now; });
  const pao::bot::test::CapturedLog log;
  CHECK(*job.run(Instant{}) == "1 warnings");
  CHECK(*job.run(Instant{}) == "0 warnings");
  now = at_local_time(end + std::chrono::days{1}, std::chrono::hours{1});
  CHECK(*job.run(Instant{}) == "1 warnings");
  CHECK(log.text().find("credential.expired credential=client_secret days_left=-1") != std::string::npos);
}
