// Tokens of the Bot Framework Emulator and the Agents Playground: issued by Entra to the bot's own
// registration, so that a developer on the same machine can talk to it. Only with a setting made for that.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace pao::bot::auth {

// The tenant in an issuer of the forms https://sts.windows.net/{tenant}/ and
// https://login.microsoftonline.{com,us}/{tenant}/v2.0, when it is one of those that sign emulator tokens or
// `own_tenant` (may be empty). Nothing for any other issuer: not an emulator token.
std::optional<std::string> emulator_issuer_tenant(std::string_view issuer, std::string_view own_tenant);

// What is wrong with the claims, for the log; nothing when they are good: `ver` says where the app id is (""
// and "1.0": appid; "2.0": azp), which must be ours, and a `tid` is the issuer's tenant.
std::optional<std::string> emulator_claims_problem(const nlohmann::json& claims,
                                                   std::string_view issuer_tenant, std::string_view app_id);

}  // namespace pao::bot::auth
