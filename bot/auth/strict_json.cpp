#include "bot/auth/strict_json.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <unordered_set>
#include <vector>

namespace pao::bot::auth {

using nlohmann::json;

std::optional<json> parse_strict_object(std::string_view text) {
  constexpr int most_levels = 16;
  bool acceptable = true;
  std::vector<std::unordered_set<std::string>> names;
  const auto watch = [&](int depth, json::parse_event_t event, json& value) {
    acceptable = acceptable && depth <= most_levels;
    if (event == json::parse_event_t::object_start) names.emplace_back();
    if (event == json::parse_event_t::object_end) names.pop_back();
    if (event == json::parse_event_t::key)
      acceptable = names.back().insert(value.get_ref<const std::string&>()).second && acceptable;
    return true;
  };
  json parsed = json::parse(text.begin(), text.end(), watch, /*allow_exceptions=*/false);
  if (!acceptable || !parsed.is_object()) return std::nullopt;
  return parsed;
}

std::optional<std::string_view> text_member(const json& object, const char* name) {
  const auto member = object.find(name);
  if (member == object.end() || !member->is_string()) return std::nullopt;
  return std::string_view(member->get_ref<const std::string&>());
}

}  // namespace pao::bot::auth
