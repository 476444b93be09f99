#include "bot/config_table.hpp"

namespace pao::bot {
namespace {

std::function<std::string&(Config&)> text(std::string& (*get)(Config&)) {
  return get;
}
std::function<int&(Config&)> number(int& (*get)(Config&)) {
  return get;
}
std::function<bool&(Config&)> flag(bool& (*get)(Config&)) {
  return get;
}
std::function<std::vector<std::string>&(Config&)> list(std::vector<std::string>& (*get)(Config&)) {
  return get;
}

constexpr SecretFile secrets[] = {
    {"identity.client_secret_file", [](Config& c) -> std::string& { return c.identity.client_secret; }},
    {"answers.generation.key_file", [](Config& c) -> std::string& { return c.generation.key; }},
    {"mail.password_file", [](Config& c) -> std::string& { return c.mail.password; }},
};

}  // namespace

const std::vector<ConfigField>& config_fields() {
  using C = Config&;
  static const std::vector<ConfigField> table = {
      {"server.host", text([](C c) -> std::string& { return c.server.host; }), "127.0.0.1", 0, 0, false,
       nullptr, "address to listen on"},
      {"server.port", number([](C c) -> int& { return c.server.port; }), "3978", 0, 65535, false, "PORT",
       "port to listen on; 0 takes a free one"},
      {"server.workers", number([](C c) -> int& { return c.server.workers; }), "16", 1, 256, false, nullptr,
       "threads that handle requests"},
      {"server.max_body_bytes", number([](C c) -> int& { return c.server.max_body_bytes; }), "262144", 4096,
       16777216, false, nullptr, "larger requests are refused with 413"},
      {"storage.url", text([](C c) -> std::string& { return c.storage.url; }), "sqlite:pao-teams.db", 0, 0,
       false, nullptr, "sqlite:PATH"},
      {"identity.mode", text([](C c) -> std::string& { return c.identity.mode; }), "bot-framework", 0, 0,
       false, nullptr, "bot-framework, or none (tests and demo, only on loopback)"},
      {"identity.client_id", text([](C c) -> std::string& { return c.identity.client_id; }), "", 0, 0, false,
       "CLIENT_ID", "app id of the bot registration"},
      {"identity.client_secret", text([](C c) -> std::string& { return c.identity.client_secret; }), "", 0, 0,
       true, "CLIENT_SECRET", "secret of the registration; or identity.client_secret_file"},
      {"identity.tenant_id", text([](C c) -> std::string& { return c.identity.tenant_id; }), "", 0, 0, false,
       "TENANT_ID", "tenant of the registration"},
      {"identity.client_secret_expires_on",
       text([](C c) -> std::string& { return c.identity.client_secret_expires_on; }), "", 0, 0, false,
       nullptr, "day on which the secret ends (2027-03-01): warned of 60, 30 and 7 days before"},
      {"identity.certificate_file", text([](C c) -> std::string& { return c.identity.certificate_file; }), "",
       0, 0, false, nullptr, "instead of a secret: the registration's certificate, PEM, its chain after it"},
      {"identity.certificate_key_file",
       text([](C c) -> std::string& { return c.identity.certificate_key_file; }), "", 0, 0, false, nullptr,
       "its private key, PEM without passphrase; empty: in the same file"},
      {"identity.assertion_algorithm",
       text([](C c) -> std::string& { return c.identity.assertion_algorithm; }), "PS256", 0, 0, false,
       nullptr, "what the certificate signs with: PS256 or RS256"},
      {"identity.certificate_send_chain",
       flag([](C c) -> bool& { return c.identity.certificate_send_chain; }), "false", 0, 0, false, nullptr,
       "send the chain too: for registrations that trust subject name and issuer"},
      {"identity.managed_identity", text([](C c) -> std::string& { return c.identity.managed_identity; }),
       "none", 0, 0, false, nullptr,
       "instead of a secret: imds (virtual machines) or app-service (Container Apps too)"},
      {"identity.managed_identity_client_id",
       text([](C c) -> std::string& { return c.identity.managed_identity_client_id; }), "", 0, 0, false,
       nullptr, "another identity that vouches for the registration (federated credential), or system"},
      {"identity.federated_token_file",
       text([](C c) -> std::string& { return c.identity.federated_token_file; }), "", 0, 0, false, nullptr,
       "instead of a secret: file whose token vouches for the registration (Kubernetes)"},
      {"identity.imds_endpoint", text([](C c) -> std::string& { return c.identity.imds_endpoint; }),
       "http://169.254.169.254", 0, 0, false, nullptr, "instance metadata service; elsewhere only in tests"},
      {"identity.app_service_endpoint",
       text([](C c) -> std::string& { return c.identity.app_service_endpoint; }), "", 0, 0, false,
       "IDENTITY_ENDPOINT", "set by the platform"},
      {"identity.app_service_header", text([](C c) -> std::string& { return c.identity.app_service_header; }),
       "", 0, 0, true, "IDENTITY_HEADER", "set by the platform"},
      {"identity.cloud", text([](C c) -> std::string& { return c.identity.cloud; }), "public", 0, 0, false,
       nullptr, "public, gcc, gcc-high, dod or china: sets the addresses below together"},
      {"identity.scope", text([](C c) -> std::string& { return c.identity.scope; }), "", 0, 0, false, nullptr,
       "scope of the bot's own token; empty: the cloud's"},
      {"identity.issuer", text([](C c) -> std::string& { return c.identity.issuer; }), "", 0, 0, false,
       nullptr, "issuer of channel tokens; empty: the cloud's"},
      {"identity.openid_metadata_url",
       text([](C c) -> std::string& { return c.identity.openid_metadata_url; }), "", 0, 0, false, nullptr,
       "where the channel's keys are published; empty: the cloud's"},
      {"identity.token_url", text([](C c) -> std::string& { return c.identity.token_url; }), "", 0, 0, false,
       nullptr, "where the bot's own token is asked for; empty: the cloud's, made of tenant_id"},
      {"identity.allowed_tenants",
       list([](C c) -> std::vector<std::string>& { return c.identity.allowed_tenants; }), "", 0, 0, false,
       nullptr, "tenants served; empty: identity.tenant_id only"},
      {"identity.strict_service_url", flag([](C c) -> bool& { return c.identity.strict_service_url; }),
       "false", 0, 0, false, nullptr, "refuse tokens without a serviceurl claim"},
      {"identity.allow_emulator", flag([](C c) -> bool& { return c.identity.allow_emulator; }), "false", 0, 0,
       false, nullptr, "development: believe the Emulator and the Agents Playground too; only on loopback"},
      {"identity.emulator_metadata_url",
       text([](C c) -> std::string& { return c.identity.emulator_metadata_url; }), "", 0, 0, false, nullptr,
       "where the keys of emulator tokens are published; empty: the cloud's"},
      {"connector.allowed_hosts",
       list([](C c) -> std::vector<std::string>& { return c.connector.allowed_hosts; }), "", 0, 0, false,
       nullptr, "hosts (and their subdomains) that may receive the bot's token; empty: the cloud's"},
      {"connector.allow_loopback", flag([](C c) -> bool& { return c.connector.allow_loopback; }), "false", 0,
       0, false, nullptr, "tests: plain http and any port, towards loopback addresses only"},
      {"connector.fallback_service_url",
       text([](C c) -> std::string& { return c.connector.fallback_service_url; }), "cloud", 0, 0, false,
       nullptr,
       "where a conversation is opened with a person who never wrote; cloud: the cloud's, except in tests "
       "and "
       "the demo; empty: nowhere"},
      {"network.ca_file", text([](C c) -> std::string& { return c.network.ca_file; }), "", 0, 0, false,
       nullptr, "certificate authorities for outgoing calls; empty: the system's"},
      {"network.https_proxy", text([](C c) -> std::string& { return c.network.https_proxy; }), "", 0, 0, true,
       nullptr, "proxy for outgoing calls; empty: the environment's"},
      {"delivery.requests_per_second", number([](C c) -> int& { return c.delivery.requests_per_second; }),
       "40", 1, 1000000, false, nullptr, "sends per second to the tenant; the platform allows 50"},
      {"delivery.parallel_sends", number([](C c) -> int& { return c.delivery.parallel_sends; }), "32", 1, 256,
       false, nullptr, "sends in flight"},
      {"delivery.lease_seconds", number([](C c) -> int& { return c.delivery.lease_seconds; }), "30", 5, 600,
       false, nullptr,
       "how long a message that was taken for sending waits after a crash; a send may take "
       "three seconds less, at most 15"},
      {"delivery.batch", flag([](C c) -> bool& { return c.delivery.batch; }), "false", 0, 0, false, nullptr,
       "hand equal broadcasts to five people or more to the platform in one request"},
      {"files.folder", text([](C c) -> std::string& { return c.files.folder; }), "", 0, 0, false, nullptr,
       "where files that people send are kept; empty: beside the database"},
      {"files.allowed_hosts", list([](C c) -> std::vector<std::string>& { return c.files.allowed_hosts; }),
       "sharepoint.com,svc.ms,sharepoint.us,sharepoint.cn", 0, 0, false, nullptr,
       "hosts (and their subdomains) that files are fetched from and put to, without the bot's token"},
      {"files.max_megabytes", number([](C c) -> int& { return c.files.max_megabytes; }), "20", 1, 100, false,
       nullptr, "larger files are not taken"},
      {"jobs.enabled", flag([](C c) -> bool& { return c.jobs.enabled; }), "true", 0, 0, false, nullptr,
       "run the scheduled jobs"},
      {"mail.smtp_url", text([](C c) -> std::string& { return c.mail.smtp_url; }), "", 0, 0, true, nullptr,
       "smtp://mail.example.com:587 or smtps://mail.example.com; empty: no mail"},
      {"mail.from", text([](C c) -> std::string& { return c.mail.from; }), "", 0, 0, false, nullptr,
       "sender: address, or Name <address>"},
      {"mail.username", text([](C c) -> std::string& { return c.mail.username; }), "", 0, 0, false, nullptr,
       "of the mail server; empty: it asks for none"},
      {"mail.password", text([](C c) -> std::string& { return c.mail.password; }), "", 0, 0, true, nullptr,
       "of the mail server; or mail.password_file"},
      {"mail.starttls", text([](C c) -> std::string& { return c.mail.starttls; }), "loopback", 0, 0, false,
       nullptr, "required, or loopback: only a server on this machine may do without"},
      {"mail.ca_file", text([](C c) -> std::string& { return c.mail.ca_file; }), "", 0, 0, false, nullptr,
       "certificate authorities of the mail server; empty: network.ca_file"},
      {"smgi.folder", text([](C c) -> std::string& { return c.smgi.folder; }), "", 0, 0, false, nullptr,
       "where records and requests are put for the SMGI and its answers are read; empty: nowhere"},
      {"answers.generation.endpoint", text([](C c) -> std::string& { return c.generation.endpoint; }), "", 0,
       0, false, nullptr,
       "a language model writes answers from the criteria: https://HOST/v1, or "
       "https://NAME.openai.azure.com; "
       "empty: off"},
      {"answers.generation.style", text([](C c) -> std::string& { return c.generation.style; }), "openai", 0,
       0, false, nullptr, "openai (and what is compatible with it) or azure"},
      {"answers.generation.model", text([](C c) -> std::string& { return c.generation.model; }), "", 0, 0,
       false, nullptr, "the model; azure: the deployment"},
      {"answers.generation.api_version", text([](C c) -> std::string& { return c.generation.api_version; }),
       "2024-10-21", 0, 0, false, nullptr, "azure: version of its interface"},
      {"answers.generation.key", text([](C c) -> std::string& { return c.generation.key; }), "", 0, 0, true,
       nullptr, "of the endpoint; or answers.generation.key_file"},
      {"answers.generation.allowed_hosts",
       list([](C c) -> std::vector<std::string>& { return c.generation.allowed_hosts; }),
       "api.openai.com,openai.azure.com,cognitiveservices.azure.com,services.ai.azure.com", 0, 0, false,
       nullptr,
       "hosts (and their subdomains) that may receive the key, a question without people, and criteria"},
      {"answers.generation.timeout_seconds", number([](C c) -> int& { return c.generation.timeout_seconds; }),
       "15", 1, 120, false, nullptr, "how long one call may take"},
      {"answers.generation.wait_seconds", number([](C c) -> int& { return c.generation.wait_seconds; }), "20",
       2, 180, false, nullptr, "how long somebody waits; then the criterion's own words are sent"},
      {"answers.generation.parallel", number([](C c) -> int& { return c.generation.parallel; }), "2", 1, 32,
       false, nullptr, "calls at a time"},
      {"log.level", text([](C c) -> std::string& { return c.log.level; }), "info", 0, 0, false, nullptr,
       "debug, info, warn or error"},
      {"clock.start", std::function<std::optional<Instant>&(Config&)>([](C c) -> std::optional<Instant>& {
         return c.clock.start;
       }),
       "", 0, 0, false, nullptr, "demo and tests: the instant at which the service's clock starts"},
  };
  return table;
}

std::span<const SecretFile> secret_files() {
  return secrets;
}

}  // namespace pao::bot
