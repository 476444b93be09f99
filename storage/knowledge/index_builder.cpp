// Construction of SearchIndex: from criteria to postings, units and known words.
#include "storage/embedded.hpp"
#include "storage/knowledge/content_lines.hpp"
#include "storage/knowledge/search_index.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace pao::storage::knowledge {

namespace {

// BM25F: weight and length normalisation of each field.
struct FieldWeight {
  double weight;
  double length_influence;  // b: 0 ignores how long the field is
};
constexpr FieldWeight title_field{2.0, 0.3};
constexpr FieldWeight section_field{0.4, 0.0};
constexpr FieldWeight practice_field{1.2, 0.0};
constexpr FieldWeight text_field{1.0, 0.6};
constexpr FieldWeight example_field{1.5, 0.4};
constexpr double saturation = 1.2;  // k1

// Against the rarity of a plain word.
constexpr float concept_weight = 0.75F;
constexpr float pair_weight = 0.4F;  // two neighbouring words

constexpr std::size_t field_count = 5;

constexpr std::string_view approved_answer_prefix = "RES-";

// The sentences of a paragraph. A dot inside a number or an abbreviation does not end one.
std::vector<std::string_view> sentences(std::string_view text) {
  std::vector<std::string_view> out;
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool end =
        (text[i] == '.' || text[i] == ';' || text[i] == ':') && (i + 1 == text.size() || text[i + 1] == ' ');
    if (!end && i + 1 != text.size()) continue;
    if (const std::string_view sentence = trim(text.substr(start, i + 1 - start)); !sentence.empty())
      out.push_back(sentence);
    start = i + 1;
  }
  return out;
}

// The terms of a text: stems of content words, concepts, and pairs of neighbouring content words.
std::vector<std::string> terms_of(const Analysis& analysis) {
  std::vector<std::string> out;
  const std::string* before = nullptr;
  for (const Token& token : analysis.tokens) {
    if (token.stop) continue;
    out.push_back(token.stem);
    if (before != nullptr) out.push_back(*before + "+" + token.stem);
    before = &token.stem;
  }
  out.insert(out.end(), analysis.concepts.begin(), analysis.concepts.end());
  return out;
}

float kind_weight(std::string_view term) {
  return term.front() == '~' ? concept_weight : term.find('+') != std::string_view::npos ? pair_weight : 1.0F;
}

}  // namespace

std::vector<Phrasing> parse_phrasings(std::string_view file) {
  std::vector<Phrasing> out;
  std::string code;
  std::string title;
  for (const std::string_view line : content_lines(file)) {
    if (line.front() != '@') {
      out.push_back({code, title, std::string(line)});
      continue;
    }
    const auto [first, rest] = key_and_value(trim(line.substr(1)), ' ');
    code = first;
    title = fold(rest);
  }
  return out;
}

const std::vector<Phrasing>& default_phrasings() {
  static const std::vector<Phrasing> phrasings = parse_phrasings(embedded_file("knowledge_phrasings.txt"));
  return phrasings;
}

// What is needed only while building.
struct SearchIndex::Builder {
  SearchIndex& index;
  // Of each criterion: term → count by field.
  std::vector<std::map<TermId, std::array<float, field_count>>> counts;
  std::vector<std::array<float, field_count>> lengths;
  std::vector<std::uint32_t> document_frequency = {};
  std::vector<Example> topics = {};
  std::vector<Example> choices = {};

  TermId id_of(const std::string& term) {
    const auto [place, added] = index.terms_.emplace(term, static_cast<TermId>(index.terms_.size()));
    if (added) document_frequency.push_back(0);
    return place->second;
  }

  void add_field(std::size_t criterion, std::size_t field, const std::vector<std::string>& terms) {
    for (const std::string& term : terms) {
      const TermId id = id_of(term);
      const auto [place, added] = counts[criterion].try_emplace(id);
      if (added) ++document_frequency[id];
      place->second[field] += 1;
    }
    lengths[criterion][field] += static_cast<float>(terms.size());
  }

