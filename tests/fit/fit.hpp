// Weights from questions whose right answers are known.
#pragma once

#include "handlers/consult/evaluate.hpp"

#include <vector>

namespace pao::tests {

// Questions and what the assistant knew when it was asked them.
struct Lesson {
  std::vector<handlers::consult::Question> questions;
  const handlers::Knowledge* knowledge =
      nullptr;  // computes the signals; its own weights only choose the candidates
};

// Ranking: the weights, none negative and together 1, under which a softmax over the candidates gives the
// right criterion the highest likelihood. Scope: logistic regression of "is for us"; passage: of "the best
// criterion answers it". All are pulled towards `prior`, so that a small set cannot talk them into anything.
storage::knowledge::Weights fit(const std::vector<Lesson>& lessons, const storage::knowledge::Weights& prior);

}  // namespace pao::tests
