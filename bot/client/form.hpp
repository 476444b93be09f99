// Filling in a card's fields line by line.
#pragma once

#include "bot/client/card_text.hpp"

#include <functional>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace pao::bot::client {

// The next line that the person typed; nothing at the end of the input.
using ReadLine = std::function<std::optional<std::string>(const std::string& prompt)>;

// What a typed line means for that field, as the value a card would send: the choice's value for its number
// or title, the toggle's values for "sí" and "no", the present value for an empty line. Nothing when it is
// none of the choices, or when a required field would stay empty.
std::optional<std::string> field_value(const CardInput& input, const std::string& typed);

// Asks every visible field and returns the values by field id, hidden fields included. Nothing when the
// person gave up ("/cancelar") or the input ended.
std::optional<std::map<std::string, std::string>> fill_form(const std::vector<CardInput>& inputs,
                                                            const ReadLine& read, std::ostream& out,
                                                            bool plain);

}  // namespace pao::bot::client