  // A unit's weights are term counts for now; weigh_units makes them weights.
  void add_unit(UnitKind kind, const std::vector<std::string>& terms) {
    std::map<TermId, float> once;
    for (const std::string& term : terms) once[id_of(term)] = 1;
    if (once.empty()) return;
    const auto first = static_cast<std::uint32_t>(index.unit_terms_.size());
    for (const auto& [term, count] : once) index.unit_terms_.push_back({term, count});
    index.units_.push_back({first, static_cast<std::uint32_t>(once.size()), 0, kind});
  }

  void know(const Analysis& analysis) {
    for (const Token& token : analysis.tokens) ++index.known_[token.word];
  }

  void add(std::size_t at, const std::vector<const Phrasing*>& phrasings) {
    const procedure::Criterion& criterion = index.criteria_[at];
    const Lexicon& lexicon = *index.lexicon_;
    const auto id = static_cast<std::uint32_t>(at);
    const auto read = [&](std::string_view text) {
      const Analysis analysis = lexicon.analyse(text);
      know(analysis);
      return terms_of(analysis);
    };
    index.letters_.add(id, lexicon.tokens(criterion.title));
    const procedure::PracticeRules* rules = index.practice(criterion.practice);
    const std::vector<std::string> title = read(criterion.title);
    add_field(at, 0, title);
    add_unit(UnitKind::title, title);
    add_field(at, 1, read(criterion.section));
    add_field(at, 2, read(rules != nullptr ? rules->name : criterion.practice));
    for (const std::string_view sentence : sentences(criterion.text)) {
      const std::vector<std::string> terms = read(sentence);
      add_field(at, 3, terms);
      add_unit(UnitKind::sentence, terms);
    }
    for (const Phrasing* phrasing : phrasings) {
      const Analysis analysis = lexicon.analyse(phrasing->text);
      know(analysis);
      const std::vector<std::string> terms = terms_of(analysis);
      add_field(at, 4, terms);
      add_unit(UnitKind::example, terms);
      index.letters_.add(id, analysis.tokens);
      topics.push_back({criterion.practice, topic_features(analysis)});
      choices.push_back({std::to_string(at), choice_features(analysis)});
    }
    // A criterion that nobody wrote phrasings for is not learned: it keeps even odds.
    if (phrasings.empty()) return;
    choices.push_back({std::to_string(at), choice_features(lexicon.analyse(criterion.title))});
    for (const std::string_view sentence : sentences(criterion.text))
      choices.push_back({std::to_string(at), choice_features(lexicon.analyse(sentence))});
  }

  void weigh_terms() {
    const auto total = static_cast<double>(index.criteria_.size());
    index.rarity_.resize(index.terms_.size());
    index.greatest_rarity_ = static_cast<float>(std::log(1 + (total + 0.5) / 0.5));
    for (const auto& [term, id] : index.terms_) {
      const double frequency = document_frequency[id];
      index.rarity_[id] =
          kind_weight(term) * static_cast<float>(std::log(1 + (total - frequency + 0.5) / (frequency + 0.5)));
    }
  }

  void make_postings() {
    static constexpr std::array<FieldWeight, field_count> fields{title_field, section_field, practice_field,
                                                                 text_field, example_field};
    std::array<double, field_count> average{};
    for (const auto& each : lengths) {
      for (std::size_t f = 0; f < field_count; ++f)
        average[f] += each[f] / static_cast<double>(lengths.size());
    }
    index.postings_.resize(index.terms_.size());
    for (std::size_t at = 0; at < counts.size(); ++at) {
      for (const auto& [term, by_field] : counts[at]) {
        double frequency = 0;
        for (std::size_t f = 0; f < field_count; ++f) {
          if (by_field[f] == 0) continue;
          const double b = fields[f].length_influence;
          frequency += fields[f].weight * by_field[f] / (1 - b + b * lengths[at][f] / average[f]);
        }
        index.postings_[term].push_back(
            {static_cast<std::uint32_t>(at), static_cast<float>(frequency / (saturation + frequency))});
      }
    }
    for (auto& list : index.postings_) list.shrink_to_fit();
  }

