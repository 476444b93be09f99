#include "handlers/consult/answer_policy.hpp"

#include <doctest/doctest.h>

using namespace pao::handlers;
using namespace pao::handlers::consult;

namespace {

Understanding question(double in_scope, std::vector<double> scores) {
  Understanding out;
  out.kind = MessageKind::question;
  out.in_scope = in_scope;
  for (std::size_t i = 0; i < scores.size(); ++i) out.hits.push_back({i, scores[i], {}});
  return out;
}

}  // namespace

TEST_CASE("an answer needs the topic and the passage; near equals are asked back") {
  const PolicyLimits limits{.topic = 0.5, .passage = 0.2, .sure = 0.4, .margin = 0.05, .options = 3};
  struct Case {
    const char* name;
    Understanding understood;
    AnswerKind kind;
    std::size_t hits;
  };
  const Case cases[] = {
      {"clear answer with near ones", question(0.9, {0.8, 0.5, 0.3, 0.1}), AnswerKind::answer, 3},
      {"near ones below the passage limit are left out", question(0.9, {0.8, 0.1}), AnswerKind::answer, 1},
      {"topic too unsure", question(0.49, {0.8}), AnswerKind::abstain, 0},
      {"topic just sure", question(0.5, {0.8}), AnswerKind::answer, 1},
      {"no criterion close enough", question(0.9, {0.19}), AnswerKind::abstain, 0},
      {"nothing found", question(0.9, {}), AnswerKind::abstain, 0},
      {"two equals", question(0.9, {0.3, 0.28, 0.1}), AnswerKind::clarify, 2},
      {"never more than three options", question(0.9, {0.3, 0.3, 0.29, 0.29, 0.28}), AnswerKind::clarify, 3},
      {"equals with a sure best are answered", question(0.9, {0.5, 0.49}), AnswerKind::answer, 2},
  };
  for (const Case& each : cases) {
    CAPTURE(each.name);
    const Decision decision = decide(each.understood, limits);
    CHECK(decision.kind == each.kind);
    CHECK(decision.hits.size() == each.hits);
    CHECK(decision.reason.empty() == (decision.kind != AnswerKind::abstain));
  }
}

TEST_CASE("what is no question is never answered from the guidelines") {
  struct Case {
    MessageKind kind;
    AnswerKind answer;
    const char* reason;
  };
  const Case cases[] = {{MessageKind::action, AnswerKind::action, ""},
                        {MessageKind::out_of_scope, AnswerKind::abstain, "payroll"},
                        {MessageKind::greeting, AnswerKind::abstain, "greeting"},
                        {MessageKind::help, AnswerKind::abstain, "help"},
                        {MessageKind::thanks, AnswerKind::abstain, "thanks"},
                        {MessageKind::empty, AnswerKind::abstain, "empty"}};
  for (const Case& each : cases) {
    Understanding understood = question(1, {0.9});
    understood.kind = each.kind;
    understood.reason = "payroll";
    const Decision decision = decide(understood);
    CHECK(decision.kind == each.answer);
    CHECK(decision.reason == each.reason);
    CHECK(decision.hits.empty());
  }
}
