#include "storage/knowledge/text_classifier.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace pao::storage::knowledge {

namespace {

constexpr int passes = 9;
constexpr double first_step = 0.5;
constexpr double shrink = 1e-3;        // pull of every touched weight towards zero (L2)
constexpr double settled = 0.01;       // an error below is not worth a step
constexpr double learned = 0.06;       // an example missed by less is skipped in this pass
constexpr double label_balance = 0.5;  // exponent: rare labels count more, but not as if all were equal

void softmax(std::vector<double>& scores) {
  const double highest = *std::max_element(scores.begin(), scores.end());
  double sum = 0;
  for (double& score : scores) sum += score = std::exp(score - highest);
  for (double& score : scores) score /= sum;
}

}  // namespace

TextClassifier::TextClassifier(const std::vector<Example>& examples) {
  std::unordered_map<std::string_view, std::size_t> uses;
  for (const Example& example : examples) {
    for (const std::string& feature : example.features) ++uses[feature];
  }
  std::unordered_map<std::string, std::size_t> label_ids;
  std::vector<std::pair<std::size_t, std::vector<std::uint32_t>>> numbered;
  for (const Example& example : examples) {
    const auto [label, added] = label_ids.emplace(example.label, labels_.size());
    if (added) labels_.push_back(example.label);
    auto& [label_id, ids] = numbered.emplace_back(label->second, std::vector<std::uint32_t>{});
    for (const std::string& feature : example.features) {
      if (uses[feature] < 2) continue;
      ids.push_back(features_.emplace(feature, static_cast<std::uint32_t>(features_.size())).first->second);
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  }
  weights_.assign(features_.size() * labels_.size(), 0.0F);
  learn(numbered);
}

void TextClassifier::learn(const std::vector<std::pair<std::size_t, std::vector<std::uint32_t>>>& examples) {
  std::vector<double> importance(labels_.size(), 0);
  for (const auto& [label, features] : examples) importance[label] += 1;
  for (double& count : importance)
    count = std::pow(static_cast<double>(examples.size()) / (static_cast<double>(labels_.size()) * count),
                     label_balance);

  std::vector<float> squares(weights_.size(), 1.0F);  // AdaGrad: steps shrink where much was learned
  const std::size_t stride = 7919;                    // a prime: a fixed order that mixes the labels
  const std::size_t count = examples.size();
  std::vector<std::size_t> wrong;  // labels worth a step
  for (int pass = 0; pass < passes; ++pass) {
    for (std::size_t i = 0; i < count; ++i) {
      const auto& [label, features] = examples[(i * stride + static_cast<std::size_t>(pass)) % count];
      std::vector<double> error = scores(features);
      softmax(error);
      error[label] -= 1;
      if (-error[label] < learned) continue;
      wrong.clear();
      for (std::size_t l = 0; l < error.size(); ++l) {
        error[l] *= importance[label];
        if (std::abs(error[l]) >= settled) wrong.push_back(l);
      }
      const double norm = 1 / std::sqrt(static_cast<double>(std::max<std::size_t>(1, features.size())));
      for (const std::uint32_t feature : features) {
        float* weight = &weights_[feature * labels_.size()];
        float* square = &squares[feature * labels_.size()];
        for (const std::size_t l : wrong) {
          const auto gradient = static_cast<float>(error[l] * norm + shrink * weight[l]);
          square[l] += gradient * gradient;
          weight[l] -= static_cast<float>(first_step) * gradient / std::sqrt(square[l]);
        }
      }
    }
  }
}

std::vector<double> TextClassifier::scores(const std::vector<std::uint32_t>& features) const {
  std::vector<double> out(labels_.size(), 0);
  const double norm = 1 / std::sqrt(static_cast<double>(std::max<std::size_t>(1, features.size())));
  for (const std::uint32_t feature : features) {
    const float* weight = &weights_[feature * labels_.size()];
    for (std::size_t l = 0; l < labels_.size(); ++l) out[l] += norm * weight[l];
  }
  return out;
}

std::vector<LabelProbability> TextClassifier::classify(const std::vector<std::string>& features) const {
  if (labels_.empty()) return {};
  std::vector<std::uint32_t> known;
  for (const std::string& feature : features) {
    if (const auto found = features_.find(feature); found != features_.end()) known.push_back(found->second);
  }
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  std::vector<double> probabilities = scores(known);
  softmax(probabilities);
  std::vector<LabelProbability> out;
  for (std::size_t l = 0; l < labels_.size(); ++l) out.push_back({labels_[l], probabilities[l]});
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.probability > b.probability; });
  return out;
}

}  // namespace pao::storage::knowledge
