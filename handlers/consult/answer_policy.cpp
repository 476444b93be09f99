#include "handlers/consult/answer_policy.hpp"

namespace pao::handlers::consult {

namespace {

constexpr std::size_t near_ones = 3;

bool competes(const storage::knowledge::Hit& hit, const storage::knowledge::Hit& best,
              const PolicyLimits& limits) {
  const double behind = best.score - hit.score;
  if (best.score < limits.sure && behind <= limits.margin) return true;
  // The words are sure, but those of several practices are the same and none was named.
  return best.signals.practice < limits.practice && hit.signals.practice != best.signals.practice &&
         behind <= limits.margin_between;
}

Decision decide_question(const Understanding& understood, const PolicyLimits& limits) {
  const auto& hits = understood.hits;
  if (understood.in_scope < limits.topic) return {AnswerKind::abstain, "unknown", {}};
  if (hits.empty() || hits.front().score < limits.passage || understood.answered < limits.answered)
    return {AnswerKind::abstain, "no_criterion", {}};
  Decision out{AnswerKind::answer, {}, {0}};
  for (std::size_t i = 1; i < hits.size() && out.hits.size() < limits.options; ++i) {
    if (competes(hits[i], hits.front(), limits)) out.hits.push_back(i);
  }
  if (out.hits.size() > 1) {
    out.kind = AnswerKind::clarify;
    return out;
  }
  for (std::size_t i = 1; i < hits.size() && out.hits.size() < near_ones; ++i) {
    if (hits[i].score >= limits.passage) out.hits.push_back(i);
  }
  return out;
}

}  // namespace

std::string_view to_string(AnswerKind kind) {
  switch (kind) {
    case AnswerKind::answer:
      return "answer";
    case AnswerKind::clarify:
      return "clarify";
    case AnswerKind::abstain:
      return "abstain";
    case AnswerKind::action:
      return "action";
  }
  return {};
}

Decision decide(const Understanding& understood, const PolicyLimits& limits) {
  switch (understood.kind) {
    case MessageKind::question:
      return decide_question(understood, limits);
    case MessageKind::action:
      return {AnswerKind::action, {}, {}};
    case MessageKind::out_of_scope:
      return {AnswerKind::abstain, understood.reason, {}};
    case MessageKind::greeting:
      return {AnswerKind::abstain, "greeting", {}};
    case MessageKind::help:
      return {AnswerKind::abstain, "help", {}};
    case MessageKind::thanks:
      return {AnswerKind::abstain, "thanks", {}};
    case MessageKind::empty:
      return {AnswerKind::abstain, "empty", {}};
  }
  return {};
}

bool is_small_talk(const Understanding& understood) {
  switch (understood.kind) {
    case MessageKind::greeting:
    case MessageKind::help:
    case MessageKind::thanks:
    case MessageKind::empty:
      return true;
    case MessageKind::out_of_scope:
      return understood.reason == "chitchat";
    case MessageKind::question:
    case MessageKind::action:
      break;
  }
  return false;
}

}  // namespace pao::handlers::consult
