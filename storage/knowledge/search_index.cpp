#include "storage/knowledge/search_index.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace pao::storage::knowledge {

namespace {

constexpr double hint_strength =
    0.5;  // of a practice from the conversation against one named in the question
constexpr std::size_t looked_at_closely = 64;
constexpr double named_share = 0.5;        // of the practice named in the words against the one learned
constexpr double repaired_as_known = 0.6;  // a repaired word counts as known only partly

constexpr double even_odds = 0.5;
constexpr double taught_scale = 0.1;
constexpr double elsewhere = 0.1;  // odds of a criterion of another practice than the conversation is about

constexpr double no_practice = 0.5;
constexpr double general_practice = 0.45;  // general criteria complement those of every practice

// What the conversation was about is better known than what a few words sound like.
bool is_hinted(const Query& query, const SearchOptions& options) {
  return query.analysis.practices.empty() && !options.practice_hint.empty();
}

}  // namespace

std::vector<std::string> topic_features(const Analysis& analysis) {
  std::vector<std::string> out{"always"};
  const std::string* before = nullptr;
  for (const Token& token : analysis.tokens) {
    if (token.stop) continue;
    out.push_back(token.stem);
    if (before != nullptr) out.push_back(*before + "+" + token.stem);
    before = &token.stem;
  }
  out.insert(out.end(), analysis.concepts.begin(), analysis.concepts.end());
  for (const auto& [practice, evidence] : analysis.practices) out.push_back("names " + practice);
  return out;
}

std::vector<std::string> choice_features(const Analysis& analysis) {
  std::vector<std::string> out = topic_features(analysis);
  for (const Token& token : analysis.tokens) {
    if (token.stop) out.push_back("s " + token.stem);
  }
  return out;
}

std::vector<double> SearchIndex::taught_signals(const Query& query, const SearchOptions& options) const {
  std::vector<double> out(criteria_.size(), even_odds);
  std::vector<LabelProbability> all = choices_.classify(choice_features(query.analysis));
  if (is_hinted(query, options)) {
    double sum = 0;
    for (LabelProbability& each : all) {
      const std::string& practice = criteria_[std::stoul(each.label)].practice;
      if (practice != options.practice_hint) each.probability *= elsewhere;
      sum += each.probability;
    }
    for (LabelProbability& each : all) each.probability /= sum;
  }
  for (const LabelProbability& each : all) {
    const double against_even = std::log(std::max(1e-9, each.probability) * static_cast<double>(all.size()));
    out[std::stoul(each.label)] = std::clamp(even_odds + against_even * taught_scale, 0.0, 1.0);
  }
  return out;
}

// The best criteria by the signals that cost little. There may be a hundred thousand candidates: of each only
// the score is kept until the best are known.
std::vector<Hit> SearchIndex::first_look(const Query& query, const Vector& terms,
                                         const SearchOptions& options) const {
  std::vector<float> sums(criteria_.size(), 0.0F);
  double best_possible = 0;
  for (const auto [term, weight] : terms) {
    best_possible += weight;
    for (const Posting& posting : postings_[term]) sums[posting.criterion] += weight * posting.impact;
  }
  const std::vector<float> letters = letters_.scores(query.analysis.tokens, criteria_.size());
  const std::vector<float> learned = learned_.scores(terms);
  const std::vector<double> taught = taught_signals(query, options);
  const auto hit_of = [&](std::size_t criterion) {
    Hit hit{criterion, 0, {}};
    hit.signals.words = sums[criterion] / best_possible;
    hit.signals.letters = letters[criterion];
    hit.signals.learned = learned[criterion];
    hit.signals.taught = taught[criterion];
    return hit;
  };

  struct Candidate {
    double score;
    std::size_t criterion;
  };
  std::vector<Candidate> candidates;
  candidates.reserve(criteria_.size());
  for (std::size_t i = 0; i < sums.size(); ++i) {
    if (sums[i] > 0) candidates.push_back({weighted(weights_, hit_of(i).signals), i});
  }
  const std::size_t kept = std::min(candidates.size(), std::max(looked_at_closely, options.limit));
  std::partial_sort(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(kept),
                    candidates.end(), [](const Candidate& a, const Candidate& b) {
                      return a.score != b.score ? a.score > b.score : a.criterion < b.criterion;
                    });
  std::vector<Hit> hits;
  for (std::size_t i = 0; i < kept; ++i) hits.push_back(hit_of(candidates[i].criterion));
  return hits;
}

