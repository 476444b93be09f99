// check_serving: what the service needs to face Teams, and that it fits together.
#include "bot/auth/cloud.hpp"
#include "bot/auth/service_url.hpp"
#include "bot/config.hpp"
#include "bot/credential.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

namespace pao::bot {
namespace {

using Problems = std::vector<std::string>;

void need(Problems& problems, bool good, const char* key, const char* problem) {
  if (!good) problems.push_back(std::string(key) + ": " + problem);
}

// An address, or the one name that always is one; a name that only begins like one can be anywhere.
bool is_loopback_host(const std::string& host) {
  const bool is_number = host.find_first_not_of("0123456789.") == std::string::npos;
  return host == "localhost" || host == "::1" || (is_number && host.rfind("127.", 0) == 0);
}

// A value of one cloud beside another cloud's: tokens would not be believed, or would go to the wrong place.
void check_cloud(const Config& config, Problems& problems) {
  const auth::Cloud& cloud = *auth::find_cloud(config.identity.cloud);
  const auto check = [&](auth::CloudPart part, const char* key, const std::string& value) {
    const std::string other = auth::foreign_cloud(cloud, part, value);
    if (!other.empty())
      problems.push_back(
          fmt::format("{}: {} belongs to the cloud {}, but identity.cloud is {}; remove the key, or set "
                      "identity.cloud to that cloud",
                      key, value, other, cloud.name));
  };
  check(auth::CloudPart::issuer, "identity.issuer", config.identity.issuer);
  check(auth::CloudPart::metadata_url, "identity.openid_metadata_url", config.identity.openid_metadata_url);
  check(auth::CloudPart::token_url, "identity.token_url", config.effective_token_url());
  check(auth::CloudPart::scope, "identity.scope", config.identity.scope);
  if (config.identity.allow_emulator)
    check(auth::CloudPart::emulator_metadata_url, "identity.emulator_metadata_url",
          config.identity.emulator_metadata_url);
  for (const std::string& host : config.connector.allowed_hosts)
    check(auth::CloudPart::connector_host, "connector.allowed_hosts", host);
  check(auth::CloudPart::fallback, "connector.fallback_service_url", config.connector.fallback_service_url);
}

void check_emulator(const Config& config, Problems& problems) {
  if (!config.identity.allow_emulator) return;
  need(problems, is_loopback_host(config.server.host), "identity.allow_emulator",
       "is for development, so the service must listen on 127.0.0.1; set server.host or remove the key");
  need(problems, !config.identity.emulator_metadata_url.empty(), "identity.emulator_metadata_url",
       "is missing; this cloud has no address of its own for emulator keys");
}

void check_registration(const Config& config, Problems& problems) {
  need(problems, !config.identity.client_id.empty(), "identity.client_id",
       "is missing; it is the app id of the bot registration (CLIENT_ID)");
  need(problems, !config.identity.tenant_id.empty(), "identity.tenant_id",
       "is missing; it is the registration's tenant");
  const auto credential = make_credential(config, {});  // asks nobody yet
  if (!credential) problems.push_back(credential.error().detail);
}

void check_addresses(const Config& config, Problems& problems) {
  const auto is_url = [&](const std::string& url) {
    return url.rfind("https://", 0) == 0 ||
           (config.connector.allow_loopback && url.rfind("http://127.0.0.1:", 0) == 0);
  };
  need(problems, is_url(config.identity.openid_metadata_url), "identity.openid_metadata_url",
       "must be an https address");
  need(problems, is_url(config.effective_token_url()), "identity.token_url", "must be an https address");
  if (config.identity.allow_emulator && !config.identity.emulator_metadata_url.empty())
    need(problems, is_url(config.identity.emulator_metadata_url), "identity.emulator_metadata_url",
         "must be an https address");
}

// Where questions and the key would go, and whether anything could come of it.
void check_generation(const Config& config, Problems& problems) {
  const auto& generation = config.generation;
  if (generation.endpoint.empty()) return;
  const auto address = auth::check_service_url(
      generation.endpoint,
      {.allowed = generation.allowed_hosts, .allow_loopback = config.connector.allow_loopback});
  if (!address)
    problems.push_back("answers.generation.endpoint: " + address.error().detail +
                       "; use https and a host of answers.generation.allowed_hosts");
  need(problems, generation.style == "openai" || generation.style == "azure", "answers.generation.style",
       "must be openai or azure");
  need(problems, !generation.model.empty(), "answers.generation.model",
       "is missing; it is the model, or the deployment of azure");
  const bool plain_name = generation.model.find_first_of("/?#% ") == std::string::npos;
  need(problems, generation.style != "azure" || plain_name, "answers.generation.model",
       "must be the name of a deployment");
  need(problems, generation.style != "azure" || !generation.key.empty(), "answers.generation.key",
       "is missing; azure asks for one");
  need(problems, generation.wait_seconds > generation.timeout_seconds, "answers.generation.wait_seconds",
       "must be more than answers.generation.timeout_seconds");
}

}  // namespace

Result<void> check_serving(const Config& config) {
  Problems problems;
  if (config.identity.mode == "none") {
    need(problems, is_loopback_host(config.server.host), "identity.mode",
         "none believes anybody, so the service must listen on 127.0.0.1; set server.host or use "
         "bot-framework");
  } else {
    check_registration(config, problems);
    check_addresses(config, problems);
    check_cloud(config, problems);
    check_emulator(config, problems);
  }
  need(problems, config.mail.smtp_url.empty() || !config.mail.from.empty(), "mail.from",
       "is missing; it is the sender of the mails");
  check_generation(config, problems);
  if (!problems.empty()) return fail(ErrorCode::invalid, fmt::format("{}", fmt::join(problems, "\n")));
  return {};
}

}  // namespace pao::bot
