#include "storage/knowledge/nearest_examples.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace pao::storage::knowledge {

namespace {

constexpr double unknown_share = 0.5;  // an unknown word takes away from the likeness, but may be a slip

double rarity(double examples, double having) {
  return std::log(1 + examples / (having + 0.5));
}

std::vector<std::string_view> each_once(const std::vector<std::string>& features) {
  std::vector<std::string_view> out(features.begin(), features.end());
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace

void add_letter_groups(const std::string& word, std::vector<std::string>& to) {
  constexpr std::size_t group = 4;
  const std::string marked = "<" + word + ">";
  for (std::size_t i = 0; i + group <= marked.size(); ++i) to.push_back("g " + marked.substr(i, group));
}

NearestExamples::NearestExamples(const std::vector<Example>& examples) {
  std::unordered_map<std::string, std::uint32_t> label_ids;
  std::vector<std::vector<std::uint32_t>> having;
  for (const Example& example : examples) {
    const auto [label, added] = label_ids.emplace(example.label, static_cast<std::uint32_t>(labels_.size()));
    if (added) labels_.push_back(example.label);
    label_of_.push_back(label->second);
    std::vector<std::uint32_t>& ids = having.emplace_back();
    for (const std::string_view feature : each_once(example.features)) {
      const auto [id, is_new] = ids_.emplace(feature, static_cast<std::uint32_t>(features_.size()));
      if (is_new) features_.emplace_back();
      features_[id->second].rarity += 1;  // a count for now
      ids.push_back(id->second);
    }
  }
  const auto total = static_cast<double>(examples.size());
  for (Feature& feature : features_) feature.rarity = static_cast<float>(rarity(total, feature.rarity));
  unknown_rarity_ = rarity(total, 0);
  for (std::uint32_t example = 0; example < having.size(); ++example) {
    double squares = 0;
    for (const std::uint32_t id : having[example])
      squares += static_cast<double>(features_[id].rarity) * features_[id].rarity;
    const double norm = std::sqrt(squares);
    for (const std::uint32_t id : having[example])
      features_[id].postings.push_back({example, static_cast<float>(features_[id].rarity / norm)});
  }
}

std::vector<LabelSimilarity> NearestExamples::nearest(const std::vector<std::string>& features) const {
  std::vector<float> sums(label_of_.size(), 0.0F);
  double squares = 0;
  for (const std::string_view name : each_once(features)) {
    const auto found = ids_.find(std::string(name));
    if (found == ids_.end()) {
      squares += unknown_share * unknown_rarity_ * unknown_rarity_;
      continue;
    }
    const Feature& feature = features_[found->second];
    squares += static_cast<double>(feature.rarity) * feature.rarity;
    for (const Posting& posting : feature.postings) sums[posting.example] += feature.rarity * posting.weight;
  }
  std::vector<LabelSimilarity> out;
  for (const std::string& label : labels_) out.push_back({label, 0});
  if (squares == 0) return out;
  for (std::size_t example = 0; example < sums.size(); ++example) {
    double& best = out[label_of_[example]].similarity;
    best = std::max(best, static_cast<double>(sums[example]));
  }
  const double norm = std::sqrt(squares);
  for (LabelSimilarity& each : out) each.similarity /= norm;
  return out;
}

}  // namespace pao::storage::knowledge
