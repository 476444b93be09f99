#include "bot/config.hpp"

#include "bot/auth/cloud.hpp"
#include "bot/delivery/mail_message.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <variant>

namespace pao::bot {
namespace {

using nlohmann::json;

// Where a key's value goes, which also fixes its type.
using Target = std::variant<std::function<std::string&(Config&)>, std::function<int&(Config&)>,
                            std::function<bool&(Config&)>, std::function<std::vector<std::string>&(Config&)>,
                            std::function<std::optional<Instant>&(Config&)>>;

struct Field {
  const char* key;
  Target target;
  const char* fallback;  // as it would be written in the environment
  int least = 0, most = 0;
  bool secret = false;
  const char* alias = nullptr;  // the name that the Teams SDK uses
  const char* meaning;
};

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

const std::vector<Field>& fields() {
  using C = Config&;
  static const std::vector<Field> table = {
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

// Secrets that may stand in the first line of a file of their own.
struct SecretFile {
  const char* key;
  std::string& (*target)(Config&);
};
constexpr SecretFile secret_files[] = {
    {"identity.client_secret_file", [](Config& c) -> std::string& { return c.identity.client_secret; }},
    {"answers.generation.key_file", [](Config& c) -> std::string& { return c.generation.key; }},
    {"mail.password_file", [](Config& c) -> std::string& { return c.mail.password; }},
};

std::string variable_name(std::string_view key) {
  std::string name = "PAO_";
  for (const char c : key)
    name += c == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return name;
}

std::vector<std::string> split_list(const std::string& value) {
  std::vector<std::string> parts;
  std::stringstream stream(value);
  for (std::string part; std::getline(stream, part, ',');) {
    const auto first = part.find_first_not_of(' ');
    if (first == std::string::npos) continue;
    parts.push_back(part.substr(first, part.find_last_not_of(' ') - first + 1));
  }
  return parts;
}

// Sets one field from its written form; gives what is wrong with it, or "".
std::string assign(const Field& field, Config& config, const std::string& value) {
  if (const auto* to_text = std::get_if<0>(&field.target)) {
    (*to_text)(config) = value;
  } else if (const auto* to_number = std::get_if<1>(&field.target)) {
    int parsed = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), parsed);
    if (error != std::errc{} || end != value.data() + value.size()) return "is not a whole number";
    if (parsed < field.least || parsed > field.most) {
      return fmt::format("is outside {} to {}", field.least, field.most);
    }
    (*to_number)(config) = parsed;
  } else if (const auto* to_flag = std::get_if<2>(&field.target)) {
    if (value != "true" && value != "false") return "is neither true nor false";
    (*to_flag)(config) = value == "true";
  } else if (const auto* to_list = std::get_if<3>(&field.target)) {
    (*to_list)(config) = split_list(value);
  } else if (const auto* to_instant = std::get_if<4>(&field.target)) {
    if (value.empty()) {
      (*to_instant)(config) = std::nullopt;
      return "";
    }
    const std::optional<Instant> parsed = parse_instant(value);
    if (!parsed) return "is not an instant with offset, like 2026-11-12T09:00:00-05:00";
    (*to_instant)(config) = parsed;
  }
  return "";
}

// As the environment would write it; nothing for what no key can be.
std::optional<std::string> written(const json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number() || value.is_boolean()) return value.dump();
  if (!value.is_array()) return std::nullopt;
  std::string joined;
  for (const json& part : value) {
    if (!part.is_string()) return std::nullopt;
    joined += (joined.empty() ? "" : ",") + part.get<std::string>();
  }
  return joined;
}

// The file's values by dotted key, nothing for one of a wrong kind.
using FileValues = std::map<std::string, std::optional<std::string>>;

bool is_key(const std::string& name) {
  return std::any_of(fields().begin(), fields().end(), [&](const Field& field) { return name == field.key; });
}

// A section's names follow its own: {"server": {"port": 3978}}, and "server.port": 3978 as well.
void collect(const json& section, const std::string& prefix, FileValues& values) {
  for (const auto& [name, value] : section.items()) {
    if (value.is_object() && !is_key(prefix + name))
      collect(value, prefix + name + ".", values);
    else
      values[prefix + name] = written(value);
  }
}

Result<FileValues> read_file(const std::string& path, bool required) {
  FileValues values;
  std::ifstream file(path);
  if (!file) {
    if (!required) return values;
    return fail(ErrorCode::invalid, path + ": cannot be read; name an existing file with --config");
  }
  json document;
  try {
    document = json::parse(file, nullptr, true, true);
  } catch (const json::parse_error& error) {
    return fail(ErrorCode::invalid, fmt::format("{}: not valid JSON near byte {}", path, error.byte));
  }
  if (!document.is_object()) return fail(ErrorCode::invalid, path + ": the file must hold one JSON object");
  collect(document, "", values);
  return values;
}

void read_secret(const SecretFile& secret, FileValues& file, const Environment& environment, Config& config,
                 std::vector<std::string>& problems) {
  std::optional<std::string> path = environment(variable_name(secret.key));
  if (const auto found = file.find(secret.key); found != file.end()) {
    if (!path) path = found->second;
    file.erase(found);
  }
  if (!path || path->empty()) return;
  std::ifstream stream(*path);
  std::string& line = secret.target(config);
  if (!std::getline(stream, line)) {
    problems.push_back(fmt::format("{}: {} cannot be read", secret.key, *path));
  }
  if (!line.empty() && line.back() == '\r') line.pop_back();
}

bool is_one_of(const std::string& value, std::initializer_list<const char*> words) {
  return std::any_of(words.begin(), words.end(), [&](const char* word) { return value == word; });
}

// Words out of a list, and forms that the table's types cannot show.
void check_words(const Config& config, std::vector<std::string>& problems) {
  const auto need = [&](bool good, const char* key, const char* problem) {
    if (!good) problems.push_back(std::string(key) + ": " + problem);
  };
  need(is_one_of(config.identity.mode, {"bot-framework", "none"}), "identity.mode",
       "must be bot-framework or none");
  need(auth::find_cloud(config.identity.cloud), "identity.cloud",
       "must be public, gcc, gcc-high, dod or china");
  need(is_one_of(config.identity.managed_identity, {"none", "imds", "app-service"}),
       "identity.managed_identity", "must be none, imds or app-service");
  need(is_one_of(config.identity.assertion_algorithm, {"PS256", "RS256"}), "identity.assertion_algorithm",
       "must be PS256 or RS256");
  need(config.identity.client_secret_expires_on.empty() ||
           parse_date(config.identity.client_secret_expires_on),
       "identity.client_secret_expires_on", "must be a day, like 2027-03-01");
  need(is_one_of(config.log.level, {"debug", "info", "warn", "error"}), "log.level",
       "must be debug, info, warn or error");
  need(config.storage.url.rfind("sqlite:", 0) == 0 && config.storage.url.size() > 7, "storage.url",
       "must be sqlite:PATH");
  need(config.mail.smtp_url.empty() || config.mail.smtp_url.rfind("smtp://", 0) == 0 ||
           config.mail.smtp_url.rfind("smtps://", 0) == 0,
       "mail.smtp_url", "must be smtp://HOST:PORT or smtps://HOST:PORT");
  need(config.mail.from.empty() || delivery::parse_mail_address(config.mail.from), "mail.from",
       "must be an address, or Name <address>");
  need(is_one_of(config.mail.starttls, {"required", "loopback"}), "mail.starttls",
       "must be required or loopback");
}

// What nobody set is the cloud's.
void fill_from_cloud(Config& config) {
  const auth::Cloud* cloud = auth::find_cloud(config.identity.cloud);
  if (!cloud) return;
  const auto fill = [](std::string& value, const char* of_cloud) {
    if (value.empty()) value = of_cloud;
  };
  fill(config.identity.issuer, cloud->issuer);
  fill(config.identity.openid_metadata_url, cloud->metadata_url);
  fill(config.identity.emulator_metadata_url, cloud->emulator_metadata_url);
  fill(config.identity.scope, cloud->scope);
  if (config.connector.allowed_hosts.empty()) config.connector.allowed_hosts = cloud->connector_hosts;
  if (config.connector.fallback_service_url == "cloud") {
    const bool real = config.identity.mode == "bot-framework" && !config.connector.allow_loopback;
    config.connector.fallback_service_url = real ? cloud->fallback_service_url : "";
  }
}

std::string shown(const Field& field, const Config& config) {
  Config& values = const_cast<Config&>(config);  // the targets give references; nothing is written here
  if (const auto* to_text = std::get_if<0>(&field.target)) {
    const std::string& value = (*to_text)(values);
    return field.secret && !value.empty() ? "(set, not shown)" : value;
  }
  if (const auto* to_number = std::get_if<1>(&field.target)) return std::to_string((*to_number)(values));
  if (const auto* to_flag = std::get_if<2>(&field.target)) return (*to_flag)(values) ? "true" : "false";
  if (const auto* to_list = std::get_if<3>(&field.target))
    return fmt::format("{}", fmt::join((*to_list)(values), ","));
  const std::optional<Instant>& at = std::get<4>(field.target)(values);
  return at ? iso_instant(*at) : "";
}

}  // namespace

