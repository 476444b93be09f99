// Reading what a language model's endpoint says: JSON of a stranger, believed in nothing but its form.
#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace pao::bot::answers {

// Discarded when it is no JSON, or nested deeper than any answer is.
nlohmann::json parse_model_json(std::string_view text);

// The first of "choices"; null when there is none of that form.
const nlohmann::json& first_choice(const nlohmann::json& answer);

// The member of that name when it is a text.
std::optional<std::string> text_member(const nlohmann::json& object, const char* name);

}  // namespace pao::bot::answers
