// JSON as tokens and key documents must be: one object, no member twice.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string_view>

namespace pao::bot::auth {

// Nothing for malformed text, anything but an object, a member name that occurs twice in one object (two
// readers could see different values), or more than 16 levels.
std::optional<nlohmann::json> parse_strict_object(std::string_view text);

// The member's text; nothing when it is absent or no string.
std::optional<std::string_view> text_member(const nlohmann::json& object, const char* name);

}  // namespace pao::bot::auth
