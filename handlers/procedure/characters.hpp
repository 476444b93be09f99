// Texts that people type: their length as a person counts it, and what they are without the blanks around.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace pao::procedure {

// Characters of a UTF-8 text: every byte that does not continue a character begins one.
inline std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

inline bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// Without the blanks before and behind it.
inline std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

}  // namespace pao::procedure
