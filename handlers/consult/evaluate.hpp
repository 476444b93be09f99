// Scores the assistant on a set of questions whose right answers are known.
#pragma once

#include "handlers/consult/ask.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pao::handlers::consult {

enum class QuestionKind { answerable, out_of_scope, action };

struct Question {
  std::string id;
  std::string question;
  std::string practice;               // empty when out of scope
  std::vector<std::string> expected;  // acceptable criterion codes, the best one first; answerable only
  QuestionKind kind = QuestionKind::answerable;
  Intent intent = Intent::none;  // of an action
  bool near_miss = false;        // out of scope only by a detail that no guideline gives
};

// Counts behind the figures; a figure is nothing when there is no question of its kind.
struct Scores {
  std::size_t answerable = 0;
  std::size_t first = 0;  // answerable, any expected code ranked first
  std::size_t in_three = 0;
  double reciprocal_ranks = 0;  // sum of 1 / rank of the first expected code, 0 beyond the tenth
  std::size_t answerable_refused_count =
      0;  // the answer abstains; asking back or offering an action is no refusal
  std::size_t out_of_scope = 0;
  std::size_t refused = 0;
  std::size_t actions = 0;
  std::size_t right_intents = 0;  // kind action and the right intent

  // Recall and MRR are those of the ranked list, whatever the policy then does with it.
  std::optional<double> recall_at_1() const;
  std::optional<double> recall_at_3() const;
  std::optional<double> mrr() const;
  std::optional<double> out_of_scope_refused() const;
  std::optional<double> answerable_refused() const;
  std::optional<double> intent_accuracy() const;
};

struct Miss {
  std::string id;
  std::string question;
  std::string expected;  // "PLA-05 GEN-05", "abstain", "open_ss"
  std::string got;       // "GEN-18 PLA-07 PLA-13", "answer PLA-05", "register_progress"
};

struct Evaluation {
  Scores overall;
  std::map<std::string, Scores> by_practice;  // questions without a practice are in `overall` only
  std::vector<Miss> misses;                   // in the order of the questions
};

// What is taken for what: the misses that expected the same and got the same.
struct Confusion {
  std::string expected;                // a criterion code, an intent, or "abstain"
  std::string got;                     // a criterion code, or what was done instead ("abstain payroll")
  std::vector<const Miss*> questions;  // into the evaluation they were made from
};

// The most frequent first, then by name; for a person who looks for what to write more clearly.
std::vector<Confusion> confusions(const Evaluation& evaluation);

Evaluation evaluate(const std::vector<Question>& questions, Date on, const Knowledge& knowledge);

}  // namespace pao::handlers::consult
