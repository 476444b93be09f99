#include "bot/client/form.hpp"

#include "bot/client/terminal_text.hpp"

#include <charconv>
#include <sstream>

namespace pao::bot::client {
namespace {

std::string trimmed(const std::string& text) {
  const auto begin = text.find_first_not_of(" \t\r");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

// The value of the choice with that number (from 1) or that title.
std::optional<std::string> choice_value(const CardInput& input, const std::string& typed) {
  std::size_t number = 0;
  const auto parsed = std::from_chars(typed.data(), typed.data() + typed.size(), number);
  const bool is_number = parsed.ec == std::errc{} && parsed.ptr == typed.data() + typed.size();
  if (is_number && number >= 1 && number <= input.choices.size()) return input.choices[number - 1].first;
  for (const auto& [value, title] : input.choices)
    if (typed == title || typed == value) return value;
  return std::nullopt;
}

std::optional<std::string> choices_value(const CardInput& input, const std::string& typed) {
  std::istringstream parts(typed);
  std::string part, joined;
  while (std::getline(parts, part, ',')) {
    const auto value = choice_value(input, trimmed(part));
    if (!value) return std::nullopt;
    joined += (joined.empty() ? "" : ",") + *value;
  }
  return joined;
}

std::optional<std::string> toggle_value(const CardInput& input, const std::string& typed) {
  if (typed == "s" || typed == "si" || typed == "sí" || typed == "Sí") return input.value_on;
  if (typed == "n" || typed == "no" || typed == "No") return input.value_off;
  return std::nullopt;
}

void show_choices(const CardInput& input, std::ostream& out, bool plain) {
  int number = 1;
  for (const auto& [value, title] : input.choices) {
    const auto mark = value == input.value ? " (actual)" : "";
    out << terminal_line({std::to_string(number++) + ") " + title + mark, CardLine::Style::normal, 1}, plain);
  }
}

void show_field(const CardInput& input, std::ostream& out, bool plain) {
  const auto mark = input.required ? " (obligatorio)" : "";
  out << terminal_line({input.label + mark, CardLine::Style::heading, 0}, plain);
  if (!input.hint.empty()) out << terminal_line({input.hint, CardLine::Style::subtle, 0}, plain);
  if (input.kind == CardInput::Kind::choice || input.kind == CardInput::Kind::choices)
    return show_choices(input, out, plain);
  if (input.kind == CardInput::Kind::toggle) {
    const bool on = input.value == input.value_on;
    out << terminal_line({on ? "Actual: sí" : "Actual: no", CardLine::Style::subtle, 0}, plain);
  } else if (!input.value.empty()) {
    out << terminal_line({"Actual: " + input.value, CardLine::Style::subtle, 0}, plain);
  }
}

const char* field_prompt(CardInput::Kind kind) {
  switch (kind) {
    case CardInput::Kind::number:
      return "número> ";
    case CardInput::Kind::date:
      return "AAAA-MM-DD> ";
    case CardInput::Kind::time:
      return "HH:MM> ";
    case CardInput::Kind::toggle:
      return "sí o no> ";
    case CardInput::Kind::choice:
      return "opción> ";
    case CardInput::Kind::choices:
      return "opciones, con comas> ";
    case CardInput::Kind::text:
      break;
  }
  return "texto> ";
}

std::string complaint(const CardInput& input, bool empty) {
  if (!empty) return "Escriba uno de los valores que se ofrecen.";
  return input.error.empty() ? "Este dato es obligatorio." : input.error;
}

}  // namespace

std::optional<std::string> field_value(const CardInput& input, const std::string& typed) {
  const auto line = trimmed(typed);
  if (line.empty()) {
    if (input.required && input.value.empty()) return std::nullopt;
    return input.value;
  }
  switch (input.kind) {
    case CardInput::Kind::choice:
      return choice_value(input, line);
    case CardInput::Kind::choices:
      return choices_value(input, line);
    case CardInput::Kind::toggle:
      return toggle_value(input, line);
    default:
      return line;
  }
}

std::optional<std::map<std::string, std::string>> fill_form(const std::vector<CardInput>& inputs,
                                                            const ReadLine& read, std::ostream& out,
                                                            bool plain) {
  std::map<std::string, std::string> values;
  for (const auto& input : inputs) {
    std::optional<std::string> value;
    if (!input.visible) value = input.value;
    if (!value) show_field(input, out, plain);
    while (!value) {
      const auto typed = read(field_prompt(input.kind));
      if (!typed || trimmed(*typed) == "/cancelar") return std::nullopt;
      value = field_value(input, *typed);
      if (!value)
        out << terminal_line({complaint(input, trimmed(*typed).empty()), CardLine::Style::attention, 0},
                             plain);
    }
    values[input.id] = *value;
  }
  return values;
}

}  // namespace pao::bot::client
