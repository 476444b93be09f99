#include "bot/auth/emulator_token.hpp"

#include "bot/auth/strict_json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace pao::bot::auth {

namespace {

struct Form {
  std::string_view before, after;
};
constexpr std::array<Form, 3> forms = {{{"https://sts.windows.net/", "/"},
                                        {"https://login.microsoftonline.com/", "/v2.0"},
                                        {"https://login.microsoftonline.us/", "/v2.0"}}};

// Of the platform itself, the last one of its government cloud.
constexpr std::array<std::string_view, 3> known_tenants = {"d6d49420-f39b-4df7-a1dc-d59a935871db",
                                                           "f8cdef31-a31e-4b4a-93e4-5f571e91255a",
                                                           "cab8a31a-1906-4287-a0d8-4eef66b95f6e"};

bool is_known(std::string_view tenant) {
  return std::find(known_tenants.begin(), known_tenants.end(), tenant) != known_tenants.end();
}

}  // namespace

std::optional<std::string> emulator_issuer_tenant(std::string_view issuer, std::string_view own_tenant) {
  for (const auto& [before, after] : forms) {
    if (issuer.size() <= before.size() + after.size()) continue;
    if (issuer.substr(0, before.size()) != before) continue;
    if (issuer.substr(issuer.size() - after.size()) != after) continue;
    const auto tenant = issuer.substr(before.size(), issuer.size() - before.size() - after.size());
    if (is_known(tenant) || tenant == own_tenant) return std::string(tenant);
  }
  return std::nullopt;
}

std::optional<std::string> emulator_claims_problem(const nlohmann::json& claims,
                                                   std::string_view issuer_tenant, std::string_view app_id) {
  const auto version = text_member(claims, "ver");
  if (!version) return "emulator token without ver";
  const bool first = version->empty() || *version == "1.0";
  if (!first && *version != "2.0") return "emulator token of an unknown ver";
  const auto app = text_member(claims, first ? "appid" : "azp");
  if (!app) return first ? "emulator token without appid" : "emulator token without azp";
  if (app_id.empty() || *app != app_id) return "emulator token of another app";
  if (claims.contains("tid") && text_member(claims, "tid") != issuer_tenant)
    return "emulator token of another tenant";
  return std::nullopt;
}

}  // namespace pao::bot::auth
