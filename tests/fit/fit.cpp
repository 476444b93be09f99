#include "tests/fit/fit.hpp"

#include <algorithm>
#include <cmath>

namespace pao::tests {

using handlers::consult::Question;
using handlers::consult::QuestionKind;
using storage::knowledge::scope_sign_names;
using storage::knowledge::ScopeSigns;
using storage::knowledge::signal_names;
using storage::knowledge::Signals;

namespace {

constexpr std::size_t candidates = 40;
constexpr double sharpness = 25;  // of the softmax: how decided a difference of scores of 1 is
constexpr int rounds = 3000;
constexpr double ranking_step = 0.02;
constexpr double ranking_pull = 0.05;
constexpr double scope_step = 0.3;
constexpr double scope_pull = 0.03;
constexpr double refusal_importance = 2.5;  // sets hold fewer strange messages than real ones

struct Candidate {
  Signals signals;
  bool right;
};

void add_candidates(const std::vector<Question>& questions, const handlers::Knowledge& knowledge,
                    std::vector<std::vector<Candidate>>& out) {
  for (const Question& question : questions) {
    if (question.kind != QuestionKind::answerable) continue;
    std::vector<Candidate> each;
    bool found = false;
    for (const auto& hit : knowledge.index.search(question.question, {.limit = candidates})) {
      const std::string& code = knowledge.index.criteria()[hit.criterion].code;
      const bool right =
          std::find(question.expected.begin(), question.expected.end(), code) != question.expected.end();
      found = found || right;
      each.push_back({hit.signals, right});
    }
    if (found) out.push_back(std::move(each));
  }
}

Signals ranking_gradient(const std::vector<std::vector<Candidate>>& questions, const Signals& weights) {
  Signals gradient;
  for (const auto& question : questions) {
    std::vector<double> odds;
    double all = 0;
    double right = 0;
    for (const Candidate& each : question) {
      odds.push_back(std::exp(sharpness * (weighted(weights, each.signals) - 1)));
      all += odds.back();
      if (each.right) right += odds.back();
    }
    for (std::size_t i = 0; i < question.size(); ++i) {
      const double change = (question[i].right ? odds[i] / right : 0) - odds[i] / all;
      for (const auto& [name, member] : signal_names)
        gradient.*member += change * (question[i].signals.*member);
    }
  }
  for (const auto& [name, member] : signal_names) gradient.*member /= static_cast<double>(questions.size());
  return gradient;
}

Signals fit_ranking(const std::vector<Lesson>& lessons, const Signals& prior) {
  std::vector<std::vector<Candidate>> known;
  for (const Lesson& lesson : lessons) add_candidates(lesson.questions, *lesson.knowledge, known);
  Signals weights = prior;
  for (int round = 0; round < rounds / 5; ++round) {
    const Signals gradient = ranking_gradient(known, weights);
    double sum = 0;
    for (const auto& [name, member] : signal_names) {
      double& weight = weights.*member;
      weight += ranking_step * (gradient.*member - ranking_pull * (weight - prior.*member));
      weight = std::max(0.0, weight);
      sum += weight;
    }
    for (const auto& [name, member] : signal_names) weights.*member /= sum;
  }
  return weights;
}

ScopeSigns fit_scope(const std::vector<Lesson>& lessons, const ScopeSigns& prior) {
  std::vector<std::pair<ScopeSigns, bool>> known;
  for (const Lesson& lesson : lessons) {
    for (const Question& question : lesson.questions)
      known.emplace_back(understand(question.question, *lesson.knowledge).signs,
                         question.kind != QuestionKind::out_of_scope);
  }
  ScopeSigns weights = prior;
  for (int round = 0; round < rounds; ++round) {
    ScopeSigns gradient;
    for (const auto& [signs, ours] : known) {
      const double probability = 1 / (1 + std::exp(-weighted(weights, signs)));
      const double error = ours ? 1 - probability : -refusal_importance * probability;
      for (const auto& [name, member] : scope_sign_names) gradient.*member += error * (signs.*member);
    }
    for (const auto& [name, member] : scope_sign_names) {
      weights.*member += scope_step * (gradient.*member / static_cast<double>(known.size()) -
                                       scope_pull * (weights.*member - prior.*member));
    }
  }
  return weights;
}

}  // namespace

storage::knowledge::Weights fit(const std::vector<Lesson>& lessons,
                                const storage::knowledge::Weights& prior) {
  return {fit_ranking(lessons, prior.ranking), fit_scope(lessons, prior.scope)};
}

}  // namespace pao::tests
