#include "storage/knowledge/text_classifier.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace pao::storage::knowledge {

namespace {

constexpr int passes = 9;
constexpr float first_step = 0.5F;
constexpr float shrink = 1e-3F;                 // pull of every touched weight towards zero (L2)
constexpr float settled = 0.01F;                // an error below is not worth a step
constexpr float learned = 0.06F;                // an example missed by less is skipped in this pass
constexpr std::uint8_t resting = 2;             // and in so many further ones
constexpr std::uint32_t left_out = 0xFFFFFFFF;  // number of a feature that is not learned
constexpr double label_balance = 0.5;  // exponent: rare labels count more, but not as if all were equal

void softmax(std::vector<float>& scores) {
  const float highest = *std::max_element(scores.begin(), scores.end());
  float sum = 0;
  for (float& score : scores) sum += score = std::exp(score - highest);
  for (float& score : scores) score /= sum;
}

float norm_of(const std::vector<std::uint32_t>& features) {
  return 1 / std::sqrt(static_cast<float>(std::max<std::size_t>(1, features.size())));
}

}  // namespace

TextClassifier::TextClassifier(const std::vector<Example>& examples) {
  std::unordered_map<std::string, std::size_t> label_ids;
  std::unordered_map<std::string_view, std::uint32_t> numbers;  // in the order of first use
  std::vector<std::string_view> names;
  std::vector<std::uint32_t> uses;
  std::vector<std::pair<std::size_t, std::vector<std::uint32_t>>> numbered;
  for (const Example& example : examples) {
    const auto [label, added] = label_ids.emplace(example.label, labels_.size());
    if (added) labels_.push_back(example.label);
    std::vector<std::uint32_t>& ids =
        numbered.emplace_back(label->second, std::vector<std::uint32_t>{}).second;
    for (const std::string& feature : example.features) {
      const auto [place, is_new] = numbers.emplace(feature, static_cast<std::uint32_t>(names.size()));
      if (is_new) {
        names.push_back(feature);
        uses.push_back(0);
      }
      ++uses[place->second];
      ids.push_back(place->second);
    }
  }
  std::vector<std::uint32_t> kept(names.size(), left_out);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (uses[i] < 2) continue;
    kept[i] = static_cast<std::uint32_t>(features_.size());
    features_.emplace(names[i], kept[i]);
  }
  for (auto& [label, ids] : numbered) {
    for (std::uint32_t& id : ids) id = kept[id];
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    if (!ids.empty() && ids.back() == left_out) ids.pop_back();
  }
  weights_.assign(features_.size() * labels_.size(), 0.0F);
  learn(numbered);
}

void TextClassifier::learn(const std::vector<std::pair<std::size_t, std::vector<std::uint32_t>>>& examples) {
  std::vector<double> uses(labels_.size(), 0);
  for (const auto& [label, features] : examples) uses[label] += 1;
  std::vector<float> importance;
  for (const double count : uses)
    importance.push_back(static_cast<float>(
        std::pow(static_cast<double>(examples.size()) / (static_cast<double>(labels_.size()) * count),
                 label_balance)));

  std::vector<float> squares(weights_.size(), 1.0F);  // AdaGrad: steps shrink where much was learned
  std::vector<std::uint8_t> rests(examples.size(), 0);
  const std::size_t stride = 7919;  // a prime: a fixed order that mixes the labels
  const std::size_t count = examples.size();
  std::vector<float> error(labels_.size());
  std::vector<std::size_t> wrong;  // labels worth a step
  for (int pass = 0; pass < passes; ++pass) {
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t at = (i * stride + static_cast<std::size_t>(pass)) % count;
      if (rests[at] > 0) {
        --rests[at];
        continue;
      }
      const auto& [label, features] = examples[at];
      add_scores(features, error);
      softmax(error);
      error[label] -= 1;
      if (-error[label] < learned) {
        rests[at] = resting;
        continue;
      }
      wrong.clear();
      for (std::size_t l = 0; l < error.size(); ++l) {
        error[l] *= importance[label];
        if (std::abs(error[l]) >= settled) wrong.push_back(l);
      }
      const float norm = norm_of(features);
      for (const std::uint32_t feature : features) {
        float* weight = &weights_[feature * labels_.size()];
        float* square = &squares[feature * labels_.size()];
        for (const std::size_t l : wrong) {
          const float gradient = error[l] * norm + shrink * weight[l];
          square[l] += gradient * gradient;
          weight[l] -= first_step * gradient / std::sqrt(square[l]);
        }
      }
    }
  }
}

void TextClassifier::add_scores(const std::vector<std::uint32_t>& features, std::vector<float>& to) const {
  std::fill(to.begin(), to.end(), 0.0F);
  const std::size_t labels = to.size();
  for (const std::uint32_t feature : features) {
    const float* weight = &weights_[feature * labels];
    for (std::size_t l = 0; l < labels; ++l) to[l] += weight[l];
  }
  const float norm = norm_of(features);
  for (float& score : to) score *= norm;
}

std::vector<LabelProbability> TextClassifier::classify(const std::vector<std::string>& features) const {
  if (labels_.empty()) return {};
  std::vector<std::uint32_t> known;
  for (const std::string& feature : features) {
    if (const auto found = features_.find(feature); found != features_.end()) known.push_back(found->second);
  }
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  std::vector<float> probabilities(labels_.size());
  add_scores(known, probabilities);
  softmax(probabilities);
  std::vector<LabelProbability> out;
  for (std::size_t l = 0; l < labels_.size(); ++l) out.push_back({labels_[l], probabilities[l]});
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.probability > b.probability; });
  return out;
}

}  // namespace pao::storage::knowledge
