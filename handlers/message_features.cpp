#include "handlers/message_features.hpp"

#include "storage/knowledge/nearest_examples.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace pao::handlers {

namespace {

namespace knowledge = storage::knowledge;

constexpr std::size_t shortest_form = 6;  // letters; below, beginning and ending are the word itself

bool is_id_char(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-';
}

// "PAI-TES-03", "SS-2026-0045", "CTL-DIR-01-1", "SS-4": letters first, at least one hyphen, a digit at the
// end part.
bool is_id(std::string_view word) {
  const std::size_t hyphen = word.find('-');
  if (hyphen == std::string_view::npos || hyphen < 2 || hyphen > 5) return false;
  const bool letters = std::all_of(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(hyphen),
                                   [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; });
  return letters && std::isdigit(static_cast<unsigned char>(word.back())) != 0;
}

bool is_question_word(std::string_view word) {
  static constexpr std::array<std::string_view, 9> words{"que",   "como", "cuando", "cuanto", "quien",
                                                         "donde", "cual", "cuales", "porque"};
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_infinitive(std::string_view word) {
  return word.size() > 3 && (word.ends_with("ar") || word.ends_with("er") || word.ends_with("ir"));
}

std::string written(const knowledge::Token& token) {
  return std::all_of(token.word.begin(), token.word.end(), [](char c) { return c >= '0' && c <= '9'; })
             ? "#"
             : token.stem;
}

}  // namespace

std::vector<std::string> mentioned_ids(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_id_char(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_id_char(text[end])) ++end;
    std::string word(text.substr(at, end - at));
    while (!word.empty() && word.back() == '-') word.pop_back();
    std::transform(word.begin(), word.end(), word.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    if (is_id(word) && std::find(out.begin(), out.end(), word) == out.end()) out.push_back(std::move(word));
    at = end;
  }
  return out;
}

std::vector<std::string> message_features(const knowledge::Analysis& analysis,
                                          const std::vector<std::string>& ids) {
  std::vector<std::string> out{"always"};
  const std::vector<knowledge::Token>& tokens = analysis.tokens;
  bool asks = false;
  std::string before = "^";
  for (const knowledge::Token& token : tokens) {
    const std::string now = written(token);
    out.push_back("w " + now);
    out.push_back("p " + before + " " + now);
    // The beginning bridges forms that the stemmer keeps apart ("registrela", "registrar"); the ending tells
    // orders ("quiteme") from descriptions.
    if (token.word.size() >= shortest_form) {
      out.push_back("b " + token.word.substr(0, 5));
      out.push_back("e " + token.word.substr(token.word.size() - 3));
    }
    asks = asks || is_question_word(token.word);
    before = now;
  }
  out.push_back("p " + before + " $");
  for (const std::string& concept_name : analysis.concepts) out.push_back("c " + concept_name);
  if (!tokens.empty()) {
    out.push_back("first " + written(tokens.front()));
    out.push_back(is_question_word(tokens.front().word) ? "starts with a question word" : "starts otherwise");
    if (is_infinitive(tokens.front().word)) out.push_back("starts with an infinitive");
  }
  out.push_back(asks ? "has a question word" : "has no question word");
  out.push_back(analysis.practices.empty() ? "names no practice" : "names a practice");
  if (tokens.size() <= 2) out.push_back("very short");
  for (const std::string& id : ids)
    out.push_back(id.starts_with("SS-") ? "mentions a request" : "mentions an item");
  return out;
}

bool is_request_number(std::string_view id) {
  return id.starts_with("PAO-") || (id.starts_with("SS-") && !is_request_kind(id));
}

bool is_request_kind(std::string_view id) {
  constexpr std::size_t longest_kind = 5;  // "SS-12"
  return id.starts_with("SS-") && id.size() <= longest_kind;
}

bool is_item_id(std::string_view id) {
  return !id.starts_with("SS-") && !id.starts_with("PAO-");
}

std::vector<std::string> likeness_features(std::vector<std::string> message_features,
                                           const knowledge::Analysis& analysis) {
  for (const knowledge::Token& token : analysis.tokens)
    knowledge::add_letter_groups(token.word, message_features);
  return message_features;
}

}  // namespace pao::handlers
