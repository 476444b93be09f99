#include "handlers/consult/several_questions.hpp"

#include "storage/knowledge/content_lines.hpp"
#include "storage/knowledge/spanish_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace pao::handlers::consult {
namespace {

using storage::knowledge::fold_words;
using storage::knowledge::trim;

constexpr std::size_t fewest_words = 2;           // "¿y eso?" and "¿sí?" ask nothing of their own
constexpr std::size_t fewest_words_unmarked = 3;  // "como siempre" is no question

// The piece that ends here, cut off from the rest.
std::string_view take_until(std::string_view& rest, std::size_t end) {
  const bool closed = end < rest.size() && rest[end] == '?';
  const std::string_view piece = rest.substr(0, closed ? end + 1 : end);
  rest.remove_prefix(std::min(rest.size(), piece.size() + (closed ? 0 : 1)));
  return trim(piece);
}

// "1. hasta cuándo…", "2) quién…", "- cada cuánto…": without what only lists it.
std::string_view without_list_mark(std::string_view line) {
  std::size_t at = 0;
  while (at < line.size() && std::isdigit(static_cast<unsigned char>(line[at])) != 0) ++at;
  const bool numbered = at > 0 && at <= 2 && at < line.size() && (line[at] == '.' || line[at] == ')');
  if (numbered) return trim(line.substr(at + 1));
  for (const std::string_view bullet : {"- ", "* ", "\xE2\x80\xA2"}) {
    if (line.starts_with(bullet)) return trim(line.substr(bullet.size()));
  }
  return line;
}

bool begins_like_a_question(const std::vector<std::string>& words) {
  static constexpr std::array<std::string_view, 11> before{"y",  "o",   "hasta", "cada", "desde", "a",
                                                           "en", "con", "de",    "por",  "para"};
  static constexpr std::array<std::string_view, 13> question_words{
      "que",   "como",    "cuando", "cuanto", "cuantos", "cuanta", "cuantas",
      "quien", "quienes", "donde",  "cual",   "cuales",  "puedo"};
  const auto is_in = [](const auto& list, const std::string& word) {
    return std::find(list.begin(), list.end(), word) != list.end();
  };
  const auto first =
      std::find_if(words.begin(), words.end(), [&](const std::string& word) { return !is_in(before, word); });
  return first != words.end() && first - words.begin() <= 2 && is_in(question_words, *first);
}

bool has_opening_mark(std::string_view piece) {
  return piece.find("\xC2\xBF") != std::string_view::npos;
}

}  // namespace

std::vector<std::string> questions_in(std::string_view text) {
  std::vector<std::string> out;
  bool begins_line = true;
  while (!text.empty()) {
    const std::size_t end = text.find_first_of("?\n");
    const bool closed = end != std::string_view::npos && text[end] == '?';
    const std::string_view piece = without_list_mark(take_until(text, end));
    while (!text.empty() && (text.front() == '?' || text.front() == '!')) text.remove_prefix(1);
    const std::vector<std::string> words = fold_words(piece);
    const bool marked = closed || has_opening_mark(piece);
    // What follows a question on its line, without a mark of its own, belongs to it.
    const bool worded = begins_line && words.size() >= fewest_words_unmarked && begins_like_a_question(words);
    if (marked ? words.size() >= fewest_words : worded) out.emplace_back(piece);
    begins_line = !closed;
  }
  return out;
}

}  // namespace pao::handlers::consult
