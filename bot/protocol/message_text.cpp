#include "bot/protocol/message_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

namespace pao::bot::protocol {
namespace {

// A piece of the input that is written as something else.
struct Piece {
  std::size_t length = 0;  // of the input; 0: no such piece here
  std::string written = {};
};

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool starts_with_ignoring_case(std::string_view text, std::string_view start) {
  return text.size() >= start.size() && std::equal(start.begin(), start.end(), text.begin(),
                                                   [](char a, char b) { return lower(a) == lower(b); });
}

void append_utf8(std::string& out, std::uint32_t code) {
  if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = 0xFFFD;
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0U | (code >> 6U));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0U | (code >> 12U));
    out += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  } else {
    out += static_cast<char>(0xF0U | (code >> 18U));
    out += static_cast<char>(0x80U | ((code >> 12U) & 0x3FU));
    out += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  }
}

bool is_dropped_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F;
}

struct NamedCharacter {
  std::string_view name;
  std::string_view text;
};

// The references that Teams writes; it sends every other character as itself.
constexpr std::array<NamedCharacter, 6> named_characters{
    {{"amp;", "&"}, {"lt;", "<"}, {"gt;", ">"}, {"quot;", "\""}, {"apos;", "'"}, {"nbsp;", " "}}};

std::optional<std::uint32_t> numeric_reference(std::string_view digits, int base) {
  std::uint32_t code = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), code, base);
  if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) return std::nullopt;
  return code;
}

Piece character_reference(std::string_view text) {
  constexpr std::size_t longest = 10;  // "&#1114111;"
  for (const NamedCharacter& named : named_characters) {
    if (text.substr(1, named.name.size()) == named.name) {
      return {named.name.size() + 1, std::string(named.text)};
    }
  }
  if (text.size() < 4 || text[1] != '#') return {};
  const std::size_t end = text.substr(0, longest).find(';');
  if (end == std::string_view::npos) return {};
  const bool hex = text[2] == 'x' || text[2] == 'X';
  const std::size_t first = hex ? 3 : 2;
  const auto code = numeric_reference(text.substr(first, end - first), hex ? 16 : 10);
  if (!code) return {};
  Piece piece{end + 1};
  append_utf8(piece.written, *code == 0xA0 ? 0x20 : *code);
  if (piece.written.size() == 1 && is_dropped_control(piece.written[0])) piece.written.clear();
  return piece;
}

Piece quoted_placeholder(std::string_view text) {
  constexpr std::string_view start = "<quoted messageId=\"";
  if (text.substr(0, start.size()) != start) return {};
  const std::size_t end = text.find("/>", start.size());
  return end == std::string_view::npos ? Piece{} : Piece{end + 2};
}

// A mention as it may stand in the text. The entity's own text comes first; the display name in the tags
// helps when the two differ in case only.
struct Pattern {
  std::string text;
  const Mention* mention;
};

std::vector<Pattern> patterns_of(const std::vector<Mention>& mentions) {
  std::vector<Pattern> patterns;
  for (const Mention& mention : mentions) {
    // Anything else than tags would let an entity rewrite ordinary words.
    if (starts_with_ignoring_case(mention.text, "<at")) patterns.push_back({mention.text, &mention});
    if (!mention.name.empty()) patterns.push_back({"<at>" + mention.name + "</at>", &mention});
  }
  return patterns;
}

const Pattern* pattern_at(std::string_view text, const std::vector<Pattern>& patterns) {
  for (const Pattern& pattern : patterns) {
    if (starts_with_ignoring_case(text, pattern.text)) return &pattern;
  }
  return nullptr;
}

constexpr std::string_view nbsp = "\xC2\xA0";

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\n\r";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string_view cut(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  while (max_bytes > 0 && (static_cast<unsigned char>(text[max_bytes]) & 0xC0U) == 0x80U) --max_bytes;
  return text.substr(0, max_bytes);
}

}  // namespace

CleanText clean_message_text(std::string_view text, const std::vector<Mention>& mentions,
                             std::size_t max_bytes) {
  const std::vector<Pattern> patterns = patterns_of(mentions);
  CleanText clean;
  std::string& out = clean.text;
  out.reserve(text.size());
  while (!text.empty()) {
    const char c = text[0];
    Piece piece;
    if (c == '<') {
      if (const Pattern* found = pattern_at(text, patterns)) {
        piece.length = found->text.size();
        if (found->mention->ours) {
          clean.mentions_us = true;
        } else {
          piece.written = found->mention->name;
        }
      } else {
        piece = quoted_placeholder(text);
      }
    } else if (c == '&') {
      piece = character_reference(text);
    } else if (text.substr(0, nbsp.size()) == nbsp) {
      piece = {nbsp.size(), " "};
    } else if (is_dropped_control(c)) {
      piece = {1, ""};
    }
    if (piece.length > 0) {
      out += piece.written;
      text.remove_prefix(piece.length);
    } else {
      out += c;
      text.remove_prefix(1);
    }
  }
  clean.text = std::string(trimmed(cut(trimmed(out), max_bytes)));
  return clean;
}

std::string without_controls(std::string text) {
  text.erase(std::remove_if(text.begin(), text.end(), is_dropped_control), text.end());
  return text;
}

}  // namespace pao::bot::protocol
