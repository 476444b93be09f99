#include "tests/fit/fit.hpp"

#include <algorithm>
#include <cmath>

namespace pao::tests {

using handlers::consult::Question;
using handlers::consult::QuestionKind;
using storage::knowledge::passage_sign_names;
using storage::knowledge::PassageSigns;
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
constexpr double passage_step = 0.3;
constexpr double passage_pull = 0.0005;
constexpr double near_miss_importance = 1;

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

template <typename Signs>
struct Known {
  Signs signs;
  bool right;
  double importance;
};

template <typename Signs, typename Names>
Signs fit_logistic(const std::vector<Known<Signs>>& known, const Signs& prior, const Names& names,
                   double step, double pull) {
  Signs weights = prior;
  for (int round = 0; round < rounds; ++round) {
    Signs gradient;
    for (const Known<Signs>& each : known) {
      const double probability = 1 / (1 + std::exp(-weighted(weights, each.signs)));
      const double error = each.importance * ((each.right ? 1 : 0) - probability);
      for (const auto& [name, member] : names) gradient.*member += error * (each.signs.*member);
    }
    for (const auto& [name, member] : names) {
      weights.*member += step * (gradient.*member / static_cast<double>(known.size()) -
                                 pull * (weights.*member - prior.*member));
    }
  }
  return weights;
}

bool is_ours(const Question& question) {
  return question.kind != QuestionKind::out_of_scope || question.near_miss;
}

ScopeSigns fit_scope(const std::vector<Lesson>& lessons, const ScopeSigns& prior) {
  std::vector<Known<ScopeSigns>> known;
  for (const Lesson& lesson : lessons) {
    for (const Question& question : lesson.questions) {
      known.push_back({understand(question.question, *lesson.knowledge).signs, is_ours(question),
                       is_ours(question) ? 1 : refusal_importance});
    }
  }
  return fit_logistic(known, prior, scope_sign_names, scope_step, scope_pull);
}

// Of the messages that are understood as questions on our topics.
PassageSigns fit_passage(const std::vector<Lesson>& lessons, const PassageSigns& prior) {
  std::vector<Known<PassageSigns>> known;
  for (const Lesson& lesson : lessons) {
    for (const Question& question : lesson.questions) {
      const auto understood = understand(question.question, *lesson.knowledge);
      if (understood.kind != handlers::MessageKind::question || question.kind == QuestionKind::action)
        continue;
      const bool answerable = question.kind == QuestionKind::answerable;
      known.push_back({understood.passage, answerable, answerable ? 1 : near_miss_importance});
    }
  }
  return fit_logistic(known, prior, passage_sign_names, passage_step, passage_pull);
}

}  // namespace

storage::knowledge::Weights fit(const std::vector<Lesson>& lessons,
                                const storage::knowledge::Weights& prior) {
  return {fit_ranking(lessons, prior.ranking), fit_scope(lessons, prior.scope),
          fit_passage(lessons, prior.passage)};
}

}  // namespace pao::tests
