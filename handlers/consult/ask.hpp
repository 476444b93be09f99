// One question, one answer: the same for the chat and for the command line.
#pragma once

#include "handlers/consult/answer_policy.hpp"
#include "handlers/procedure/bogota_time.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pao::handlers::consult {

struct AskContext {
  Date on;                         // Bogotá day of the question; its year is the current vigencia
  std::string practice_hint = {};  // practice of the conversation so far
  bool past = false;               // `on` is a day that the question names, not that on which it is asked
};

struct CitedCriterion {
  std::string code;
  int version = 0;
  int term = 0;      // vigencia
  double score = 0;  // 0…1
  std::string title;
  std::string practice;
  storage::knowledge::Signals signals = {};  // what the score is made of
};

struct Answer {
  AnswerKind kind = AnswerKind::abstain;
  Intent intent = Intent::none;          // of an action
  std::vector<CitedCriterion> criteria;  // answer: the one that answers, then near ones; clarify: the options
  std::string reason;                    // of an abstention, see Decision
  std::string text;              // Spanish; of an answer: the criterion's own words, then the citation line
  std::string practice;          // that the message names, or of the answer; empty when unknown
  std::vector<std::string> ids;  // items and requests that the message mentions
  double confidence = 0;
  std::string question = {};  // of a message with several: the one that this answers

  // Why it came to this, see Understanding; also of an abstention.
  double in_scope = 0;
  double answered = 1;
  storage::knowledge::ScopeSigns signs = {};
  storage::knowledge::PassageSigns passage = {};
  std::vector<CitedCriterion> nearest = {};  // the best that the search found, whatever came of it
};

// Never fails: text that cannot be understood gives an abstention. Which roles the asker holds does not
// matter here: guidelines are general answers, open to anybody of the entity.
Answer ask(std::string_view text, const AskContext& context, const Knowledge& knowledge);

// The same for a message as a whole, as the chat does it (several_answers.hpp): one answer to each of its
// questions when at least two get something and one of them a criterion, each criterion once; else one answer
// to all of it.
std::vector<Answer> ask_each(std::string_view text, const AskContext& context, const Knowledge& knowledge);

// What is said of a message that is not for the assistant, with the right channel when known; `reason` as in
// Decision ("payroll"). A general sentence for an unknown reason.
std::string refusal_sentence(std::string_view reason);

// "PLA-05 · Planes, vigencia 2026, versión 1".
std::string citation(const procedure::Criterion& criterion, const storage::knowledge::SearchIndex& index);

}  // namespace pao::handlers::consult
