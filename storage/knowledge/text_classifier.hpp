// Multinomial logistic regression over named features, learned when the program starts.
//
// Why learned from sentences and not a list of cue words: the difference between "¿cómo registro…?" (a
// question) and "quiero registrar…" (an action) lies in combinations, and an operator can teach a new wording
// by adding a line to a file. Why at start and not stored weights: thousands of short sentences take some
// tenths of a second, and there is no second artefact that can be out of step with the sentences. Same
// examples, same model: the order of learning is fixed. A feature that occurs only once teaches nothing and
// is left out.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace pao::storage::knowledge {

struct Example {
  std::string label;
  std::vector<std::string> features;
};

struct LabelProbability {
  std::string label;
  double probability;  // all labels together: 1
};

// Immutable after construction; use it from any number of threads.
class TextClassifier {
 public:
  explicit TextClassifier(const std::vector<Example>& examples);

  // Every label, most probable first; none without examples. Features that no example had say nothing.
  std::vector<LabelProbability> classify(const std::vector<std::string>& features) const;

 private:
  void add_scores(const std::vector<std::uint32_t>& features, std::vector<float>& to) const;
  void learn(const std::vector<std::pair<std::size_t, std::vector<std::uint32_t>>>& examples);

  std::vector<std::string> labels_;
  std::unordered_map<std::string, std::uint32_t> features_;
  std::vector<float> weights_;  // by feature, then label
};

}  // namespace pao::storage::knowledge