std::string Config::effective_token_url() const {
  if (!identity.token_url.empty()) return identity.token_url;
  const auth::Cloud* cloud = auth::find_cloud(identity.cloud);
  return cloud ? auth::token_url(*cloud, identity.tenant_id) : "";
}

std::string Config::effective_files_folder() const {
  if (!files.folder.empty()) return files.folder;
  return storage.url.substr(storage.url.find(':') + 1) + ".files";
}

Environment process_environment() {
  return [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    return value ? std::optional<std::string>(value) : std::nullopt;
  };
}

Result<Config> load_config(const std::string& path, bool file_required, const Environment& environment) {
  Result<FileValues> file = read_file(path, file_required);
  if (!file) return tl::unexpected<Error>(file.error());

  Config config{};
  std::vector<std::string> problems;
  const auto take = [&](const Field& field, const std::optional<std::string>& value,
                        const std::string& source) {
    const std::string problem =
        value ? assign(field, config, *value) : "must be a text, a number, true, false or a list of texts";
    if (!problem.empty()) problems.push_back(fmt::format("{} ({}): {}", field.key, source, problem));
  };
  for (const Field& field : fields()) {
    take(field, field.fallback, "default");
    if (const auto found = file->find(field.key); found != file->end()) {
      take(field, found->second, path);
      file->erase(found);
    }
    if (field.alias) {
      if (const auto value = environment(field.alias); value && !value->empty())
        take(field, *value, field.alias);
    }
    if (const auto value = environment(variable_name(field.key)))
      take(field, *value, variable_name(field.key));
  }

  for (const SecretFile& secret : secret_files) read_secret(secret, *file, environment, config, problems);
  for (const auto& [key, value] : *file) problems.push_back(fmt::format("{} ({}): no such key", key, path));

  if (config.identity.allowed_tenants.empty() && !config.identity.tenant_id.empty()) {
    config.identity.allowed_tenants = {config.identity.tenant_id};
  }
  fill_from_cloud(config);
  check_words(config, problems);
  if (!problems.empty()) return fail(ErrorCode::invalid, fmt::format("{}", fmt::join(problems, "\n")));
  return config;
}

std::string describe_config(const Config& config) {
  std::string lines;
  for (const Field& field : fields()) lines += fmt::format("{} = {}\n", field.key, shown(field, config));
  return lines;
}

std::string config_reference() {
  std::string lines;
  for (const Field& field : fields()) {
    lines += fmt::format("{:<34} {}{}{}\n", field.key, field.meaning,
                         *field.fallback ? fmt::format(" [{}]", field.fallback) : "",
                         field.secret ? " (secret)" : "");
  }
  for (const SecretFile& secret : secret_files) {
    lines += fmt::format("{:<34} {}\n", secret.key, "file whose first line is the secret");
  }
  return lines;
}

}  // namespace pao::bot