std::vector<Hit> SearchIndex::search(const Query& query, const SearchOptions& options) const {
  const Vector terms = vector_of(query.analysis);
  std::vector<Hit> hits = first_look(query, terms, options);
  rank_closely(query, terms, options, hits);
  std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
    return a.score != b.score ? a.score > b.score : a.criterion < b.criterion;
  });
  if (hits.size() > options.limit) hits.resize(options.limit);
  return hits;
}

// A question as criteria are compared with it.
struct SearchIndex::Asked {
  std::unordered_map<TermId, float> weights;
  double norm = 0;              // length of the vector of its terms
  double meaning = 0;           // sum of the weights, of words that no criterion has too
  std::vector<TermId> words;    // its content words, without pairs and concepts
  bool strange_words = false;   // besides those there are some that no criterion has
  std::optional<TermId> focus;  // the word that is asked for
  bool strange_focus = false;   // which no criterion has
};

// The word that is asked for, as a place in `tokens`: the one behind "cuántos", "cuál", or a "qué" that
// begins the question ("de qué color"); `tokens.size()` when it asks otherwise.
std::size_t focus_of(const std::vector<Token>& tokens) {
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    const std::string& word = tokens[i].word;
    const bool counts = word.starts_with("cuant") || word == "cual" || word == "cuales";
    if ((counts || (word == "que" && i < 2)) && !tokens[i + 1].stop) return i + 1;
  }
  return tokens.size();
}

SearchIndex::Asked SearchIndex::asked_of(const Query& query, const Vector& terms) const {
  Asked out;
  for (const auto [term, weight] : terms) {
    out.norm += static_cast<double>(weight) * weight;
    out.meaning += weight;
    out.weights.emplace(term, weight);
  }
  out.norm = std::sqrt(out.norm);
  const std::vector<Token>& tokens = query.analysis.tokens;
  const std::size_t focus = focus_of(tokens);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].stop) continue;
    const auto found = terms_.find(tokens[i].stem);
    if (found != terms_.end()) {
      out.words.push_back(found->second);
      if (i == focus) out.focus = found->second;
    } else {
      out.meaning += greatest_rarity_;
      out.strange_words = true;
      out.strange_focus = out.strange_focus || i == focus;
    }
  }
  return out;
}

void SearchIndex::compare_units(const Asked& asked, Hit& hit) const {
  Signals& signals = hit.signals;
  std::vector<TermId> mentioned;
  for (std::uint32_t u = first_unit_[hit.criterion]; u < first_unit_[hit.criterion + 1]; ++u) {
    const Unit& unit = units_[u];
    double product = 0;
    for (std::uint32_t i = unit.first; i < unit.first + unit.count; ++i) {
      const auto found = asked.weights.find(unit_terms_[i].term);
      if (found == asked.weights.end()) continue;
      product += static_cast<double>(unit_terms_[i].weight) * found->second;
      mentioned.push_back(found->first);
    }
    const double cosine = product / (asked.norm * unit.norm);
    double& signal = unit.kind == UnitKind::title      ? signals.title
                     : unit.kind == UnitKind::sentence ? signals.sentence
                                                       : signals.example;
    signal = std::max(signal, cosine);
  }
  std::sort(mentioned.begin(), mentioned.end());
  mentioned.erase(std::unique(mentioned.begin(), mentioned.end()), mentioned.end());
  for (const TermId term : mentioned) signals.covered += asked.weights.at(term) / asked.meaning;
  const auto missing = [&](TermId word) {
    return std::binary_search(mentioned.begin(), mentioned.end(), word) ? 0.0F : rarity_[word];
  };
  float rarest = asked.strange_words ? greatest_rarity_ : 0.0F;
  for (const TermId word : asked.words) rarest = std::max(rarest, missing(word));
  signals.complete = 1 - static_cast<double>(rarest / greatest_rarity_);
  const float sought = asked.strange_focus ? greatest_rarity_ : asked.focus ? missing(*asked.focus) : 0.0F;
  signals.focus = 1 - static_cast<double>(sought / greatest_rarity_);
}

