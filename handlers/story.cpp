#include "handlers/story.hpp"

#include "storage/knowledge/content_lines.hpp"
#include "storage/knowledge/spanish_text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace pao::handlers {

namespace {

constexpr std::size_t shortest_story = 22;  // words
constexpr std::size_t fewest_words = 3;     // of the question

// Where the sentence that begins at `from` ends, its mark included.
std::size_t end_of_sentence(std::string_view text, std::size_t from) {
  for (std::size_t i = from; i < text.size(); ++i) {
    const bool last = i + 1 == text.size() || text[i + 1] == ' ' || text[i + 1] == '\n';
    if (text[i] == '?' || text[i] == '\n') return i + 1;
    if ((text[i] == '.' || text[i] == '!' || text[i] == ';') && last) return i + 1;
  }
  return text.size();
}

// From the opening mark on, where there is one: what stands before it is the story.
std::string_view from_opening_mark(std::string_view sentence) {
  const std::size_t mark = sentence.rfind("\xC2\xBF");
  return mark == std::string_view::npos ? sentence : sentence.substr(mark);
}

bool begins_with_a_question_word(std::string_view sentence) {
  static constexpr std::array<std::string_view, 12> words{"que",     "como",    "cuando", "cuanto",
                                                          "cuantos", "cuantas", "quien",  "donde",
                                                          "cual",    "cuales",  "puedo",  "debo"};
  const std::vector<std::string> folded = storage::knowledge::fold_words(sentence);
  return !folded.empty() && std::find(words.begin(), words.end(), folded.front()) != words.end();
}

}  // namespace

std::string_view question_within(std::string_view text) {
  if (storage::knowledge::fold_words(text).size() < shortest_story) return {};
  std::string_view marked;
  std::string_view worded;
  std::size_t marks = 0;
  std::size_t sentences = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = end_of_sentence(text, at);
    const std::string_view sentence = storage::knowledge::trim(text.substr(at, end - at));
    at = end;
    if (storage::knowledge::fold_words(sentence).size() < fewest_words) continue;
    ++sentences;
    if (sentence.back() == '?') {
      ++marks;
      marked = from_opening_mark(sentence);
      if (marked.size() < sentence.size()) ++sentences;
    } else if (begins_with_a_question_word(sentence)) {
      worded = sentence;
    }
  }
  if (sentences < 2 || marks > 1) return {};
  const std::string_view found = marks == 1 ? marked : worded;
  return storage::knowledge::fold_words(found).size() < fewest_words ? std::string_view{} : found;
}

}  // namespace pao::handlers
