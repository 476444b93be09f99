// When a message is tried again and when it may leave: the rules without a network (reference 5.4, 6.2, 6.3).
#include "bot/delivery/rate_window.hpp"
#include "bot/delivery/retry_policy.hpp"
#include "bot/delivery/send_plan.hpp"
#include "bot/delivery/throttle.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace pao;
using namespace pao::bot::delivery;
using namespace std::chrono_literals;
using storage::OutboxState;

namespace {

const Instant start{std::chrono::seconds{1'763'805'600}};  // 2025-11-22T10:00:00Z

std::string error(const char* code) {
  return std::string(R"({"error":{"code":")") + code + R"(","message":"x"}})";
}

}  // namespace

TEST_CASE("each answer of the channel has one meaning") {
  struct Row {
    Answer answer;
    int attempts;
    Outcome outcome;
    OutboxState state = OutboxState::dead;
    bool uninstalled = false;
  };
  const std::string blocked = R"({"errorCode":209,"message":"{\"subCode\":\"MessageWritesBlocked\"}"})";
  const std::vector<Row> rows{
      {{.status = 200}, 1, Outcome::sent},
      {{.status = 201, .body = R"({"id":"1"})"}, 1, Outcome::sent},
      {{.status = 202}, 1, Outcome::sent},
      {{.status = 301}, 1, Outcome::ended},
      {{.status = 400, .body = error("Bad Argument")}, 1, Outcome::ended},
      {{.status = 401}, 1, Outcome::renew_token},
      {{.status = 403, .body = error("BotNotInConversationRoster")},
       1,
       Outcome::ended,
       OutboxState::unreachable,
       true},
      {{.status = 403, .body = error("ConversationBlockedByUser")},
       1,
       Outcome::ended,
       OutboxState::unreachable,
       true},
      {{.status = 403, .body = error("ForbiddenOperationException")},
       1,
       Outcome::ended,
       OutboxState::unreachable,
       true},
      {{.status = 403, .body = blocked}, 1, Outcome::ended, OutboxState::unreachable, true},
      {{.status = 403, .body = R"({"errorCode":209,"message":"x"})"},
       1,
       Outcome::ended,
       OutboxState::unreachable,
       true},
      {{.status = 403, .body = error("BotDisabledByAdmin")}, 1, Outcome::ended, OutboxState::unreachable},
      {{.status = 403, .body = error("Unknown")}, 1, Outcome::ended},
      {{.status = 403}, 1, Outcome::ended},
      {{.status = 404, .body = error("ConversationNotFound")}, 1, Outcome::ended, OutboxState::unreachable},
      {{.status = 404, .body = "<html>404</html>"}, 1, Outcome::ended},
      {{.status = 405}, 1, Outcome::ended},
      {{.status = 412}, 9, Outcome::retry},
      {{.status = 413, .body = error("MessageSizeTooBig")}, 1, Outcome::ended},
      {{.status = 429}, 9, Outcome::retry},
      {{.status = 500}, 1, Outcome::retry},
      {{.status = 500}, 2, Outcome::retry},
      {{.status = 500}, 3, Outcome::ended},
      {{.status = 502, .body = "<html>Bad Gateway</html>"}, 9, Outcome::retry},
      {{.status = 503}, 9, Outcome::retry},
      {{.status = 504}, 9, Outcome::retry},
      {{.status = 0, .failure = "Timeout was reached"}, 9, Outcome::retry},
  };
  for (const Row& row : rows) {
    CAPTURE(row.answer.status);
    CAPTURE(row.answer.body);
    const Verdict verdict = judge(row.answer, row.attempts, start);
    CHECK(verdict.outcome == row.outcome);
    if (row.outcome == Outcome::ended) CHECK(verdict.state == row.state);
    CHECK(verdict.uninstalled == row.uninstalled);
    CHECK(verdict.throttled == (row.answer.status == 429));
    CHECK(verdict.reason.empty() == (row.outcome == Outcome::sent));
  }
}

TEST_CASE("the error code is found in every shape of body and never carries text") {
  CHECK(error_code(error("BotNotInConversationRoster")) == "BotNotInConversationRoster");
  CHECK(error_code(R"({"error":"invalid_request"})") == "invalid_request");
  CHECK(error_code(error("Bad Argument")) == "BadArgument");
  CHECK(error_code(error("Juan <script>")) == "");
  CHECK(error_code(error(std::string(65, 'a').c_str())) == "");
  CHECK(error_code(R"({"errorCode":7,"message":"{\"other\":1}"})") == "7");
  CHECK(error_code(R"({"errorCode":7,"message":{}})") == "7");
  for (const char* body :
       {"", "<html></html>", "null", "[]", "{}", R"({"error":null})", R"({"error":{}})", "{"}) {
    CAPTURE(body);
    CHECK(error_code(body) == "");
  }
}

TEST_CASE("Retry-After is read as seconds or as a date, and bounded") {
  CHECK(parse_retry_after("1", start) == 1s);
  CHECK(parse_retry_after("0", start) == 0s);
  CHECK(parse_retry_after("999999999", start) == 1h);
  CHECK(parse_retry_after("Sat, 22 Nov 2025 10:00:30 GMT", start) == 30s);
  CHECK(parse_retry_after("Sat, 22 Nov 2025 09:00:00 GMT", start) == 0s);
  CHECK(parse_retry_after("Sun, 22 Nov 2026 10:00:00 GMT", start) == 1h);
  for (const char* wrong : {"", "-1", "x", "1.5 s"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_retry_after(wrong, start));
  }
  CHECK(judge({.status = 429, .retry_after = "7"}, 1, start).pause == 7s);
  CHECK(judge({.status = 503, .retry_after = "7"}, 1, start).pause == 7s);
  CHECK_FALSE(judge({.status = 429}, 1, start).pause);
}

TEST_CASE("pauses grow, are spread and end at a minute") {
  CHECK(growing_pause(1, false, 0.0) == 500ms);
  CHECK(growing_pause(2, false, 0.0) == 1000ms);
  CHECK(growing_pause(1, true, 0.0) == 2000ms);
  for (int attempts = 1; attempts < 40; ++attempts) {
    CAPTURE(attempts);
    const auto shortest = growing_pause(attempts, false, 0.0);
    const auto longest = growing_pause(attempts, false, 0.999999);
    CHECK(shortest < longest);
    CHECK(longest <= 60s);
    CHECK(longest <= 2 * shortest);
    CHECK(growing_pause(attempts + 1, false, 0.0) >= shortest);
  }
}

TEST_CASE("a conversation is never written to faster than any of its windows allows") {
  RateWindow window;
  std::vector<Instant> sent;
  Instant now = start;
  while (sent.size() < 4000) {
    now = window.earliest(now);
    window.record(now);
    sent.push_back(now);
  }
  for (const Window& rule : conversation_windows) {
    for (std::size_t i = rule.sends; i < sent.size(); ++i) {
      REQUIRE(sent[i] - sent[i - rule.sends] >= rule.span);
    }
  }
  CHECK(sent[6] == start);
  CHECK(sent[7] == start + 1s);
  CHECK(sent[8] == start + 2s);
  CHECK(sent[60] == start + 30s);
  CHECK(sent[1800] == start + 1h);
  CHECK_FALSE(window.is_idle(sent.back() + 59min));
  CHECK(window.is_idle(sent.back() + 1h));
}

TEST_CASE("a broadcast keeps to the tenant's pace and replies run ahead of it") {
  Throttle throttle({.requests_per_second = 40});
  Instant now = start;
  int sent = 0;
  while (now < start + 10s) {
    const std::string conversation = "a:" + std::to_string(sent);
    const Instant at = throttle.earliest("t", conversation, false, now);
    if (at > now) {
      CHECK(throttle.earliest("t", "a:reply", true, now) == now);
      now = at;
      continue;
    }
    throttle.record_send("t", conversation, now);
    ++sent;
  }
  CHECK(sent >= 392);
  CHECK(sent <= 411);

  int replies = 0;
  for (; throttle.earliest("t", "", true, now) == now; ++replies) throttle.record_send("t", "", now);
  CHECK(replies >= 9);
  CHECK(replies <= 11);
  CHECK(throttle.earliest("otro", "", false, now) == now);
}

TEST_CASE("one refusal pauses a conversation, many pause the tenant") {
  Throttle throttle({.requests_per_second = 1000, .refusals_that_pause_all = 3});
  throttle.record_refusal("t", "a:1", start + 5s, start);
  CHECK(throttle.earliest("t", "a:1", true, start) == start + 5s);
  CHECK(throttle.earliest("t", "a:2", true, start) == start);
  throttle.record_refusal("t", "a:1", start + 6s, start);
  throttle.record_refusal("t", "a:2", start + 5s, start + 1s);
  CHECK(throttle.earliest("t", "a:9", true, start + 1s) == start + 1s);
  throttle.record_refusal("t", "a:3", start + 9s, start + 2s);
  CHECK(throttle.earliest("t", "a:9", true, start + 2s) == start + 9s);
  CHECK(throttle.earliest("otro", "a:9", true, start + 2s) == start + 2s);
  throttle.record_refusal("t", "a:4", start + 60s, start + 30s);
  CHECK(throttle.earliest("t", "a:9", true, start + 30s) == start + 30s);
}

TEST_CASE("a message goes out only to a conversation that can read it") {
  const Sender sender{.bot_id = "28:app", .tenant_id = "t", .fallback_service_url = ""};
  const std::optional<handlers::Content> hello = handlers::Content{.text = "hola"};
  storage::OutboxMessage message;
  message.kind = "notice";
  message.aad_object_id = "ana";
  storage::Conversation conversation;
  conversation.id = "a:1";
  conversation.service_url = "https://x/";

  CHECK(plan_send(message, conversation, hello, sender).url == "https://x/v3/conversations/a%3A1/activities");
  CHECK(plan_send(message, conversation, std::nullopt, sender).state == OutboxState::obsolete);
  CHECK(plan_send(message, conversation, handlers::Content{}, sender).state == OutboxState::dead);
  CHECK(plan_send(message, std::nullopt, hello, sender).state == OutboxState::unreachable);
  conversation.installed = false;
  CHECK(plan_send(message, conversation, hello, sender).state == OutboxState::unreachable);
  conversation.installed = true;
  message.conversation_id = "a:1;messageid=5";
  CHECK(plan_send(message, conversation, hello, sender).url ==
        "https://x/v3/conversations/a%3A1%3Bmessageid%3D5/activities");
  CHECK(without_thread(message.conversation_id) == "a:1");

  const Sender opener{.bot_id = "28:app", .tenant_id = "t", .fallback_service_url = "https://smba/teams"};
  CHECK(plan_send(message, std::nullopt, hello, opener).state == OutboxState::unreachable);
  message.conversation_id.clear();
  const SendPlan plan = plan_send(message, std::nullopt, hello, opener);
  CHECK(plan.step == SendPlan::Step::create_conversation);
  CHECK(plan.url == "https://smba/teams/v3/conversations");
  message.channel = "mail";
  CHECK(plan_send(message, conversation, hello, opener).state == OutboxState::dead);
}
