#include "storage/knowledge/phrasing_model.hpp"

#include <algorithm>
#include <cmath>

namespace pao::storage::knowledge {

namespace {

constexpr int passes = 5;
constexpr double largest_step = 0.3;  // C of the rule: a single odd phrasing does not upset the rest
constexpr double steepness = 3.0;     // from score to 0…1

double norm_of(const TermVector& terms) {
  double sum = 0;
  for (const auto [term, weight] : terms) sum += static_cast<double>(weight) * weight;
  return std::sqrt(sum);
}

}  // namespace

void PhrasingModel::learn(const std::vector<LearnedPhrasing>& examples, std::size_t criteria,
                          std::size_t terms) {
  criteria_ = criteria;
  shares_.resize(terms);
  std::vector<float> scores(criteria);
  const std::size_t stride = 7919;  // a prime: a fixed order that mixes the criteria
  for (int pass = 0; pass < passes; ++pass) {
    for (std::size_t i = 0; i < examples.size(); ++i) {
      const LearnedPhrasing& example =
          examples[(i * stride + static_cast<std::size_t>(pass)) % examples.size()];
      const double norm = norm_of(example.terms);
      if (norm == 0) continue;
      std::fill(scores.begin(), scores.end(), 0.0F);
      add_scores(example.terms, norm, scores);
      const float right = scores[example.criterion];
      scores[example.criterion] = -1e9F;
      const auto rival = std::max_element(scores.begin(), scores.end());
      const double loss = 1 - right + *rival;
      if (loss <= 0 || criteria < 2) continue;
      const double step = std::min(largest_step, loss / 2);
      move(example.terms, norm, example.criterion, step);
      move(example.terms, norm, static_cast<std::uint32_t>(rival - scores.begin()), -step);
    }
  }
  for (auto& each : shares_) each.shrink_to_fit();
}

void PhrasingModel::add_scores(const TermVector& question, double norm, std::vector<float>& to) const {
  for (const auto [term, weight] : question) {
    const auto factor = static_cast<float>(weight / norm);
    for (const Share& share : shares_[term]) to[share.criterion] += factor * share.weight;
  }
}

void PhrasingModel::move(const TermVector& terms, double norm, std::uint32_t criterion, double step) {
  for (const auto [term, weight] : terms) {
    auto& shares = shares_[term];
    const auto change = static_cast<float>(step * weight / norm);
    const auto found = std::find_if(shares.begin(), shares.end(),
                                    [&](const Share& each) { return each.criterion == criterion; });
    if (found != shares.end()) {
      found->weight += change;
    } else {
      shares.push_back({criterion, change});
    }
  }
}

std::vector<float> PhrasingModel::scores(const TermVector& question) const {
  std::vector<float> out(criteria_, 0.0F);
  const double norm = norm_of(question);
  if (norm > 0) add_scores(question, norm, out);
  for (float& score : out)
    score = score == 0 ? 0.5F : static_cast<float>(1 / (1 + std::exp(-steepness * score)));
  return out;
}

}  // namespace pao::storage::knowledge
