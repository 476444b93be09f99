// The monthly figures of the advice that was given (R-08, activity 3): counted, never an appraisal of
// anybody.
#pragma once

#include "handlers/procedure/attention.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pao::procedure {

// One answer of the assistant and what became of it.
struct AnswerFact {
  std::string practice;        // empty: it could not be told
  std::string outcome;         // "answered", "clarified", "abstained"
  bool escalated = false;      // a consult was made of it
  std::optional<bool> helped;  // what the person said; nothing: nothing
  std::string reason = {};     // of an abstention, see turned_away (learning.hpp)
  bool chosen = false;         // picked from the list under an answer: only what became of it counts
};

// One consult asked in the month.
struct ConsultFact {
  std::string practice;
  int level = 1;
  ConsultState state = ConsultState::assigned;
  std::optional<int> answer_days;  // business days from question to answer; nothing: not answered
  bool in_time = false;            // answered by its due date
  bool reopened = false;           // who asked said that an answer did not help
};

struct AdviceFigures {
  int questions = 0;
  int answered = 0;
  int clarified = 0;
  int abstained = 0;
  int turned_away = 0;  // of topics that are not ours
  int escalated = 0;
  int resolved = 0;  // answered, not escalated, and nobody said that it did not help
  int helped = 0;
  int not_helped = 0;
  int consults = 0;
  int consults_answered = 0;
  int consults_in_time = 0;
  std::map<int, int> by_level;        // consults by the attention level they are at
  std::map<int, int> by_answer_days;  // answered consults by business days
  // The middle of the answer times: half of the answers took no longer. Nothing without answers.
  std::optional<int> median_answer_days() const;
  // Share of those who said something that it helped, 0…100 rounded; nothing when nobody said anything.
  std::optional<int> satisfaction_percent() const;
};

struct MonthlyFigures {
  AdviceFigures all;
  std::map<std::string, AdviceFigures> by_practice;  // "" for what could not be told
};

MonthlyFigures advice_figures(const std::vector<AnswerFact>& answers,
                              const std::vector<ConsultFact>& consults);

}  // namespace pao::procedure
