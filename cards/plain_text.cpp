// What makes foreign text harmless: cleaning, escaping, cutting.
#include "cards/texts.hpp"

namespace pao::cards {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// U+202A…U+202E and U+2066…U+2069 turn the reading direction and can make a text look like another.
bool turns_direction(std::string_view at) {
  if (at.size() < 3 || at[0] != '\xE2') return false;
  if (at[1] == '\x80') return at[2] >= '\xAA' && at[2] <= '\xAE';
  return at[1] == '\x81' && at[2] >= '\xA6' && at[2] <= '\xA9';
}

// "&lt;" and "&#60;" would be read as the character they name.
bool starts_entity(std::string_view at) {
  std::size_t i = 1;
  if (i < at.size() && at[i] == '#') ++i;
  const std::size_t name = i;
  while (i < at.size() && i < 12 && (is_letter(at[i]) || is_digit(at[i]))) ++i;
  return i > name && i < at.size() && at[i] == ';';
}

bool starts_tag(std::string_view at) {
  return at.size() > 1 && (is_letter(at[1]) || at[1] == '/' || at[1] == '!' || at[1] == '?');
}

// Whether the character would make a line a list item, a quotation or a heading.
bool marks_line(std::string_view at) {
  const bool alone = at.size() < 2 || at[1] == ' ' || at[1] == at[0];
  return at[0] == '#' || at[0] == '>' || at[0] == '=' || ((at[0] == '-' || at[0] == '+') && alone);
}

}  // namespace

std::string clean(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (turns_direction(text.substr(i))) {
      i += 2;
    } else if (c == '\n' || static_cast<unsigned char>(c) >= 0x20) {
      if (c != '\x7F') out += c;
    } else if (c == '\t') {
      out += ' ';
    }
  }
  return out;
}

std::string plain(std::string_view text) {
  const std::string cleaned = clean(text);
  const std::string_view source = cleaned;
  std::string out;
  out.reserve(source.size() + 16);
  bool line_start = true;
  bool numbered = false;  // only digits so far in this line: "1." would start a list
  for (std::size_t i = 0; i < source.size(); ++i) {
    const char c = source[i];
    const std::string_view at = source.substr(i);
    const bool special = c == '\\' || c == '*' || c == '_' || c == '[' || c == ']' || c == '`' || c == '~';
    const bool card_function = c == '{' && i > 0 && source[i - 1] == '{';
    const bool list_number = numbered && (c == '.' || c == ')');
    if (c == '<' && starts_tag(at)) {
      out += "&lt;";
    } else if (c == '&' && starts_entity(at)) {
      out += "&amp;";
    } else {
      if (special || card_function || list_number || (line_start && marks_line(at))) out += '\\';
      out += c;
    }
    numbered = is_digit(c) && (line_start || numbered);
    line_start = c == '\n' || (line_start && c == ' ');
  }
  return out;
}

std::string shorten(std::string_view text, std::size_t max_bytes) {
  constexpr std::string_view ellipsis = "…";
  if (text.size() <= max_bytes) return std::string(text);
  std::size_t end = max_bytes > ellipsis.size() ? max_bytes - ellipsis.size() : 0;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  const std::size_t space = text.substr(0, end).rfind(' ');
  if (space != std::string_view::npos && end - space < 20 && space > 0) end = space;
  return std::string(text.substr(0, end)) + std::string(ellipsis);
}

}  // namespace pao::cards
