#include "handlers/consult/anonymous_question.hpp"

#include "storage/knowledge/lexicon.hpp"

#include <algorithm>
#include <set>
#include <unordered_set>
#include <vector>

namespace pao::handlers::consult {
namespace {

using storage::knowledge::fold_words;
using Words = std::unordered_set<std::string>;

constexpr std::size_t longest_number =
    4;  // digits: a year, an amount of days; more is somebody's or something's

void add_words(Words& words, std::string_view text) {
  for (std::string& word : fold_words(text)) words.insert(std::move(word));
}

Words vocabulary_of(const Reference& reference) {
  Words words = storage::knowledge::default_lexicon().words();
  for (const auto& phrasing : storage::knowledge::default_phrasings()) add_words(words, phrasing.text);
  for (const procedure::Criterion& criterion : reference.criteria) {
    add_words(words, criterion.title);
    add_words(words, criterion.text);
  }
  return words;
}

Words names_of(const Reference& reference) {
  Words names;
  for (const procedure::Person& person : reference.people) {
    for (std::string& word : fold_words(person.name)) {
      if (word.size() > 3) names.insert(std::move(word));
    }
  }
  return names;
}

struct Typed {
  std::string text;                // with what surrounds it
  std::vector<std::string> words;  // folded
  bool capital = false;            // inside a sentence
  bool is_name = false;            // all of its words are somebody's
};

bool is_capital(std::string_view text) {
  if (text.empty()) return false;
  if (text[0] >= 'A' && text[0] <= 'Z') return true;
  const auto second = text.size() > 1 ? static_cast<unsigned char>(text[1]) : 0;
  return static_cast<unsigned char>(text[0]) == 0xC3 && second >= 0x81 && second <= 0x9C;
}

std::vector<Typed> typed_words(std::string_view question, const Words& names) {
  std::vector<Typed> typed;
  bool first = true;
  for (std::size_t at = 0; at < question.size();) {
    const std::size_t from = question.find_first_not_of(" \t\r\n", at);
    if (from == std::string_view::npos) break;
    at = std::min(question.find_first_of(" \t\r\n", from), question.size());
    Typed word{std::string(question.substr(from, at - from)), {}, false, false};
    word.words = fold_words(word.text);
    const std::size_t letter = word.text.find_first_not_of("\"'([¿¡");
    word.capital =
        !first && letter != std::string::npos && is_capital(std::string_view(word.text).substr(letter));
    word.is_name = !word.words.empty() && std::all_of(word.words.begin(), word.words.end(),
                                                      [&](const auto& each) { return names.contains(each); });
    first = word.text.find_first_of(".!?", word.text.size() - 1) != std::string::npos;
    typed.push_back(std::move(word));
  }
  return typed;
}

bool is_number(const std::string& word) {
  return word.find_first_not_of("0123456789") == std::string::npos;
}

// "PLA-05" of a guideline, "SS-4" of a type: what everybody has.
bool is_public_code(const Typed& typed, const Reference& reference) {
  if (typed.words.size() != 2 || !is_number(typed.words[1])) return false;
  if (typed.words[0] == "ss") return typed.words[1].size() == 1;
  return std::any_of(reference.criteria.begin(), reference.criteria.end(),
                     [&](const procedure::Criterion& each) { return fold_words(each.code) == typed.words; });
}

bool has_letter_and_digit(const Typed& typed) {
  const bool digit = typed.text.find_first_of("0123456789") != std::string::npos;
  return digit && std::any_of(typed.words.begin(), typed.words.end(),
                              [](const auto& word) { return !is_number(word); });
}

std::size_t digits_in(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

bool may_leave(const Typed& typed, const Words& vocabulary, const Reference& reference) {
  if (typed.words.empty()) return false;
  if (typed.text.find('@') != std::string::npos || typed.text.find("://") != std::string::npos) return false;
  if (is_public_code(typed, reference)) return true;
  if (has_letter_and_digit(typed) || digits_in(typed.text) > longest_number) return false;
  if (typed.is_name && typed.capital) return false;
  return std::all_of(typed.words.begin(), typed.words.end(),
                     [&](const std::string& word) { return is_number(word) || vocabulary.contains(word); });
}

}  // namespace

std::string anonymous_question(std::string_view question, const Reference& reference) {
  const Words vocabulary = vocabulary_of(reference), names = names_of(reference);
  const std::vector<Typed> typed = typed_words(question, names);
  std::string out;
  bool gap = false;
  for (std::size_t at = 0; at < typed.size(); ++at) {
    const bool beside_name = typed[at].is_name && ((at > 0 && typed[at - 1].is_name) ||
                                                   (at + 1 < typed.size() && typed[at + 1].is_name));
    const bool leaves = !beside_name && may_leave(typed[at], vocabulary, reference);
    const std::string_view word = leaves ? std::string_view(typed[at].text) : left_out;
    if (!leaves && gap) continue;
    gap = !leaves;
    if (out.size() + word.size() + 1 > longest_anonymous) break;
    out += (out.empty() ? "" : " ");
    out += word;
  }
  return out;
}

}  // namespace pao::handlers::consult
