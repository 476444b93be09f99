// The configuration: where a value comes from, what is refused and how, and that secrets stay secret.
#include "bot/config.hpp"

#include "tests/storage/temporary_store.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

using namespace pao;
using namespace pao::bot;
using storage::test::TemporaryFolder;

namespace {

using Variables = std::map<std::string, std::string>;

Environment environment(const Variables& variables) {
  return [variables](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
}

// A configuration file with this content.
class File {
 public:
  explicit File(const std::string& content) { std::ofstream(path()) << content; }
  std::string path() const { return (folder_.path() / "pao.json").string(); }

 private:
  TemporaryFolder folder_;
};

Result<Config> load(const std::string& content, const Variables& variables = {}) {
  const File file(content);
  return load_config(file.path(), true, environment(variables));
}

std::string refusal(const std::string& content, const Variables& variables = {}) {
  const auto loaded = load(content, variables);
  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().code == ErrorCode::invalid);
  return loaded.error().detail;
}

// The line of describe_config for the key.
std::string shown(const Config& config, const std::string& key) {
  const std::string all = "\n" + describe_config(config);
  const std::size_t at = all.find("\n" + key + " = ");
  REQUIRE_MESSAGE(at != std::string::npos, key);
  const std::size_t from = at + key.size() + 4;
  return all.substr(from, all.find('\n', from) - from);
}

struct Key {
  std::string name;
  std::string written;  // JSON
  std::string value;    // as shown
  std::string other;    // another value, as the environment writes it
};

const Key keys[] = {
    {"server.host", "\"::1\"", "::1", "127.0.0.2"},
    {"server.port", "4000", "4000", "0"},
    {"server.workers", "1", "1", "256"},
    {"server.max_body_bytes", "4096", "4096", "16777216"},
    {"storage.url", "\"sqlite:a.db\"", "sqlite:a.db", "sqlite:/b.db"},
    {"identity.mode", "\"none\"", "none", "bot-framework"},
    {"identity.client_id", "\"app\"", "app", "app2"},
    {"identity.tenant_id", "\"t\"", "t", "t2"},
    {"identity.client_secret_expires_on", "\"2027-03-01\"", "2027-03-01", "2028-03-01"},
    {"identity.certificate_file", "\"/c.pem\"", "/c.pem", "/d.pem"},
    {"identity.certificate_key_file", "\"/k.pem\"", "/k.pem", "/l.pem"},
    {"identity.assertion_algorithm", "\"RS256\"", "RS256", "PS256"},
    {"identity.certificate_send_chain", "true", "true", "false"},
    {"identity.managed_identity", "\"imds\"", "imds", "none"},
    {"identity.managed_identity_client_id", "\"system\"", "system", "other"},
    {"identity.federated_token_file", "\"/token\"", "/token", "/other"},
    {"identity.imds_endpoint", "\"http://127.0.0.1:9\"", "http://127.0.0.1:9", "http://127.0.0.1:8"},
    {"identity.app_service_endpoint", "\"http://127.0.0.1:9\"", "http://127.0.0.1:9", "http://127.0.0.1:8"},
    {"identity.cloud", "\"gcc-high\"", "gcc-high", "public"},
    {"identity.scope", "\"s\"", "s", "u"},
    {"identity.allow_emulator", "true", "true", "false"},
    {"identity.emulator_metadata_url", "\"https://e\"", "https://e", "https://f"},
    {"identity.issuer", "\"https://i\"", "https://i", "https://j"},
    {"identity.openid_metadata_url", "\"https://m\"", "https://m", "https://n"},
    {"identity.client_secret_expires_on", "\"2027-03-01\"", "2027-03-01", "2027-03-02"},
    {"identity.certificate_file", "\"/c.pem\"", "/c.pem", "/d.pem"},
    {"identity.certificate_key_file", "\"/k.pem\"", "/k.pem", "/l.pem"},
    {"identity.assertion_algorithm", "\"RS256\"", "RS256", "PS256"},
    {"identity.certificate_send_chain", "true", "true", "false"},
    {"identity.managed_identity", "\"imds\"", "imds", "app-service"},
    {"identity.managed_identity_client_id", "\"m\"", "m", "system"},
    {"identity.federated_token_file", "\"/f\"", "/f", "/g"},
    {"identity.imds_endpoint", "\"http://127.0.0.1:1\"", "http://127.0.0.1:1", "http://127.0.0.1:2"},
    {"identity.app_service_endpoint", "\"http://localhost:1\"", "http://localhost:1", "http://localhost:2"},
    {"identity.cloud", "\"gcc-high\"", "gcc-high", "dod"},
    {"identity.scope", "\"s/.default\"", "s/.default", "t/.default"},
    {"identity.allow_emulator", "true", "true", "false"},
    {"identity.emulator_metadata_url", "\"https://e\"", "https://e", "https://f"},
    {"identity.token_url", "\"https://t\"", "https://t", "https://u"},
    {"identity.allowed_tenants", "[\"a\", \"b\"]", "a,b", "c"},
    {"identity.strict_service_url", "true", "true", "false"},
    {"connector.allowed_hosts", "[\"x.example\"]", "x.example", "y.example,z.example"},
    {"connector.allow_loopback", "true", "true", "false"},
    {"connector.fallback_service_url", "\"https://f/\"", "https://f/", "https://g/"},
    {"network.ca_file", "\"/ca.pem\"", "/ca.pem", "/other.pem"},
    {"delivery.requests_per_second", "1", "1", "1000000"},
    {"delivery.parallel_sends", "256", "256", "1"},
    {"delivery.lease_seconds", "60", "60", "45"},
    {"delivery.batch", "true", "true", "false"},
    {"files.folder", "\"/f\"", "/f", "/g"},
    {"files.allowed_hosts", "[\"x.example\"]", "x.example", "y.example,z.example"},
    {"files.max_megabytes", "100", "100", "1"},
    {"jobs.enabled", "false", "false", "true"},
    {"mail.from", "\"PAO <pao@b.co>\"", "PAO <pao@b.co>", "c@d.co"},
    {"mail.username", "\"pao\"", "pao", "otro"},
    {"mail.starttls", "\"required\"", "required", "loopback"},
    {"mail.ca_file", "\"/ca.pem\"", "/ca.pem", "/other.pem"},
    {"smgi.folder", "\"/s\"", "/s", "/t"},
    {"answers.generation.endpoint", "\"https://api.openai.com/v1\"", "https://api.openai.com/v1",
     "https://x.openai.azure.com"},
    {"answers.generation.style", "\"azure\"", "azure", "openai"},
    {"answers.generation.model", "\"m\"", "m", "n"},
    {"answers.generation.api_version", "\"2025-01-01\"", "2025-01-01", "2026-01-01"},
    {"answers.generation.allowed_hosts", "[\"x.example\"]", "x.example", "y.example,z.example"},
    {"answers.generation.timeout_seconds", "1", "1", "120"},
    {"answers.generation.wait_seconds", "2", "2", "180"},
    {"answers.generation.parallel", "1", "1", "32"},
    {"log.level", "\"debug\"", "debug", "error"},
    {"clock.start", "\"2026-11-12T09:00:00-05:00\"", "2026-11-12T09:00:00-05:00",
     "2026-11-13T09:00:00-05:00"},
};

const Key secret_keys[] = {{"identity.client_secret", "\"one-s3cret\"", "", "two-s3cret"},
                           {"identity.app_service_header", "\"one-s3cret\"", "", "two-s3cret"},
                           {"identity.app_service_header", "\"one-s3cret\"", "", "two-s3cret"},
                           {"network.https_proxy", "\"http://u:one-s3cret@p\"", "", "http://u:two-s3cret@p"},
                           {"answers.generation.key", "\"one-s3cret\"", "", "two-s3cret"},
                           {"mail.password", "\"one-s3cret\"", "", "two-s3cret"},
                           {"mail.smtp_url", "\"smtp://u:one-s3cret@m\"", "", "smtps://u:two-s3cret@m"}};

std::string nested(const Key& key) {
  const auto dot = key.name.find('.');
  return "{ // a comment\n \"" + key.name.substr(0, dot) + "\": {\"" + key.name.substr(dot + 1) +
         "\": " + key.written + "}}";
}

std::string variable(const Key& key) {
  std::string name = "PAO_";
  for (const char c : key.name) name += c == '.' ? '_' : static_cast<char>(std::toupper(c));
  return name;
}

}  // namespace