void SearchIndex::rank_closely(const Query& query, const Vector& terms, const SearchOptions& options,
                               std::vector<Hit>& hits) const {
  const Asked asked = asked_of(query, terms);
  std::map<std::string, double> topics;
  for (const LabelProbability& each : topics_.classify(topic_features(query.analysis)))
    topics[each.label] = each.probability;
  const bool hinted = is_hinted(query, options);
  for (Hit& hit : hits) {
    compare_units(asked, hit);
    const std::string& practice = criteria_[hit.criterion].practice;
    const double named = practice_signal(query, options, practice);
    const auto topic = topics.find(practice);
    hit.signals.practice =
        hinted || topic == topics.end() ? named : named_share * named + (1 - named_share) * topic->second;
    hit.score = weighted(weights_, hit.signals);
  }
}

double SearchIndex::practice_signal(const Query& query, const SearchOptions& options,
                                    const std::string& practice) const {
  const auto& named = query.analysis.practices;
  double strongest = 0;
  for (const auto& [id, evidence] : named) strongest = std::max(strongest, evidence);
  if (strongest == 0) {
    if (options.practice_hint.empty()) return no_practice;
    if (practice == options.practice_hint) return no_practice + (1 - no_practice) * hint_strength;
    return practice == procedure::practice::general ? no_practice : no_practice * (1 - hint_strength);
  }
  const double sure = std::min(1.0, strongest / 3);  // evidence of 3 leaves no doubt
  const auto found = named.find(practice);
  const double share = found == named.end() ? 0 : found->second / strongest;
  const double told =
      found == named.end() && practice == procedure::practice::general ? general_practice : share;
  return sure * told + (1 - sure) * no_practice;
}

Query SearchIndex::read(std::string_view text) const {
  Query query;
  std::vector<Token> tokens = lexicon_->tokens(text);
  double known = 0;
  for (Token& token : tokens) {
    if (token.stop) continue;
    ++query.content_words;
    if (known_.contains(token.word) || terms_.contains(token.stem)) {
      known += 1;
    } else if (const std::string* better = repaired(token.word)) {
      query.repairs.push_back({token.word, *better});
      token = lexicon_->token(*better);
      known += repaired_as_known;
    }
  }
  query.known = query.content_words == 0 ? 0 : known / static_cast<double>(query.content_words);
  query.analysis = lexicon_->analyse(std::move(tokens));
  return query;
}

const std::string* SearchIndex::repaired(const std::string& word) const {
  if (word.size() < 4 || word.size() + 2 >= known_by_length_.size()) return nullptr;
  if (!std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; })) return nullptr;
  const std::size_t limit = word.size() >= 9 ? 2 : 1;
  const TypoEntry* best = nullptr;
  std::size_t best_distance = limit + 1;
  for (std::size_t length = word.size() - limit; length <= word.size() + limit; ++length) {
    for (const TypoEntry& entry : known_by_length_[length]) {
      // The first letter is rarely the wrong one, and short words differ too easily.
      if (word.size() < 7 && entry.word.front() != word.front()) continue;
      if (word.size() == 4 && entry.word.size() < 4) continue;
      const std::size_t distance = edit_distance(word, entry.word, limit);
      if (distance > limit) continue;
      if (distance < best_distance || (distance == best_distance && entry.uses > best->uses)) {
        best = &entry;
        best_distance = distance;
      }
    }
  }
  return best == nullptr ? nullptr : &best->word;
}

const procedure::PracticeRules* SearchIndex::practice(std::string_view id) const {
  const auto found = std::find_if(practices_.begin(), practices_.end(),
                                  [&](const auto& each) { return each.practice == id; });
  return found == practices_.end() ? nullptr : &*found;
}

const procedure::Criterion* SearchIndex::find(std::string_view code) const {
  const std::string wanted = fold(code);
  const auto found = std::find_if(criteria_.begin(), criteria_.end(),
                                  [&](const auto& each) { return fold(each.code) == wanted; });
  return found == criteria_.end() ? nullptr : &*found;
}

}  // namespace pao::storage::knowledge