  void weigh_units() {
    for (Unit& unit : index.units_) {
      double norm = 0;
      for (std::uint32_t i = unit.first; i < unit.first + unit.count; ++i) {
        Weighted& each = index.unit_terms_[i];
        each.weight = index.rarity_[each.term];
        norm += static_cast<double>(each.weight) * each.weight;
      }
      unit.norm = static_cast<float>(std::sqrt(norm));
    }
  }

  // After weigh_units.
  void learn_phrasings() {
    std::vector<LearnedPhrasing> examples;
    for (std::uint32_t at = 0; at < index.criteria_.size(); ++at) {
      for (std::uint32_t u = index.first_unit_[at]; u < index.first_unit_[at + 1]; ++u) {
        const Unit& unit = index.units_[u];
        if (unit.kind != UnitKind::example) continue;
        const auto first = index.unit_terms_.begin() + unit.first;
        examples.push_back({at, {first, first + unit.count}});
      }
    }
    index.learned_.learn(examples, index.criteria_.size(), index.terms_.size());
    index.topics_ = TextClassifier(topics);
    index.choices_ = TextClassifier(choices);
  }

  void file_known_words(const std::vector<std::string>& further) {
    for (const std::string& word : index.lexicon_->words()) index.known_.try_emplace(word, 0);
    for (const std::string& word : further) index.known_.try_emplace(word, 0);
    for (const auto& [word, uses] : index.known_) {
      if (word.size() >= 4 && word.size() < index.known_by_length_.size())
        index.known_by_length_[word.size()].push_back({word, uses});
    }
    for (auto& entries : index.known_by_length_) {
      std::sort(entries.begin(), entries.end(),
                [](const TypoEntry& a, const TypoEntry& b) { return a.word < b.word; });
    }
  }
};

SearchIndex::SearchIndex(Sources sources)
    : criteria_(std::move(sources.criteria)),
      practices_(std::move(sources.practices)),
      lexicon_(sources.lexicon),
      weights_(sources.weights) {
  std::unordered_map<std::string, std::vector<const Phrasing*>> phrasings;
  for (const Phrasing& each : *sources.phrasings) phrasings[each.code + " " + each.title].push_back(&each);

  Builder builder{*this, {}, {}};
  builder.counts.resize(criteria_.size());
  builder.lengths.resize(criteria_.size());
  for (std::size_t at = 0; at < criteria_.size(); ++at) {
    first_unit_.push_back(static_cast<std::uint32_t>(units_.size()));
    const auto found = phrasings.find(criteria_[at].code + " " + fold(criteria_[at].title));
    std::vector<const Phrasing*> own =
        found == phrasings.end() ? std::vector<const Phrasing*>{} : found->second;
    // An answer approved for everybody has the question it answers as its title.
    const Phrasing asked{criteria_[at].code, {}, criteria_[at].title};
    if (criteria_[at].code.starts_with(approved_answer_prefix)) own.push_back(&asked);
    builder.add(at, own);
  }
  first_unit_.push_back(static_cast<std::uint32_t>(units_.size()));
  builder.weigh_terms();
  builder.make_postings();
  builder.weigh_units();
  builder.learn_phrasings();
  builder.file_known_words(sources.known_words);
}

SearchIndex::Vector SearchIndex::vector_of(const Analysis& analysis) const {
  Vector out;
  for (const std::string& term : terms_of(analysis)) {
    const auto found = terms_.find(term);
    if (found != terms_.end()) out.push_back({found->second, rarity_[found->second]});
  }
  std::sort(out.begin(), out.end(), [](const Weighted& a, const Weighted& b) { return a.term < b.term; });
  out.erase(std::unique(out.begin(), out.end(),
                        [](const Weighted& a, const Weighted& b) { return a.term == b.term; }),
            out.end());
  return out;
}

}  // namespace pao::storage::knowledge