TEST_CASE("every key is read from the file, nested or dotted, and the environment wins") {
  for (const Key& key : keys) {
    CAPTURE(key.name);
    const auto from_file = load(nested(key));
    REQUIRE_MESSAGE(from_file, from_file.error().detail);
    CHECK(shown(*from_file, key.name) == key.value);
    const auto dotted = load("{\"" + key.name + "\": " + key.written + "}");
    REQUIRE(dotted);
    CHECK(shown(*dotted, key.name) == key.value);
    const auto from_environment = load(nested(key), {{variable(key), key.other}});
    REQUIRE_MESSAGE(from_environment, from_environment.error().detail);
    CHECK(shown(*from_environment, key.name) == key.other);
  }
}

TEST_CASE("the tables above name every key that there is, and the reference explains each") {
  const auto config = load("{}");
  REQUIRE(config);
  std::set<std::string> existing, covered;
  std::istringstream lines(describe_config(*config));
  for (std::string line; std::getline(lines, line);) existing.insert(line.substr(0, line.find(" = ")));
  for (const Key& key : keys) covered.insert(key.name);
  for (const Key& key : secret_keys) covered.insert(key.name);
  for (const std::string& name : existing) CHECK_MESSAGE(covered.contains(name), name);
  for (const std::string& name : covered) CHECK_MESSAGE(existing.contains(name), name);
  const std::string reference = config_reference();
  for (const std::string& name : existing)
    CHECK_MESSAGE(reference.find(name + " ") != std::string::npos, name);
}

