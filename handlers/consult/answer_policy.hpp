// From what was understood and found to what is said: answer, ask back, abstain, or offer the action. Pure.
//
// Cite or abstain: an answer needs both that the message is about our topic and that a criterion is
// close enough to it. When two or three criteria are about equally close, the person chooses.
#pragma once

#include "handlers/understanding.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace pao::handlers::consult {

enum class AnswerKind { answer, clarify, abstain, action };

// "answer", "clarify", "abstain", "action".
std::string_view to_string(AnswerKind kind);

// The limits, in the units of Understanding::in_scope and ::answered and of Hit::score (all 0…1). The
// defaults were chosen on the development questions and our own fit half
// (tests/handlers/consult/questions_test.cpp).
struct PolicyLimits {
  double topic = 0.5;            // below: out of scope
  double passage = 0.20;         // best score below: no criterion supports an answer
  double answered = 0.5;         // below: the best criterion lies near the question and does not answer it
  double sure = 0.42;            // best score from here on: answer without asking back
  double margin = 0.03;          // further scores within this of the best compete with it
  double practice = 0.3;         // `practice` of the best hit below: nobody knows which practice is meant
  double margin_between = 0.04;  // then hits of other practices compete within this, however sure the words
  std::size_t options = 3;       // at most that many to choose from
};

struct Decision {
  AnswerKind kind = AnswerKind::abstain;
  std::string reason;             // of an abstention: "payroll", "no_criterion", "greeting", "empty", …
  std::vector<std::size_t> hits;  // answer: the one that answers, then the near ones; clarify: the options
};

Decision decide(const Understanding& understood, const PolicyLimits& limits = {});

// Whether it wants no answer beside a question: "¿cómo le va?".
bool is_small_talk(const Understanding& understood);

}  // namespace pao::handlers::consult
