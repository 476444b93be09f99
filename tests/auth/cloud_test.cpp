#include "bot/auth/cloud.hpp"

#include "bot/auth/service_url.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace pao::bot::auth;

TEST_CASE("each cloud is one set of addresses") {
  struct Row {
    const char *name, *token_url, *scope, *issuer, *metadata, *fallback;
  };
  for (const Row& row :
       std::vector<Row>{{"public", "https://login.microsoftonline.com/t/oauth2/v2.0/token",
                         "https://api.botframework.com/.default", "https://api.botframework.com",
                         "https://login.botframework.com/v1/.well-known/openidconfiguration",
                         "https://smba.trafficmanager.net/teams/"},
                        {"gcc", "https://login.microsoftonline.com/t/oauth2/v2.0/token",
                         "https://api.botframework.com/.default", "https://api.botframework.com",
                         "https://login.botframework.com/v1/.well-known/openidconfiguration",
                         "https://smba.infra.gcc.teams.microsoft.com/teams"},
                        {"gcc-high", "https://login.microsoftonline.us/t/oauth2/v2.0/token",
                         "https://api.botframework.us/.default", "https://api.botframework.us",
                         "https://login.botframework.azure.us/v1/.well-known/openidconfiguration",
                         "https://smba.infra.gov.teams.microsoft.us/teams"},
                        {"dod", "https://login.microsoftonline.us/t/oauth2/v2.0/token",
                         "https://api.botframework.us/.default", "https://api.botframework.us",
                         "https://login.botframework.azure.us/v1/.well-known/openidconfiguration",
                         "https://smba.infra.dod.teams.microsoft.us/teams"},
                        {"china", "https://login.partner.microsoftonline.cn/t/oauth2/v2.0/token",
                         "https://api.botframework.azure.cn/.default", "https://api.botframework.azure.cn",
                         "https://login.botframework.azure.cn/v1/.well-known/openidconfiguration", ""}}) {
    CAPTURE(row.name);
    const Cloud* cloud = find_cloud(row.name);
    REQUIRE(cloud);
    CHECK(token_url(*cloud, "t") == row.token_url);
    CHECK(cloud->scope == std::string(row.scope));
    CHECK(cloud->issuer == std::string(row.issuer));
    CHECK(cloud->metadata_url == std::string(row.metadata));
    CHECK(cloud->fallback_service_url == std::string(row.fallback));
    if (*row.fallback) CHECK(check_service_url(row.fallback, {.allowed = cloud->connector_hosts}));
  }
  CHECK(clouds().size() == 5);
  CHECK(find_cloud("Public") == nullptr);
}

TEST_CASE("a government token goes nowhere in the public cloud, nor the other way round") {
  const HostRules ours{.allowed = find_cloud("public")->connector_hosts};
  const HostRules gov{.allowed = find_cloud("gcc-high")->connector_hosts};
  CHECK_FALSE(check_service_url("https://smba.infra.gov.teams.microsoft.us/teams", ours));
  CHECK_FALSE(check_service_url("https://smba.trafficmanager.net/amer/", gov));
}

TEST_CASE("what belongs to another cloud is recognised; what belongs to none is not") {
  const Cloud& ours = *find_cloud("public");
  const Cloud& high = *find_cloud("gcc-high");
  CHECK(foreign_cloud(ours, CloudPart::issuer, "https://api.botframework.us") == "gcc-high or dod");
  CHECK(foreign_cloud(high, CloudPart::issuer, "https://api.botframework.com") == "public or gcc");
  CHECK(foreign_cloud(high, CloudPart::issuer, "https://api.botframework.us") == "");
  CHECK(foreign_cloud(ours, CloudPart::metadata_url, "https://login.botframework.azure.cn/x") == "china");
  CHECK(foreign_cloud(ours, CloudPart::token_url, "https://login.microsoftonline.us/t") == "gcc-high or dod");
  CHECK(foreign_cloud(ours, CloudPart::scope, "https://api.botframework.us/.default") == "gcc-high or dod");
  CHECK(foreign_cloud(ours, CloudPart::connector_host, "teams.microsoft.us") == "gcc-high or dod");
  CHECK(foreign_cloud(ours, CloudPart::fallback, "https://smba.infra.gcc.teams.microsoft.com/x") == "gcc");
  CHECK(foreign_cloud(high, CloudPart::fallback, "https://smba.infra.dod.teams.microsoft.us/x") == "dod");
  CHECK(foreign_cloud(ours, CloudPart::issuer, "https://issuer.example") == "");
  CHECK(foreign_cloud(ours, CloudPart::metadata_url, "http://127.0.0.1:99/keys") == "");
}
