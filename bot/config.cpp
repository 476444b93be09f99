#include "bot/config.hpp"

#include "bot/auth/cloud.hpp"
#include "bot/config_table.hpp"
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

namespace pao::bot {
namespace {

using nlohmann::json;

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
std::string assign(const ConfigField& field, Config& config, const std::string& value) {
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
  return std::any_of(config_fields().begin(), config_fields().end(),
                     [&](const ConfigField& field) { return name == field.key; });
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

std::string shown(const ConfigField& field, const Config& config) {
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
  const auto take = [&](const ConfigField& field, const std::optional<std::string>& value,
                        const std::string& source) {
    const std::string problem =
        value ? assign(field, config, *value) : "must be a text, a number, true, false or a list of texts";
    if (!problem.empty()) problems.push_back(fmt::format("{} ({}): {}", field.key, source, problem));
  };
  for (const ConfigField& field : config_fields()) {
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

  for (const SecretFile& secret : secret_files()) read_secret(secret, *file, environment, config, problems);
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
  for (const ConfigField& field : config_fields())
    lines += fmt::format("{} = {}\n", field.key, shown(field, config));
  return lines;
}

std::string config_reference() {
  std::string lines;
  for (const ConfigField& field : config_fields()) {
    lines += fmt::format("{:<34} {}{}{}\n", field.key, field.meaning,
                         *field.fallback ? fmt::format(" [{}]", field.fallback) : "",
                         field.secret ? " (secret)" : "");
  }
  for (const SecretFile& secret : secret_files()) {
    lines += fmt::format("{:<34} {}\n", secret.key, "file whose first line is the secret");
  }
  return lines;
}

}  // namespace pao::bot
