#include "bot/auth/cloud.hpp"

#include "bot/auth/service_url.hpp"

#include <algorithm>

namespace pao::bot::auth {

namespace {

constexpr const char* public_login = "login.microsoftonline.com";
constexpr const char* public_scope = "https://api.botframework.com/.default";
constexpr const char* public_issuer = "https://api.botframework.com";
constexpr const char* public_metadata = "https://login.botframework.com/v1/.well-known/openidconfiguration";
constexpr const char* public_entra =
    "https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration";

constexpr const char* gov_login = "login.microsoftonline.us";
constexpr const char* gov_scope = "https://api.botframework.us/.default";
constexpr const char* gov_issuer = "https://api.botframework.us";
constexpr const char* gov_metadata = "https://login.botframework.azure.us/v1/.well-known/openidconfiguration";
constexpr const char* gov_entra =
    "https://login.microsoftonline.us/cab8a31a-1906-4287-a0d8-4eef66b95f6e/v2.0/.well-known/"
    "openid-configuration";

bool has_host(std::string_view url, std::string_view host) {
  const auto parsed = parse_service_url(url);
  return parsed && parsed->host == host;
}

bool belongs(const Cloud& cloud, CloudPart part, std::string_view value) {
  switch (part) {
    case CloudPart::issuer:
      return value == cloud.issuer;
    case CloudPart::metadata_url:
      return same_host(value, cloud.metadata_url);
    case CloudPart::emulator_metadata_url:
    case CloudPart::token_url:
      return has_host(value, cloud.login_host);
    case CloudPart::scope:
      return value == cloud.scope;
    case CloudPart::connector_host:
      return std::find(cloud.connector_hosts.begin(), cloud.connector_hosts.end(), value) !=
             cloud.connector_hosts.end();
    case CloudPart::fallback:
      return same_host(value, cloud.fallback_service_url);
  }
  return false;
}

}  // namespace

const std::vector<Cloud>& clouds() {
  static const std::vector<std::string> public_hosts = {"botframework.com", "smba.trafficmanager.net",
                                                        "teams.microsoft.com"};
  static const std::vector<std::string> gov_hosts = {"botframework.azure.us", "teams.microsoft.us"};
  static const std::vector<Cloud> list = {
      {"public", public_login, public_scope, public_issuer, public_metadata, public_entra,
       "https://smba.trafficmanager.net/teams/", public_hosts},
      {"gcc", public_login, public_scope, public_issuer, public_metadata, public_entra,
       "https://smba.infra.gcc.teams.microsoft.com/teams", public_hosts},
      {"gcc-high", gov_login, gov_scope, gov_issuer, gov_metadata, gov_entra,
       "https://smba.infra.gov.teams.microsoft.us/teams", gov_hosts},
      {"dod", gov_login, gov_scope, gov_issuer, gov_metadata, gov_entra,
       "https://smba.infra.dod.teams.microsoft.us/teams", gov_hosts},
      {"china",
       "login.partner.microsoftonline.cn",
       "https://api.botframework.azure.cn/.default",
       "https://api.botframework.azure.cn",
       "https://login.botframework.azure.cn/v1/.well-known/openidconfiguration",
       "",
       "",
       {"botframework.azure.cn"}},
  };
  return list;
}

const Cloud* find_cloud(std::string_view name) {
  const auto found =
      std::find_if(clouds().begin(), clouds().end(), [&](const Cloud& cloud) { return name == cloud.name; });
  return found == clouds().end() ? nullptr : &*found;
}

std::string token_url(const Cloud& cloud, std::string_view tenant) {
  return "https://" + std::string(cloud.login_host) + "/" + std::string(tenant) + "/oauth2/v2.0/token";
}

std::string foreign_cloud(const Cloud& ours, CloudPart part, std::string_view value) {
  if (belongs(ours, part, value)) return "";
  std::string names;
  for (const Cloud& cloud : clouds()) {
    if (belongs(cloud, part, value)) names += (names.empty() ? "" : " or ") + std::string(cloud.name);
  }
  return names;
}

}  // namespace pao::bot::auth
