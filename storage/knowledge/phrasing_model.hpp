// Learns from example phrasings which words tell one criterion from the others: a linear model with one
// weight per word and criterion, trained by the passive-aggressive rule (Crammer and others, 2006). A
// phrasing whose criterion does not clearly win moves weight from the winner to the right one, and nothing
// else: that keeps the model sparse and the training a matter of milliseconds.
#pragma once

#include <cstdint>
#include <vector>

namespace pao::storage::knowledge {

struct Weighted {
  std::uint32_t term;
  float weight;
};
using TermVector = std::vector<Weighted>;  // by term, each once

struct LearnedPhrasing {
  std::uint32_t criterion;
  TermVector terms;
};

// Filled once, then only read, from any number of threads.
class PhrasingModel {
 public:
  // The order of the examples decides nothing but ties; same examples, same model.
  void learn(const std::vector<LearnedPhrasing>& examples, std::size_t criteria, std::size_t terms);

  // By criterion, 0…1: 0.5 where nothing was learned for or against.
  std::vector<float> scores(const TermVector& question) const;

 private:
  struct Share {
    std::uint32_t criterion;
    float weight;
  };
  void add_scores(const TermVector& question, double norm, std::vector<float>& to) const;
  void move(const TermVector& terms, double norm, std::uint32_t criterion, double step);

  std::size_t criteria_ = 0;
  std::vector<std::vector<Share>> shares_;  // by term
};

}  // namespace pao::storage::knowledge