TEST_CASE("the names of the Teams SDK are understood; our own name wins over them") {
  const Variables sdk = {
      {"CLIENT_ID", "app"}, {"CLIENT_SECRET", "s3cret"}, {"TENANT_ID", "t"}, {"PORT", "4001"}};
  const auto config = load(R"({"server": {"port": 4000}})", sdk);
  REQUIRE(config);
  CHECK(config->identity.client_id == "app");
  CHECK(config->identity.client_secret == "s3cret");
  CHECK(config->identity.tenant_id == "t");
  CHECK(config->identity.allowed_tenants == std::vector<std::string>{"t"});
  CHECK(config->server.port == 4001);
  Variables both = sdk;
  both["PAO_SERVER_PORT"] = "4002";
  CHECK(load("{}", both)->server.port == 4002);
  CHECK(load("{}", {{"PORT", ""}})->server.port == 3978);  // set to nothing: as if not set
}

TEST_CASE("a secret is read, used, and never shown, also when something else is wrong") {
  for (const Key& key : secret_keys) {
    CAPTURE(key.name);
    for (const Variables& variables : {Variables{}, Variables{{variable(key), key.other}}}) {
      const auto config = load(nested(key), variables);
      REQUIRE(config);
      CHECK(shown(*config, key.name) == "(set, not shown)");
      CHECK(describe_config(*config).find("s3cret") == std::string::npos);
      const auto wrong = check_serving(*config);
      REQUIRE_FALSE(wrong);
      CHECK(wrong.error().detail.find("s3cret") == std::string::npos);
    }
  }
  const std::string detail = refusal(
      R"({"mail": {"smtp_url": "http://s3cret"}, "identity": {"client_secret": "s3cret", "client_secrte": "s3cret"}})",
      {{"PAO_SERVER_PORT", "s3cret"}});
  CHECK(detail.find("s3cret") == std::string::npos);
}

TEST_CASE("the secret may lie in a file, whose first line it is") {
  TemporaryFolder folder;
  const std::string path = (folder.path() / "secret").string();
  for (const char* content : {"one-s3cret", "one-s3cret\n", "one-s3cret\r\n", "one-s3cret\nsecond line\n"}) {
    std::ofstream(path) << content;
    const auto from_file = load(R"({"identity": {"client_secret_file": ")" + path + R"("}})");
    REQUIRE(from_file);
    CHECK(from_file->identity.client_secret == "one-s3cret");
    const auto from_environment = load("{}", {{"PAO_IDENTITY_CLIENT_SECRET_FILE", path}});
    REQUIRE(from_environment);
    CHECK(from_environment->identity.client_secret == "one-s3cret");
  }
  const std::string detail = refusal(R"({"identity": {"client_secret_file": "/no/such/file"}})");
  CHECK(detail.find("identity.client_secret_file") != std::string::npos);
  CHECK(detail.find("cannot be read") != std::string::npos);
}

