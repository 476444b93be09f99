#include "bot/protocol/card_values.hpp"

#include "bot/protocol/json_fields.hpp"
#include "bot/protocol/message_text.hpp"

#include <nlohmann/json.hpp>

namespace pao::bot::protocol {
namespace {

using Json = nlohmann::json;

std::string value_text(const Json& value) {
  if (value.is_string()) return without_controls(value.get_ref<const std::string&>());
  if (value.is_null()) return {};
  return value.dump();
}

}  // namespace

Result<void> read_values(const Json& data, Activity& activity) {
  for (const auto& [name, value] : data.items()) {
    if (name == "verb" || name == "msteams") continue;
    std::string text = value_text(value);
    if (activity.values.size() >= handlers::max_values || name.size() > max_name_bytes ||
        text.size() > handlers::max_value_bytes) {
      return fail(ErrorCode::invalid, "activity: the card carries too much");
    }
    activity.values.emplace(name, std::move(text));
  }
  return {};
}

Result<void> read_submitted(const Json* data, Activity& activity) {
  if (data == nullptr || !data->is_object()) return {};
  activity.verb = optional_text(*data, "verb", max_name_bytes);
  return activity.verb.empty() ? Result<void>{} : read_values(*data, activity);
}

}  // namespace pao::bot::protocol
