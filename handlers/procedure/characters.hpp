// Lengths as a person counts them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace pao::procedure {

// Characters of a UTF-8 text: every byte that does not continue a character begins one.
inline std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace pao::procedure
