// How like the examples that we know a text is: by label, the similarity of the most similar one (cosine over
// features weighted by rarity).
//
// Why besides TextClassifier: a classifier has to choose a label even where nothing resembles anything it was
// taught; how near the nearest example lies tells a known wording from a strange one. Built with the same
// examples and as quickly.
#pragma once

#include "storage/knowledge/text_classifier.hpp"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace pao::storage::knowledge {

// Adds the groups of four letters of a folded word, its beginning and end marked, as features.
void add_letter_groups(const std::string& word, std::vector<std::string>& to);

struct LabelSimilarity {
  std::string label;
  double similarity;  // 0…1
};

// Immutable after construction; use it from any number of threads.
class NearestExamples {
 public:
  explicit NearestExamples(const std::vector<Example>& examples);

  // Every label once, in the order in which the examples first had it; 0 where no feature is shared.
  std::vector<LabelSimilarity> nearest(const std::vector<std::string>& features) const;

 private:
  struct Posting {
    std::uint32_t example;
    float weight;  // of the feature in the example, whose length is 1
  };
  struct Feature {
    float rarity = 0;
    std::vector<Posting> postings;
  };

  std::vector<std::string> labels_;
  std::vector<std::uint32_t> label_of_;  // by example
  std::unordered_map<std::string, std::uint32_t> ids_;
  std::vector<Feature> features_;
  double unknown_rarity_ = 0;  // of a feature that no example has
};

}  // namespace pao::storage::knowledge
