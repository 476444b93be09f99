// Reads question sets and the sample guidelines for the tests of this folder.
#pragma once

#include "handlers/consult/evaluate.hpp"

#include <string>
#include <vector>

namespace pao::tests {

std::vector<handlers::consult::Question> read_questions(const std::string& file_name);

struct SampleGuidelines {
  std::vector<procedure::Criterion> criteria;
  std::vector<procedure::PracticeRules> practices;
};
SampleGuidelines sample_guidelines();

const handlers::Knowledge& sample_knowledge();

}  // namespace pao::tests
