// Finds the criteria that answer a question, in memory, from the guidelines in force.
//
// Two steps. First every criterion is scored by its words (BM25F; words stemmed, concepts of the lexicon as
// further terms; title, section, practice name, text and example phrasings are fields with their own weight),
// by groups of letters, and by two models that the example phrasings taught. Then the best ones are looked at
// closely: the sentence, title or phrasing that is most like the question (cosine), and the practice that it
// is about. The weights of the signals are content, see weights.hpp.
//
// A typed word that neither the guidelines nor the lexicon know is repaired: one letter wrong in words of
// five to eight letters, two in longer ones (Damerau-Levenshtein). Words that are known are never repaired.
//
// Not the system of record: it is rebuilt whenever a guideline is published. Immutable after construction, no
// locks; search from any number of threads.
#pragma once

#include "handlers/procedure/model.hpp"
#include "storage/knowledge/letter_index.hpp"
#include "storage/knowledge/lexicon.hpp"
#include "storage/knowledge/phrasing_model.hpp"
#include "storage/knowledge/text_classifier.hpp"
#include "storage/knowledge/weights.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pao::storage::knowledge {

struct Hit {
  std::size_t criterion;  // index into criteria()
  double score;           // weighted sum of the signals, 0…1
  Signals signals;
};

struct Repair {
  std::string typed;
  std::string read_as;
};

// A question as the index reads it.
struct Query {
  Analysis analysis;  // after repair
  std::vector<Repair> repairs;
  double known = 0;               // share of its content words that the guidelines or the lexicon know, 0…1
  std::size_t content_words = 0;  // words that are not stop words
};

struct SearchOptions {
  std::size_t limit = 10;
  std::string practice_hint =
      {};  // practice of the conversation so far; weaker than one named in the question
};

// Example phrasings of a criterion: how people ask for it in their own words.
struct Phrasing {
  std::string code;
  std::string title;  // as in the guideline it was written for; another title means another criterion
  std::string text;
};

// "@ CODE Title" lines, each followed by phrasings, one a line.
std::vector<Phrasing> parse_phrasings(std::string_view file);

// knowledge_phrasings.txt, written for the sample guidelines; they apply where code and title are the same.
const std::vector<Phrasing>& default_phrasings();

// What the practice of a question is learned from.
std::vector<std::string> topic_features(const Analysis& analysis);
// What the criterion itself is learned from: the same, and the small words.
std::vector<std::string> choice_features(const Analysis& analysis);

class SearchIndex {
 public:
  struct Sources {
    std::vector<procedure::Criterion> criteria;
    std::vector<procedure::PracticeRules>
        practices;  // their names; further members are for whoever shows hits
    const std::vector<Phrasing>* phrasings = &default_phrasings();
    const Lexicon* lexicon = &default_lexicon();  // must live as long as the index
    Signals weights = default_weights().ranking;
    std::vector<std::string> known_words = {};  // further folded words that are Spanish and not typos
  };

  explicit SearchIndex(Sources sources);

  Query read(std::string_view text) const;

  // The best criteria, best first; equal scores in the order of criteria(). Empty when no word is known.
  std::vector<Hit> search(const Query& query, const SearchOptions& options = {}) const;
  std::vector<Hit> search(std::string_view text, const SearchOptions& options = {}) const {
    return search(read(text), options);
  }

  const std::vector<procedure::Criterion>& criteria() const { return criteria_; }
  const std::vector<procedure::PracticeRules>& practices() const { return practices_; }
  const Lexicon& lexicon() const { return *lexicon_; }

  // Of a practice; null when the index has none with that id.
  const procedure::PracticeRules* practice(std::string_view id) const;
  // By code in any letter case; null when there is none.
  const procedure::Criterion* find(std::string_view code) const;

 private:
  using TermId = std::uint32_t;
  using Vector = TermVector;

  struct Posting {
    std::uint32_t criterion;
    float impact;
  };
  enum class UnitKind : std::uint8_t { title, sentence, example };
  struct Unit {  // a stretch of text that is compared as a whole; its terms lie in unit_terms_
    std::uint32_t first;
    std::uint32_t count;
    float norm;
    UnitKind kind;
  };
  struct TypoEntry {
    std::string word;
    std::uint32_t uses;
  };
  struct Builder;

  Vector vector_of(const Analysis& analysis) const;
  std::vector<Hit> first_look(const Query& query, const Vector& terms, const SearchOptions& options) const;
  void rank_closely(const Query& query, const Vector& terms, const SearchOptions& options,
                    std::vector<Hit>& hits) const;
  struct Asked;
  Asked asked_of(const Query& query, const Vector& terms) const;
  void compare_units(const Asked& asked, Hit& hit) const;
  std::vector<double> taught_signals(const Query& query, const SearchOptions& options) const;
  double practice_signal(const Query& query, const SearchOptions& options, const std::string& practice) const;
  const std::string* repaired(const std::string& word) const;

  std::vector<procedure::Criterion> criteria_;
  std::vector<procedure::PracticeRules> practices_;
  const Lexicon* lexicon_;
  std::unordered_map<std::string, TermId> terms_;
  std::vector<float> rarity_;                   // inverse document frequency by term
  float greatest_rarity_ = 0;                   // of a term that no criterion has
  std::vector<std::vector<Posting>> postings_;  // by term
  std::vector<std::uint32_t> first_unit_;       // by criterion, and one past the last
  std::vector<Unit> units_;
  std::vector<Weighted> unit_terms_;
  LetterIndex letters_;
  PhrasingModel learned_;
  TextClassifier choices_{std::vector<Example>{}};  // criteria that have phrasings; the label is the index
  TextClassifier topics_{std::vector<Example>{}};   // practices, learned from the phrasings
  Signals weights_;
  std::unordered_map<std::string, std::uint32_t> known_;  // word → uses in the guidelines
  std::array<std::vector<TypoEntry>, 32> known_by_length_;
};

}  // namespace pao::storage::knowledge
