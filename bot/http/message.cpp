#include "bot/http/message.hpp"

#include <algorithm>

namespace pao::bot::http {

namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

}  // namespace

bool same_text(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

std::optional<std::string_view> Request::header(std::string_view name) const {
  for (const HeaderLine& line : headers)
    if (same_text(line.name, name)) return line.value;
  return std::nullopt;
}

}  // namespace pao::bot::http
