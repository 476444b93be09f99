// Certificates instead of secrets: what is loaded, and assertions that the identity provider checks with the
// public key.
#include "bot/auth/client_certificate.hpp"

#include "bot/auth/base64url.hpp"
#include "tests/auth/auth_fixture.hpp"
#include "tests/auth/text_file.hpp"

#include <doctest/doctest.h>
#include <openssl/sha.h>

#include <set>
#include <string>

using namespace pao::test;
using namespace std::chrono_literals;
using namespace pao::bot::auth;
using nlohmann::json;
using pao::ErrorCode;
using pao::Instant;

namespace {

const Instant end = Instant{std::chrono::seconds{1'900'000'000}};

const TestKey& bot_key() {
  static const TestKey key = TestKey::rsa("bot");
  return key;
}

ClientCertificate loaded() {
  const TextFile file(bot_key().certificate_pem(end) + bot_key().private_pem());
  auto certificate = load_client_certificate(file.path(), "");
  REQUIRE(certificate);
  return *std::move(certificate);
}

std::string problem(const std::string& certificate, const std::string& key) {
  const TextFile certificate_file(certificate), key_file(key);
  const auto got = load_client_certificate(certificate_file.path(), key_file.path());
  if (got) return "";
  CHECK(got.error().code == ErrorCode::invalid);
  return got.error().detail.substr(got.error().detail.find(": ") + 2);
}

std::string der_of(const TestKey& key) {
  const std::string text = key.certificate(end);
  std::string der(text.size(), '\0');
  int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(der.data()),
                             reinterpret_cast<const unsigned char*>(text.data()), int(text.size()));
  for (auto at = text.rbegin(); *at == '='; ++at) --size;
  der.resize(static_cast<std::size_t>(size));
  return der;
}

std::string digest(const std::string& bytes, const char* name) {
  unsigned char out[EVP_MAX_MD_SIZE];
  std::size_t size = 0;
  EVP_Q_digest(nullptr, name, nullptr, bytes.data(), bytes.size(), out, &size);
  return base64url_encode({reinterpret_cast<char*>(out), size});
}

}  // namespace

TEST_CASE("a certificate gives its end, its thumbprints and its chain") {
  const TestKey above = TestKey::rsa("above");
  const TextFile certificates(bot_key().certificate_pem(end) + above.certificate_pem(end));
  const TextFile key(bot_key().private_pem());
  const auto certificate = load_client_certificate(certificates.path(), key.path());
  REQUIRE(certificate);
  CHECK(certificate->expires == end);
  CHECK(certificate->sha1 == digest(der_of(bot_key()), "SHA1"));
  CHECK(certificate->sha256 == digest(der_of(bot_key()), "SHA256"));
  REQUIRE(certificate->chain.size() == 2);
  CHECK(certificate->chain[0] == bot_key().certificate(end));
  CHECK(certificate->chain[1] == above.certificate(end));
}

TEST_CASE("what cannot be used is refused with its file and the reason") {
  const std::string certificate = bot_key().certificate_pem(end), key = bot_key().private_pem();
  CHECK(problem(certificate, key) == "");
  CHECK(problem("", key) == "holds no certificate in PEM form");
  CHECK(problem("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", key) ==
        "holds no certificate in PEM form");
  CHECK(problem(certificate, "") == "holds no private key in PEM form without a passphrase");
  CHECK(problem(certificate, bot_key().private_pem("frase")) ==
        "holds no private key in PEM form without a passphrase");
  CHECK(problem(certificate, channel_key().private_pem()) == "the key does not belong to the certificate");
  for (const TestKey& weak : {TestKey::rsa("short", 1024), TestKey::elliptic("ec")})
    CHECK(problem(weak.certificate_pem(end), weak.private_pem()) ==
          "the key is not RSA of 2048 bits or more");
  const auto absent = load_client_certificate("/no/such/file.pem", "");
  REQUIRE_FALSE(absent);
  CHECK(absent.error().detail == "/no/such/file.pem: cannot be read");
}

TEST_CASE("an assertion is for one endpoint and one client, lives ten minutes and is never the same twice") {
  FakeClock clock;
  const ClientCertificate certificate = loaded();
  const auto now = std::chrono::duration_cast<std::chrono::seconds>(clock.now().time_since_epoch()).count();
  std::set<std::string> ids;
  for (int i = 0; i < 20; ++i) {
    const auto made = sign_assertion(certificate, {}, "https://login/token", test_app_id, clock.now());
    REQUIRE(made);
    json claims = token_payload(*made);
    const std::string id = claims.at("jti");
    CHECK(id.size() == 36);
    CHECK(id[14] == '4');
    ids.insert(id);
    claims.erase("jti");
    CHECK(claims == json{{"aud", "https://login/token"},
                         {"iss", test_app_id},
                         {"sub", test_app_id},
                         {"nbf", now},
                         {"exp", now + 600}});
  }
  CHECK(ids.size() == 20);
}

TEST_CASE("the identity provider accepts PS256 and RS256 assertions of the registered key only") {
  FakeClock clock;
  const ClientCertificate certificate = loaded();
  const json ps256 = {{"alg", "PS256"}, {"typ", "JWT"}, {"x5t#S256", certificate.sha256}};
  const json rs256 = {{"alg", "RS256"}, {"typ", "JWT"}, {"x5t", certificate.sha1}};
  json with_chain = ps256;
  with_chain["x5c"] = {bot_key().certificate(end)};
  const auto ask = [&](IdentityServer& server, AssertionOptions options) {
    return with_certificate({.url = server.token_url(), .client_id = test_app_id}, certificate, options,
                            test_send())(clock.now());
  };
  for (const auto& [options, header] : std::vector<std::pair<AssertionOptions, json>>{
           {{}, ps256}, {{AssertionAlgorithm::rs256}, rs256}, {{.send_chain = true}, with_chain}}) {
    CAPTURE(header.dump());
    IdentityServer server;
    server.expect_assertion(bot_key(), header, test_app_id);
    const auto token = ask(server, options);
    REQUIRE(token);
    CHECK(token->text == "app-token-1");
    const std::string form = server.token_requests().front();
    CHECK(form.find("client_secret") == std::string::npos);
    CHECK(form.find("&scope=https%3A%2F%2Fapi.botframework.com%2F.default") != std::string::npos);
  }
  for (const auto& [key, header] :
       std::vector<std::pair<TestKey, json>>{{channel_key(), ps256}, {bot_key(), rs256}}) {
    IdentityServer server;
    server.expect_assertion(key, header, test_app_id);
    const auto token = ask(server, {});
    REQUIRE_FALSE(token);
    CHECK(token.error().error.code == ErrorCode::refused);
    CHECK(token.error().error.detail == "token service: 401 invalid_client AADSTS700027");
  }
}
