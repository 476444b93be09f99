#include "handlers/procedure/advice_figures.hpp"

namespace pao::procedure {
namespace {

void count(AdviceFigures& figures, const AnswerFact& fact) {
  ++figures.questions;
  figures.answered += fact.outcome == "answered";
  figures.clarified += fact.outcome == "clarified";
  figures.abstained += fact.outcome == "abstained";
  figures.escalated += fact.escalated;
  figures.resolved += fact.outcome == "answered" && !fact.escalated && fact.helped.value_or(true);
  if (fact.helped) ++(*fact.helped ? figures.helped : figures.not_helped);
}

void count(AdviceFigures& figures, const ConsultFact& fact) {
  ++figures.consults;
  ++figures.by_level[fact.level];
  // Whether somebody's answer to a person helped counts like that of the assistant.
  if (fact.state == ConsultState::closed) ++figures.helped;
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
