#include "handlers/consult/short_reply.hpp"

#include "storage/knowledge/spanish_text.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

namespace pao::handlers::consult {
namespace {

namespace knowledge = storage::knowledge;
using knowledge::SearchIndex;

constexpr std::size_t longest_reply = 80;  // bytes
constexpr std::size_t most_words = 8;

template <std::size_t Count>
bool is_one_of(std::string_view text, const std::array<std::string_view, Count>& list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

// What is said around a choice: "quiero ver la de riesgos, por favor".
bool is_filler(const std::string& word) {
  static constexpr std::array<std::string_view, 29> fillers{
      "la",   "el",       "lo",   "las",   "los",  "de",   "del",    "a",     "al",      "en",
      "por",  "favor",    "para", "sobre", "con",  "y",    "es",     "seria", "opcion",  "numero",
      "tema", "criterio", "ese",  "esa",   "esta", "este", "quiero", "ver",   "practica"};
  return is_one_of(word, fillers);
}

std::vector<std::string> telling_words(std::string_view text) {
  std::vector<std::string> words = knowledge::fold_words(text);
  std::erase_if(words, is_filler);
  return words;
}

// 1 for the first; 0 when the word names no place among `count`.
std::size_t place_of(const std::string& word, std::size_t count) {
  static constexpr std::array<std::pair<std::string_view, std::size_t>, 14> names{{{"1", 1},
                                                                                   {"primero", 1},
                                                                                   {"primera", 1},
                                                                                   {"primer", 1},
                                                                                   {"uno", 1},
                                                                                   {"una", 1},
                                                                                   {"2", 2},
                                                                                   {"segundo", 2},
                                                                                   {"segunda", 2},
                                                                                   {"dos", 2},
                                                                                   {"3", 3},
                                                                                   {"tercero", 3},
                                                                                   {"tercera", 3},
                                                                                   {"tres", 3}}};
  if (word == "ultimo" || word == "ultima") return count;
  const auto found =
      std::find_if(names.begin(), names.end(), [&](const auto& each) { return each.first == word; });
  return found == names.end() || found->second > count ? 0 : found->second;
}

// Whether every word is of the criterion: of its code, title or practice.
bool names(const std::vector<std::string>& words, const procedure::Criterion& criterion,
           const SearchIndex& index) {
  const procedure::PracticeRules* rules = index.practice(criterion.practice);
  std::unordered_set<std::string> own;
  for (const std::string& word : knowledge::fold_words(criterion.code + " " + criterion.title + " " +
                                                       criterion.practice + " " + (rules ? rules->name : "")))
    own.insert(knowledge::stem(word));
  return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
    return own.contains(knowledge::stem(word)) ||
           index.lexicon().analyse(word).practices.contains(criterion.practice);
  });
}

}  // namespace

bool says_yes(std::string_view text) {
  static constexpr std::array<std::string_view, 18> yes{
      "si",      "si por favor", "si porfa",  "si claro",  "si senor",  "si senora",
      "si dale", "si gracias",   "si quiero", "si pasela", "si paselo", "si pasesela",
      "claro",   "claro que si", "por favor", "dale",      "hagale",    "de acuerdo"};
  return text.size() <= longest_reply && is_one_of(knowledge::fold(text), yes);
}

bool says_no(std::string_view text) {
  static constexpr std::array<std::string_view, 4> no{"no", "no senor", "no senora", "no por ahora"};
  return text.size() <= longest_reply && is_one_of(knowledge::fold(text), no);
}

bool may_choose(std::string_view text) {
  return text.size() <= longest_reply && knowledge::fold_words(text).size() <= most_words;
}

std::optional<std::string> option_meant(std::string_view text, const std::vector<std::string>& options,
                                        const SearchIndex& index) {
  const std::vector<std::string> words = telling_words(text);
  if (words.empty() || !may_choose(text)) return std::nullopt;
  if (words.size() == 1) {
    if (const std::size_t place = place_of(words.front(), options.size())) return options[place - 1];
  }
  std::optional<std::string> meant;
  for (const std::string& code : options) {
    const procedure::Criterion* criterion = index.find(code);
    if (criterion == nullptr || !names(words, *criterion, index)) continue;
    if (meant) return std::nullopt;
    meant = code;
  }
  return meant;
}

}  // namespace pao::handlers::consult
