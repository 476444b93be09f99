// How the service proves who it is and whom it believes, as far as the configuration decides it.
#include "bot/config.hpp"
#include "bot/credential.hpp"
#include "tests/auth/text_file.hpp"
#include "tests/support/signed_tokens.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

using namespace pao;
using namespace pao::bot;
using test::TestKey;
using test::TextFile;

namespace {

using Variables = std::map<std::string, std::string>;

const Variables registration = {{"CLIENT_ID", "app"}, {"TENANT_ID", "t"}};
const Variables with_secret = {{"CLIENT_ID", "app"}, {"TENANT_ID", "t"}, {"CLIENT_SECRET", "s3cret"}};

// `changes` are keys of the section identity, or whole keys.
Result<Config> load(Variables variables, const Variables& changes) {
  for (const auto& [key, value] : changes) {
    std::string name = "PAO_" + (key.find('.') == std::string::npos ? "identity." + key : key);
    for (char& c : name) c = c == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    variables[name] = value;
  }
  return load_config("", false, [variables](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  });
}

Config loaded(const Variables& variables, const Variables& changes = {}) {
  auto config = load(variables, changes);
  REQUIRE_MESSAGE(config, config.error().detail);
  return *std::move(config);
}

// Why the service would not start; empty when it would.
std::string problem(const Variables& variables, const Variables& changes = {}) {
  const auto fit = check_serving(loaded(variables, changes));
  return fit ? "" : fit.error().detail;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("exactly one way to prove who we are is configured") {
  const TextFile token("a.b.c");
  const TestKey key = TestKey::rsa("bot");
  const TextFile certificate(key.certificate_pem(Instant{std::chrono::seconds{1'900'000'000}}) +
                             key.private_pem());
  struct Row {
    Variables changes;
    CredentialKind kind;
  };
  const std::vector<Row> rows = {{{{"client_secret", "s3cret"}}, CredentialKind::client_secret},
                                 {{{"certificate_file", certificate.path()}}, CredentialKind::certificate},
                                 {{{"managed_identity", "imds"}}, CredentialKind::managed_identity},
                                 {{{"managed_identity", "imds"}, {"managed_identity_client_id", "app"}},
                                  CredentialKind::managed_identity},
                                 {{{"managed_identity", "imds"}, {"managed_identity_client_id", "other"}},
                                  CredentialKind::federated_identity},
                                 {{{"managed_identity", "imds"}, {"managed_identity_client_id", "system"}},
                                  CredentialKind::federated_identity},
                                 {{{"federated_token_file", token.path()}}, CredentialKind::federated_file}};
  for (const Row& row : rows) {
    CAPTURE(row.changes.begin()->first);
    CHECK(problem(registration, row.changes) == "");
    CHECK(configured_credentials(loaded(registration, row.changes)) == std::vector{row.kind});
    if (row.kind == CredentialKind::client_secret) continue;
    const std::string both = problem(with_secret, row.changes);
    CHECK(has(both, "identity.client_secret"));
    CHECK(has(both, "more than one"));
    CHECK_FALSE(has(both, "s3cret"));
  }
  const std::string nothing = problem(registration);
  CHECK(has(nothing, "identity.client_secret: is missing"));
  CHECK(has(nothing, "identity.certificate_file"));
}

TEST_CASE("App Service tells its endpoint and header itself; another machine's is refused") {
  Variables platform = registration;
  platform["IDENTITY_ENDPOINT"] = "http://localhost:42356/msi/token";
  platform["IDENTITY_HEADER"] = "header-s3cret";
  const Variables app_service = {{"managed_identity", "app-service"}};
  CHECK(problem(platform, app_service) == "");
  CHECK_FALSE(has(describe_config(loaded(platform, app_service)), "s3cret"));
  CHECK(has(problem(registration, app_service), "IDENTITY_ENDPOINT"));
  platform["IDENTITY_ENDPOINT"] = "http://malo.example/msi/token";
  CHECK(has(problem(platform, app_service), "points outside this machine"));
}

TEST_CASE("the instance metadata service is elsewhere only in tests") {
  const Variables elsewhere = {{"managed_identity", "imds"}, {"imds_endpoint", "http://127.0.0.1:9"}};
  CHECK(has(problem(registration, elsewhere), "identity.imds_endpoint"));
  Variables in_tests = elsewhere;
  in_tests["connector.allow_loopback"] = "true";
  CHECK(problem(registration, in_tests) == "");
  in_tests["imds_endpoint"] = "http://10.0.0.1";
  CHECK(has(problem(registration, in_tests), "identity.imds_endpoint"));
}

TEST_CASE("a certificate that cannot be used is told by key and file; its end is known") {
  CHECK(has(problem(registration, {{"certificate_file", "/no/such.pem"}}),
            "identity.certificate_file, identity.certificate_key_file: /no/such.pem: cannot be read"));
  const TestKey key = TestKey::rsa("bot");
  const Instant end{std::chrono::seconds{1'900'000'000}};
  const TextFile certificate(key.certificate_pem(end)), private_key(key.private_pem());
  const auto credential = make_credential(
      loaded(registration,
             {{"certificate_file", certificate.path()}, {"certificate_key_file", private_key.path()}}),
      {});
  REQUIRE(credential);
  REQUIRE(credential->expiries.size() == 1);
  CHECK(credential->expiries[0].what == "certificate");
  CHECK(credential->expiries[0].day == local_date(end));
}

TEST_CASE("the day on which the secret ends is a day") {
  const auto credential =
      make_credential(loaded(with_secret, {{"client_secret_expires_on", "2027-03-01"}}), {});
  REQUIRE(credential);
  REQUIRE(credential->expiries.size() == 1);
  CHECK(credential->expiries[0].day == make_date(2027, 3, 1));
  CHECK(make_credential(loaded(with_secret), {})->expiries.empty());
  for (const auto& [key, value] : Variables{{"client_secret_expires_on", "2027-02-30"},
                                            {"managed_identity", "yes"},
                                            {"assertion_algorithm", "HS256"},
                                            {"cloud", "Public"}}) {
    const auto config = load(with_secret, {{key, value}});
    REQUIRE_FALSE(config);
    CHECK(has(config.error().detail, "identity." + key + ": must be"));
  }
}

TEST_CASE("a cloud sets its addresses together, and an own value wins") {
  const Config config = loaded(with_secret, {{"cloud", "gcc-high"}});
  CHECK(config.identity.issuer == "https://api.botframework.us");
  CHECK(config.identity.openid_metadata_url ==
        "https://login.botframework.azure.us/v1/.well-known/openidconfiguration");
  CHECK(config.effective_token_url() == "https://login.microsoftonline.us/t/oauth2/v2.0/token");
  CHECK(config.identity.scope == "https://api.botframework.us/.default");
  CHECK(config.connector.fallback_service_url == "https://smba.infra.gov.teams.microsoft.us/teams");
  CHECK(config.connector.allowed_hosts ==
        std::vector<std::string>{"botframework.azure.us", "teams.microsoft.us"});
  for (const char* cloud : {"public", "gcc", "gcc-high", "dod", "china"}) {
    CAPTURE(std::string(cloud));
    CHECK(problem(with_secret, {{"cloud", cloud}}) == "");
  }
  CHECK(loaded(with_secret, {{"cloud", "gcc-high"}, {"issuer", "https://i"}}).identity.issuer == "https://i");
  CHECK(loaded(with_secret).connector.fallback_service_url == "https://smba.trafficmanager.net/teams/");
  for (const Variables& changes :
       {Variables{{"connector.fallback_service_url", ""}}, Variables{{"connector.allow_loopback", "true"}},
        Variables{{"mode", "none"}}})
    CHECK(loaded(with_secret, changes).connector.fallback_service_url == "");
}

TEST_CASE("values of two clouds together are refused, by key and remedy") {
  const Variables rows = {
      {"issuer", "https://api.botframework.us"},
      {"openid_metadata_url", "https://login.botframework.azure.us/v1/.well-known/openidconfiguration"},
      {"token_url", "https://login.microsoftonline.us/t/oauth2/v2.0/token"},
      {"scope", "https://api.botframework.us/.default"},
      {"connector.allowed_hosts", "botframework.com,teams.microsoft.us"},
      {"connector.fallback_service_url", "https://smba.infra.gov.teams.microsoft.us/teams"}};
  for (const auto& [key, value] : rows) {
    CAPTURE(key);
    const std::string mixed = problem(with_secret, {{key, value}});
    CHECK(has(mixed, (has(key, ".") ? key : "identity." + key) + ": "));
    CHECK(has(mixed, "gcc-high"));
    CHECK(has(mixed, "remove the key, or set identity.cloud"));
  }
  Variables whole = rows;
  whole["cloud"] = "gcc-high";
  whole["connector.allowed_hosts"] = "teams.microsoft.us";
  CHECK(problem(with_secret, whole) == "");
  whole["cloud"] = "dod";  // shares everything but the fallback
  CHECK(has(problem(with_secret, whole), "connector.fallback_service_url"));
}

TEST_CASE("emulators are believed on loopback only") {
  CHECK_FALSE(loaded(with_secret).identity.allow_emulator);
  CHECK(problem(with_secret, {{"allow_emulator", "true"}}) == "");
  CHECK(has(problem(with_secret, {{"allow_emulator", "true"}, {"server.host", "0.0.0.0"}}),
            "identity.allow_emulator"));
  CHECK(has(problem(with_secret, {{"allow_emulator", "true"}, {"cloud", "china"}}),
            "identity.emulator_metadata_url: is missing"));
  CHECK(has(problem(with_secret, {{"allow_emulator", "true"}, {"emulator_metadata_url", "http://a.example"}}),
            "identity.emulator_metadata_url: must be an https address"));
}
