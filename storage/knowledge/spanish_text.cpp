#include "storage/knowledge/spanish_text.hpp"

#include <libstemmer.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <new>
#include <optional>

namespace pao::storage::knowledge {

namespace {

// The next code point of `text` from `at`, which moves on by at least one byte; nothing for a byte that
// starts no well-formed sequence.
std::optional<char32_t> next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  const std::size_t length = first < 0x80             ? 1
                             : (first & 0xE0) == 0xC0 ? 2
                             : (first & 0xF0) == 0xE0 ? 3
                             : (first & 0xF8) == 0xF0 ? 4
                                                      : 0;
  if (length == 0 || at + length > text.size()) {
    ++at;
    return std::nullopt;
  }
  char32_t point = length == 1 ? first : first & (0xFF >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) {
      ++at;
      return std::nullopt;
    }
    point = (point << 6) | (byte(at + i) & 0x3F);
  }
  at += length;
  return point;
}

// The ASCII letter under a Latin letter with a mark (U+00C0…U+00FF), or 0.
char base_letter(char32_t point) {
  static constexpr char table[] =
      "aaaaaaaceeeeiiiidnooooo\0ouuuuyts"
      "aaaaaaaceeeeiiiidnooooo\0ouuuuyty";
  static_assert(sizeof(table) == 0x100 - 0xC0 + 1);
  return point >= 0xC0 && point <= 0xFF ? table[point - 0xC0] : '\0';
}

bool is_dropped(char32_t point) {
  return (point >= 0x300 && point <= 0x36F) || point == 0xAD || point == 0x200B || point == 0x200C ||
         point == 0x200D || point == 0xFEFF;
}

char folded(char32_t point) {
  if (point >= 'A' && point <= 'Z') return static_cast<char>(point - 'A' + 'a');
  if ((point >= 'a' && point <= 'z') || (point >= '0' && point <= '9')) return static_cast<char>(point);
  const char base = base_letter(point);
  return base != 0 ? base : ' ';
}

bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}

// "holaaa" -> "hola"; Spanish has no letter three times in a row.
std::string without_stretched_letters(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && text[end] == text[i]) ++end;
    const std::size_t run = end - i;
    out.append(is_letter(text[i]) && run >= 3 ? 1 : run, text[i]);
    i = end;
  }
  return out;
}

struct StemmerDeleter {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};

sb_stemmer* thread_stemmer() {
  thread_local const std::unique_ptr<sb_stemmer, StemmerDeleter> stemmer(sb_stemmer_new("spanish", "UTF_8"));
  if (!stemmer) throw std::bad_alloc();
  return stemmer.get();
}

}  // namespace

std::string fold(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const std::optional<char32_t> point = next_code_point(utf8, at);
    if (!point || is_dropped(*point)) continue;
    const char c = folded(*point);
    if (c != ' ' || (!out.empty() && out.back() != ' ')) out.push_back(c);
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return without_stretched_letters(out);
}

std::vector<std::string> fold_words(std::string_view utf8) {
  std::vector<std::string> out;
  const std::string text = fold(utf8);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

std::string stem(std::string_view folded_word) {
  if (!std::all_of(folded_word.begin(), folded_word.end(), is_letter)) return std::string(folded_word);
  sb_stemmer* stemmer = thread_stemmer();
  const sb_symbol* out = sb_stemmer_stem(stemmer, reinterpret_cast<const sb_symbol*>(folded_word.data()),
                                         static_cast<int>(folded_word.size()));
  if (out == nullptr) throw std::bad_alloc();
  return {reinterpret_cast<const char*>(out), static_cast<std::size_t>(sb_stemmer_length(stemmer))};
}

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > limit) return limit + 1;
  std::vector<std::size_t> before(a.size() + 1), last(a.size() + 1), row(a.size() + 1);
  for (std::size_t i = 0; i <= a.size(); ++i) last[i] = i;
  for (std::size_t j = 1; j <= b.size(); ++j) {
    row[0] = j;
    std::size_t least = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
      const std::size_t replace = last[i - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[i] = std::min({replace, last[i] + 1, row[i - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[i] = std::min(row[i], before[i - 2] + 1);
      least = std::min(least, row[i]);
    }
    if (least > limit) return limit + 1;
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[a.size()];
}

}  // namespace pao::storage::knowledge
