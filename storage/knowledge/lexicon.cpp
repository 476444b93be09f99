#include "storage/knowledge/lexicon.hpp"

#include "storage/embedded.hpp"
#include "storage/knowledge/content_lines.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace pao::storage::knowledge {

namespace {

// "plan de accion*3" is the phrase and its weight; without one it weighs 1.
std::pair<std::string_view, double> phrase_and_weight(std::string_view text) {
  const auto [phrase, number] = key_and_value(text, '*');
  double weight = 1;
  std::from_chars(number.data(), number.data() + number.size(), weight);
  return {phrase, weight};
}

}  // namespace

Lexicon::Lexicon(const Sources& sources) {
  for (const std::string_view line : content_lines(sources.stop_words)) stop_words_.insert(fold(line));
  for (const std::string_view line : content_lines(sources.spellings)) {
    const auto [typed, meant] = key_and_value(line, '=');
    std::vector<std::string> meant_words = fold_words(meant);
    words_.insert(meant_words.begin(), meant_words.end());
    for (const std::string_view one : split_trimmed(typed, ',')) spellings_[fold(one)] = meant_words;
  }
  add_expressions(sources.expressions, "~", concepts_);
  add_expressions(sources.practices, "", practices_);
  words_.insert(stop_words_.begin(), stop_words_.end());
}

void Lexicon::add_expressions(std::string_view file, std::string_view meaning_prefix,
                              ExpressionsByFirstStem& into) {
  for (const std::string_view line : content_lines(file)) {
    const auto [meaning, phrases] = key_and_value(line, ':');
    for (const std::string_view phrase : split_trimmed(phrases, ';')) {
      const auto [text, weight] = phrase_and_weight(phrase);
      Expression expression{{}, std::string(meaning_prefix) + std::string(meaning), weight};
      for (const Token& each : tokens(text)) {
        expression.stems.push_back(each.stem);
        words_.insert(each.word);
      }
      if (!expression.stems.empty()) into[expression.stems.front()].push_back(std::move(expression));
    }
  }
  for (auto& [first, expressions] : into) {
    std::stable_sort(expressions.begin(), expressions.end(), [](const Expression& a, const Expression& b) {
      return a.stems.size() > b.stems.size();
    });
  }
}

Token Lexicon::token(std::string word) const {
  Token out;
  out.stem = stem(word);
  out.stop = stop_words_.contains(word);
  out.word = std::move(word);
  return out;
}

std::vector<Token> Lexicon::tokens(std::string_view text) const {
  std::vector<Token> out;
  for (std::string& word : fold_words(text)) {
    const auto spelling = spellings_.find(word);
    if (spelling == spellings_.end()) {
      out.push_back(token(std::move(word)));
      continue;
    }
    for (const std::string& meant : spelling->second) out.push_back(token(meant));
  }
  return out;
}

const Lexicon::Expression* Lexicon::match(const ExpressionsByFirstStem& expressions,
                                          const std::vector<Token>& tokens, std::size_t at) {
  const auto found = expressions.find(tokens[at].stem);
  if (found == expressions.end()) return nullptr;
  for (const Expression& expression : found->second) {
    const auto& stems = expression.stems;
    if (at + stems.size() <= tokens.size() &&
        std::equal(stems.begin(), stems.end(), tokens.begin() + static_cast<std::ptrdiff_t>(at),
                   [](const std::string& stem, const Token& token) { return stem == token.stem; }))
      return &expression;
  }
  return nullptr;
}

Analysis Lexicon::analyse(std::vector<Token> tokens) const {
  Analysis out;
  // A single word may belong to several concepts, so every expression that starts here counts.
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const auto found = concepts_.find(tokens[at].stem);
    if (found == concepts_.end()) continue;
    for (const Expression& expression : found->second) {
      const auto& stems = expression.stems;
      const bool here =
          at + stems.size() <= tokens.size() &&
          std::equal(stems.begin(), stems.end(), tokens.begin() + static_cast<std::ptrdiff_t>(at),
                     [](const std::string& stem, const Token& token) { return stem == token.stem; });
      if (here &&
          std::find(out.concepts.begin(), out.concepts.end(), expression.meaning) == out.concepts.end())
        out.concepts.push_back(expression.meaning);
    }
  }
  // For the practice the longest expression speaks alone: "plan de continuidad" says nothing about planes.
  for (std::size_t at = 0; at < tokens.size();) {
    const Expression* expression = match(practices_, tokens, at);
    if (expression != nullptr && expression->meaning != "none") {
      double& evidence = out.practices[expression->meaning];
      evidence = std::max(evidence, expression->weight);
    }
    at += expression != nullptr ? expression->stems.size() : 1;
  }
  out.tokens = std::move(tokens);
  return out;
}

const Lexicon& default_lexicon() {
  static const Lexicon lexicon(
      {embedded_file("knowledge_spellings.txt"), embedded_file("knowledge_stop_words.txt"),
       embedded_file("knowledge_expressions.txt"), embedded_file("knowledge_practices.txt")});
  return lexicon;
}

}  // namespace pao::storage::knowledge
