#include "bot/client/terminal_text.hpp"

#include <algorithm>
#include <cctype>

namespace pao::bot::client {
namespace {

constexpr std::string_view bold_on = "\x1b[1m", bold_off = "\x1b[22m";
constexpr std::string_view italic_on = "\x1b[3m", italic_off = "\x1b[23m";
constexpr std::string_view reset = "\x1b[0m";

std::string_view colour(CardLine::Style style) {
  switch (style) {
    case CardLine::Style::heading:
      return "\x1b[1;36m";
    case CardLine::Style::subtle:
      return "\x1b[2m";
    case CardLine::Style::attention:
      return "\x1b[33m";
    case CardLine::Style::good:
      return "\x1b[32m";
    case CardLine::Style::normal:
      break;
  }
  return {};
}

bool word_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80;
}

// The link that starts at `at` ("[text](url)"): its length, 0 when there is none.
std::size_t link_length(std::string_view text, std::size_t at) {
  const auto middle = text.find(']', at);
  if (middle == std::string_view::npos || text.substr(middle, 2) != "](") return 0;
  const auto end = text.find(')', middle);
  return end == std::string_view::npos ? 0 : end - at + 1;
}

// Columns that the text takes: code points, without escape sequences.
int columns(std::string_view text) {
  int count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x1b') {
      while (i < text.size() && text[i] != 'm') ++i;
    } else if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) {
      ++count;
    }
  }
  return count;
}

}  // namespace

std::string inline_text(std::string_view markdown, bool plain) {
  std::string out;
  bool bold = false, italic = false;
  const auto toggle = [&](bool& state, std::string_view on, std::string_view off) {
    state = !state;
    if (!plain) out += state ? on : off;
  };
  for (std::size_t i = 0; i < markdown.size(); ++i) {
    const char c = markdown[i];
    if (c == '\\' && i + 1 < markdown.size() && std::ispunct(static_cast<unsigned char>(markdown[i + 1]))) {
      out += markdown[++i];
    } else if (markdown.substr(i, 2) == "**") {
      toggle(bold, bold_on, bold_off);
      ++i;
    } else if (c == '_' && (italic || i == 0 || !word_character(markdown[i - 1]))) {
      toggle(italic, italic_on, italic_off);
    } else if (const auto length = c == '[' ? link_length(markdown, i) : 0; length > 0) {
      const auto link = markdown.substr(i, length);
      const auto middle = link.find("](");
      out += std::string(link.substr(1, middle - 1)) + " (" +
             std::string(link.substr(middle + 2, link.size() - middle - 3)) + ")";
      i += length - 1;
    } else if (static_cast<unsigned char>(c) >= 0x20 || c == '\t') {  // never pass on control sequences
      out += c;
    }
  }
  if (!plain && (bold || italic)) out += reset;
  return out;
}

std::string terminal_line(const CardLine& line, bool plain, int width) {
  if (line.text.empty()) return "\n";
  const std::string margin(static_cast<std::size_t>(2 + 2 * line.indent), ' ');
  const auto text = inline_text(line.text, plain);
  std::string out = margin;
  if (!plain) out += colour(line.style);
  int used = static_cast<int>(margin.size());
  std::size_t begin = 0;
  while (begin < text.size()) {
    const auto end = std::min(text.find(' ', begin), text.size());
    const auto word = std::string_view(text).substr(begin, end - begin);
    const int length = columns(word);
    if (begin > 0) {
      const bool fits = used + 1 + length <= width;
      out += fits ? " " : "\n" + margin;
      used = fits ? used + 1 : static_cast<int>(margin.size());
    }
    out += word;
    used += length;
    begin = end + 1;
  }
  if (!plain && !colour(line.style).empty()) out += reset;
  return out + "\n";
}

}  // namespace pao::bot::client