TEST_CASE("a wrong value is refused by key, source, problem") {
  struct Case {
    std::string content;
    Variables variables;
    std::string key, source, problem;
  };
  const Case cases[] = {
      {R"({"server": {"port": "many"}})", {}, "server.port", "pao.json", "not a whole number"},
      {R"({"server": {"port": 70000}})", {}, "server.port", "pao.json", "outside 0 to 65535"},
      {R"({"server": {"port": -1}})", {}, "server.port", "pao.json", "outside 0 to 65535"},
      {R"({"server": {"port": 3978.5}})", {}, "server.port", "pao.json", "not a whole number"},
      {R"({"server": {"port": true}})", {}, "server.port", "pao.json", "not a whole number"},
      {R"({"server": {"workers": 0}})", {}, "server.workers", "pao.json", "outside 1 to 256"},
      {R"({"server": {"max_body_bytes": 10}})", {}, "server.max_body_bytes", "pao.json", "outside 4096"},
      {R"({"jobs": {"enabled": "yes"}})", {}, "jobs.enabled", "pao.json", "neither true nor false"},
      {R"({"clock": {"start": "2026-11-12"}})", {}, "clock.start", "pao.json", "not an instant"},
      {R"({"log": {"level": "loud"}})", {}, "log.level", "", "must be debug"},
      {R"({"identity": {"mode": "trust"}})", {}, "identity.mode", "", "must be bot-framework or none"},
      {R"({"storage": {"url": "mysql://x"}})", {}, "storage.url", "", "must be sqlite:PATH"},
      {R"({"storage": {"url": "sqlite:"}})", {}, "storage.url", "", "must be sqlite:PATH"},
      {R"({"mail": {"smtp_url": "http://m"}})", {}, "mail.smtp_url", "", "must be smtp://"},
      {R"({"server": {"prot": 1}})", {}, "server.prot", "pao.json", "no such key"},
      {R"({"extra": 1})", {}, "extra", "pao.json", "no such key"},
      {R"({"identity": {"client_id": null}})", {}, "identity.client_id", "pao.json", "must be"},
      {R"({"identity": {"client_id": {"a": 1}}})", {}, "identity.client_id", "pao.json", "must be"},
      {R"({"connector": {"allowed_hosts": [1, 2]}})", {}, "connector.allowed_hosts", "pao.json", "must be"},
      {"{}", {{"PAO_SERVER_PORT", "x"}}, "server.port", "PAO_SERVER_PORT", "not a whole number"},
      {"{}", {{"PORT", "x"}}, "server.port", "PORT", "not a whole number"},
      {"{}", {{"PAO_SERVER_PORT", ""}}, "server.port", "PAO_SERVER_PORT", "not a whole number"},
      {"{}", {{"PAO_SERVER_PORT", "99999999999"}}, "server.port", "PAO_SERVER_PORT", "not a whole number"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.content);
    const std::string detail = refusal(each.content, each.variables);
    CHECK(detail.find(each.key) != std::string::npos);
    CHECK(detail.find(each.source) != std::string::npos);
    CHECK_MESSAGE(detail.find(each.problem) != std::string::npos, detail);
  }
}

TEST_CASE("all problems are told at once, one a line") {
  const std::string detail = refusal(R"({"server": {"port": "x"}, "log": {"level": "loud"}, "nonsense": 1})",
                                     {{"PAO_SERVER_WORKERS", "0"}});
  CHECK(std::count(detail.begin(), detail.end(), '\n') == 3);
}

TEST_CASE("a file that is missing or no JSON object") {
  CHECK(load_config("/no/such/pao.json", false, environment({})).has_value());
  const auto named = load_config("/no/such/pao.json", true, environment({}));
  REQUIRE_FALSE(named);
  CHECK(named.error().detail.find("--config") != std::string::npos);
  for (const char* content : {"", "{", "[]", "3", "{\"a\": \xFF}"}) {
    CHECK(refusal(content).find("pao.json") != std::string::npos);
  }
}

TEST_CASE("a service that believes anybody must listen on loopback") {
  for (const char* host : {"127.0.0.1", "127.1.2.3", "localhost", "::1"}) {
    CHECK(check_serving(
        *load(R"({"identity": {"mode": "none"}, "server": {"host": ")" + std::string(host) + R"("}})")));
  }
  for (const char* host : {"0.0.0.0", "", "::", "192.168.0.1", "example.org", "127.evil.example"}) {
    CAPTURE(std::string(host));
    const auto checked = check_serving(
        *load(R"({"identity": {"mode": "none"}, "server": {"host": ")" + std::string(host) + R"("}})"));
    REQUIRE_FALSE(checked);
    CHECK(checked.error().detail.find("identity.mode") != std::string::npos);
  }
}

TEST_CASE("a service for Teams needs its registration and https addresses") {
  const Variables registration = {{"CLIENT_ID", "app"}, {"CLIENT_SECRET", "s"}, {"TENANT_ID", "t"}};
  CHECK(check_serving(*load("{}", registration)));
  for (const char* missing : {"CLIENT_ID", "CLIENT_SECRET", "TENANT_ID"}) {
    Variables variables = registration;
    variables.erase(missing);
    const auto checked = check_serving(*load("{}", variables));
    REQUIRE_FALSE(checked);
    CHECK(checked.error().detail.find("identity.") != std::string::npos);
  }
  Variables plain = registration;
  plain["PAO_IDENTITY_TOKEN_URL"] = "http://127.0.0.1:9/token";
  CHECK_FALSE(check_serving(*load("{}", plain)));
  plain["PAO_CONNECTOR_ALLOW_LOOPBACK"] = "true";
  CHECK(check_serving(*load("{}", plain)));
  plain["PAO_IDENTITY_TOKEN_URL"] = "http://127.0.0.1.evil.example/token";
  CHECK_FALSE(check_serving(*load("{}", plain)));
}

TEST_CASE("a model that writes answers is off by default, and needs an allowed https address and a name") {
  const Variables registration = {{"CLIENT_ID", "app"}, {"CLIENT_SECRET", "s"}, {"TENANT_ID", "t"}};
  CHECK(load("{}")->generation.endpoint.empty());
  const auto checked = [&](const std::string& generation, const Variables& more = {}) {
    Variables variables = registration;
    variables.insert(more.begin(), more.end());
    const auto config = load(R"({"answers": {"generation": {)" + generation + "}}}", variables);
    REQUIRE_MESSAGE(config, config.error().detail);
    const auto result = check_serving(*config);
    return result ? std::string() : result.error().detail;
  };
  CHECK(checked(R"("endpoint": "https://api.openai.com/v1", "model": "m")") == "");
  CHECK(checked(R"("endpoint": "https://x.openai.azure.com", "style": "azure", "model": "m", "key": "k")") ==
        "");
  struct Row {
    const char* generation;
    const char* key;
  };
  const Row wrong[] = {
      {R"("endpoint": "http://api.openai.com/v1", "model": "m")", "answers.generation.endpoint"},
      {R"("endpoint": "https://api.example.com/v1", "model": "m")", "answers.generation.endpoint"},
      {R"("endpoint": "https://api.openai.com.evil.example/v1", "model": "m")",
       "answers.generation.endpoint"},
      {R"("endpoint": "http://127.0.0.1:9/v1", "model": "m")", "answers.generation.endpoint"},
      {R"("endpoint": "https://api.openai.com/v1")", "answers.generation.model"},
      {R"("endpoint": "https://api.openai.com/v1", "model": "m", "style": "other")",
       "answers.generation.style"},
      {R"("endpoint": "https://x.openai.azure.com", "style": "azure", "model": "m")",
       "answers.generation.key"},
      {R"("endpoint": "https://x.openai.azure.com", "style": "azure", "model": "a/b", "key": "k")",
       "answers.generation.model"},
      {R"("endpoint": "https://api.openai.com/v1", "model": "m", "wait_seconds": 15)",
       "answers.generation.wait_seconds"},
  };
  for (const Row& row : wrong) {
    CAPTURE(row.generation);
    CHECK(checked(row.generation).find(row.key) != std::string::npos);
  }
  CHECK(checked(R"("endpoint": "http://127.0.0.1:9/v1", "model": "m")",
                {{"PAO_CONNECTOR_ALLOW_LOOPBACK", "true"}}) == "");
}

TEST_CASE("without an address of its own the token is asked for at the tenant's") {
  CHECK(load("{}", {{"TENANT_ID", "t"}})->effective_token_url() ==
        "https://login.microsoftonline.com/t/oauth2/v2.0/token");
}
