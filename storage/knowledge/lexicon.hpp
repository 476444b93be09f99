// What the assistant knows about the language of its users, as data: chat spellings, words that carry no
// meaning, expressions that mean the same, the words of each practice. The data are text files
// (storage/content/knowledge_*.txt); a new expression is a line in a file, not a change of code.
//
// In every file "#" starts a comment line.
//   knowledge_spellings.txt    "xq = por que"            one typed word is read as these words
//   knowledge_stop_words.txt   one word each             left out of searches, kept for intents
//   knowledge_expressions.txt  "plazo: hasta cuando; …"  words or phrases that stand for one concept
//   knowledge_practices.txt    "riesgos: riesgo*3; …"    how strongly words point to a practice
#pragma once

#include "storage/knowledge/spanish_text.hpp"

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace pao::storage::knowledge {

struct Token {
  std::string word;  // folded, chat spelling resolved
  std::string stem;
  bool stop = false;
};

// A text as the index and the intent model see it.
struct Analysis {
  std::vector<Token> tokens;
  std::vector<std::string> concepts;        // "~plazo", each once
  std::map<std::string, double> practices;  // practice id → evidence in the words, absent: none
};

// Immutable after construction; safe to use from many threads.
class Lexicon {
 public:
  struct Sources {
    std::string_view spellings;
    std::string_view stop_words;
    std::string_view expressions;
    std::string_view practices;
  };

  explicit Lexicon(const Sources& sources);

  // Words of the text with chat spellings resolved. No concepts yet.
  std::vector<Token> tokens(std::string_view text) const;
  Token token(std::string word) const;

  // Fills concepts and practices from the tokens.
  Analysis analyse(std::vector<Token> tokens) const;
  Analysis analyse(std::string_view text) const { return analyse(tokens(text)); }

  // Every word that a line of the lexicon uses: known Spanish, never "repaired" into something else.
  const std::unordered_set<std::string>& words() const { return words_; }

 private:
  struct Expression {
    std::vector<std::string> stems;
    std::string meaning;  // concept or practice id
    double weight;
  };
  using ExpressionsByFirstStem = std::unordered_map<std::string, std::vector<Expression>>;  // longest first

  void add_expressions(std::string_view file, std::string_view meaning_prefix, ExpressionsByFirstStem& into);
  static const Expression* match(const ExpressionsByFirstStem& expressions, const std::vector<Token>& tokens,
                                 std::size_t at);

  std::unordered_map<std::string, std::vector<std::string>> spellings_;
  std::unordered_set<std::string> stop_words_;
  ExpressionsByFirstStem concepts_;
  ExpressionsByFirstStem practices_;
  std::unordered_set<std::string> words_;
};

// The one made of the files compiled into the program.
const Lexicon& default_lexicon();

}  // namespace pao::storage::knowledge
