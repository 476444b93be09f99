#include "bot/answers/model_json.hpp"

namespace pao::bot::answers {

using nlohmann::json;

namespace {

constexpr int deepest = 16;  // levels

}  // namespace

json parse_model_json(std::string_view text) {
  const auto shallow = [](int depth, json::parse_event_t, json&) { return depth <= deepest; };
  return json::parse(text, shallow, false);
}

const json& first_choice(const json& answer) {
  static const json none;
  if (!answer.is_object()) return none;
  const auto choices = answer.find("choices");
  if (choices == answer.end() || !choices->is_array() || choices->empty()) return none;
  return choices->front().is_object() ? choices->front() : none;
}

std::optional<std::string> text_member(const json& object, const char* name) {
  if (!object.is_object()) return std::nullopt;
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

}  // namespace pao::bot::answers
