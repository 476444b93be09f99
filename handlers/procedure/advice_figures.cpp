#include "handlers/procedure/advice_figures.hpp"

#include "handlers/procedure/learning.hpp"

namespace pao::procedure {
namespace {

void count_question(AdviceFigures& figures, const AnswerFact& fact) {
  const bool foreign = turned_away(fact.outcome, fact.reason);
  ++figures.questions;
  figures.answered += fact.outcome == "answered";
  figures.clarified += fact.outcome == "clarified";
  figures.abstained += fact.outcome == "abstained" && !foreign;
  figures.turned_away += foreign;
  figures.resolved += fact.outcome == "answered" && !fact.escalated && fact.helped.value_or(true);
}

void count(AdviceFigures& figures, const AnswerFact& fact) {
  if (!fact.chosen) count_question(figures, fact);
  figures.escalated += fact.escalated;
  if (fact.helped) ++(*fact.helped ? figures.helped : figures.not_helped);
}

void count(AdviceFigures& figures, const ConsultFact& fact) {
  ++figures.consults;
  ++figures.by_level[fact.level];
  // Whether somebody's answer to a person helped counts like that of the assistant; what was said last holds.
  if (fact.state == ConsultState::closed)
    ++figures.helped;
  else if (fact.reopened)
    ++figures.not_helped;
  if (!fact.answer_days) return;
  ++figures.consults_answered;
  ++figures.by_answer_days[*fact.answer_days];
  figures.consults_in_time += fact.in_time;
}

}  // namespace

std::optional<int> AdviceFigures::median_answer_days() const {
  int seen = 0;
  for (const auto& [days, consults_of_it] : by_answer_days) {
    seen += consults_of_it;
    if (2 * seen >= consults_answered) return days;
  }
  return std::nullopt;
}

std::optional<int> AdviceFigures::satisfaction_percent() const {
  const int said = helped + not_helped;
  if (said == 0) return std::nullopt;
  return (200 * helped + said) / (2 * said);
}

MonthlyFigures advice_figures(const std::vector<AnswerFact>& answers,
                              const std::vector<ConsultFact>& consults) {
  MonthlyFigures figures;
  for (const AnswerFact& fact : answers) {
    count(figures.all, fact);
    count(figures.by_practice[fact.practice], fact);
  }
  for (const ConsultFact& fact : consults) {
    count(figures.all, fact);
    count(figures.by_practice[fact.practice], fact);
  }
  return figures;
}

}  // namespace pao::procedure
