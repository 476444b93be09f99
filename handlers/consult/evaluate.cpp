#include "handlers/consult/evaluate.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace pao::handlers::consult {

namespace {

std::optional<double> share(double part, std::size_t whole) {
  if (whole == 0) return std::nullopt;
  return part / static_cast<double>(whole);
}

std::string joined(const std::vector<std::string>& words, std::size_t limit) {
  std::string out;
  for (std::size_t i = 0; i < std::min(limit, words.size()); ++i) out += (i == 0 ? "" : " ") + words[i];
  return out;
}

std::string described(const Answer& answer) {
  std::string out(to_string(answer.kind));
  if (answer.kind == AnswerKind::action) out += " " + std::string(to_string(answer.intent));
  if (answer.kind == AnswerKind::abstain) out += " " + answer.reason;
  if (!answer.criteria.empty()) out += " " + answer.criteria.front().code;
  return out;
}

struct Outcome {
  Scores scores;
  std::optional<Miss> miss;
};

Outcome score_answerable(const Question& question, const Answer& answer, const Knowledge& knowledge) {
  std::vector<std::string> ranked;
  for (const auto& hit : understand(question.question, knowledge).hits)
    ranked.push_back(knowledge.index.criteria()[hit.criterion].code);
  const auto found =
      std::find_first_of(ranked.begin(), ranked.end(), question.expected.begin(), question.expected.end());
  const auto rank = static_cast<std::size_t>(found - ranked.begin());
  const bool refused = answer.kind == AnswerKind::abstain;

  Outcome out;
  out.scores.answerable = 1;
  out.scores.first = rank == 0 && found != ranked.end() ? 1 : 0;
  out.scores.in_three = rank < 3 && found != ranked.end() ? 1 : 0;
  out.scores.reciprocal_ranks = found != ranked.end() ? 1 / static_cast<double>(rank + 1) : 0;
  out.scores.answerable_refused_count = refused ? 1 : 0;
  const std::string expected = joined(question.expected, question.expected.size());
  if (out.scores.first == 0) {
    out.miss = Miss{question.id, question.question, expected, joined(ranked, 3)};
  } else if (answer.kind == AnswerKind::abstain || answer.kind == AnswerKind::action) {
    out.miss = Miss{question.id, question.question, expected, described(answer)};
  }
  return out;
}

Outcome score(const Question& question, Date on, const Knowledge& knowledge) {
  const Answer answer = ask(question.question, {on}, knowledge);
  if (question.kind == QuestionKind::answerable) return score_answerable(question, answer, knowledge);
  Outcome out;
  if (question.kind == QuestionKind::out_of_scope) {
    out.scores.out_of_scope = 1;
    out.scores.refused = answer.kind == AnswerKind::abstain ? 1 : 0;
    if (out.scores.refused == 0)
      out.miss = Miss{question.id, question.question, "abstain", described(answer)};
    return out;
  }
  out.scores.actions = 1;
  out.scores.right_intents = answer.kind == AnswerKind::action && answer.intent == question.intent ? 1 : 0;
  if (out.scores.right_intents == 0)
    out.miss =
        Miss{question.id, question.question, std::string(to_string(question.intent)), described(answer)};
  return out;
}

std::string first_word(const std::string& words) {
  return words.substr(0, words.find(' '));
}

// A ranking is compared by its first criterion; everything else by all that was done.
std::string compared(const Miss& miss) {
  const bool ranking = miss.got.size() > 3 && miss.got[3] == '-';
  return ranking ? first_word(miss.got) : miss.got;
}

void add(Scores& to, const Scores& one) {
  to.answerable += one.answerable;
  to.first += one.first;
  to.in_three += one.in_three;
  to.reciprocal_ranks += one.reciprocal_ranks;
  to.answerable_refused_count += one.answerable_refused_count;
  to.out_of_scope += one.out_of_scope;
  to.refused += one.refused;
  to.actions += one.actions;
  to.right_intents += one.right_intents;
}

}  // namespace

std::optional<double> Scores::recall_at_1() const {
  return share(static_cast<double>(first), answerable);
}
std::optional<double> Scores::recall_at_3() const {
  return share(static_cast<double>(in_three), answerable);
}
std::optional<double> Scores::mrr() const {
  return share(reciprocal_ranks, answerable);
}
std::optional<double> Scores::out_of_scope_refused() const {
  return share(static_cast<double>(refused), out_of_scope);
}
std::optional<double> Scores::answerable_refused() const {
  return share(static_cast<double>(answerable_refused_count), answerable);
}
std::optional<double> Scores::intent_accuracy() const {
  return share(static_cast<double>(right_intents), actions);
}

std::vector<Confusion> confusions(const Evaluation& evaluation) {
  std::map<std::pair<std::string, std::string>, std::vector<const Miss*>> by_pair;
  for (const Miss& miss : evaluation.misses)
    by_pair[{first_word(miss.expected), compared(miss)}].push_back(&miss);
  std::vector<Confusion> out;
  for (auto& [pair, questions] : by_pair) out.push_back({pair.first, pair.second, std::move(questions)});
  std::stable_sort(out.begin(), out.end(), [](const Confusion& a, const Confusion& b) {
    return a.questions.size() > b.questions.size();
  });
  return out;
}

Evaluation evaluate(const std::vector<Question>& questions, Date on, const Knowledge& knowledge) {
  Evaluation out;
  for (const Question& question : questions) {
    Outcome outcome = score(question, on, knowledge);
    add(out.overall, outcome.scores);
    if (!question.practice.empty()) add(out.by_practice[question.practice], outcome.scores);
    if (outcome.miss) out.misses.push_back(std::move(*outcome.miss));
  }
  return out;
}

}  // namespace pao::handlers::consult
