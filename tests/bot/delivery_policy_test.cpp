// When a message is tried again and when it may leave: the rules without a network (reference 5.4, 6.2, 6.3).
#include "bot/delivery/rate_window.hpp"
#include "bot/delivery/retry_policy.hpp"
#include "bot/delivery/send_plan.hpp"
#include "bot/delivery/throttle.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
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

TEST_CASE("each answer of the channel has one meaning (checklist 9)") {
  struct Row {
    int status;
    std::string body;
    Outcome outcome;
    Cause cause = Cause::refused;
    OutboxState state = OutboxState::dead;
    bool uninstalled = false;
    bool unconfirmed = false;
  };
  const std::string sub_code = R"({"errorCode":209,"message":"{\"subCode\":\"MessageWritesBlocked\"}"})";
  const std::string no_sub_code = R"({"errorCode":209,"message":"x"})";
  const std::string html = "<html>nginx</html>";
  const std::string region = R"({"error":{"code":"Forbidden","message":"User is from different region."}})";
  const auto dead = OutboxState::dead;
  const auto gone = OutboxState::unreachable;
  const std::vector<Row> rows{
      {200, "", Outcome::sent},
      {201, R"({"id":"1"})", Outcome::sent},
      {202, "", Outcome::sent},
      {301, "", Outcome::ended, Cause::refused},
      {400, error("Bad Argument"), Outcome::ended, Cause::malformed},
      {400, error("BadSyntax"), Outcome::ended, Cause::malformed},
      {400, error("ServiceError"), Outcome::ended, Cause::refused},
      {400, html, Outcome::ended, Cause::malformed},
      {401, "", Outcome::renew_token, Cause::token_refused},
      {403, error("BotDisabledByAdmin"), Outcome::retry, Cause::tenant_suspended, gone},
      {403, error("BotNotInConversationRoster"), Outcome::ended, Cause::app_removed, gone, true},
      {403, error("ConversationBlockedByUser"), Outcome::ended, Cause::blocked, gone, true},
      {403, sub_code, Outcome::ended, Cause::blocked, gone, true},
      {403, no_sub_code, Outcome::ended, Cause::blocked, gone, true},
      {403, error("ForbiddenOperationException"), Outcome::ended, Cause::not_installed, gone, true},
      {403, error("InvalidBotApiHost"), Outcome::switch_host, Cause::wrong_host},
      {403, region, Outcome::switch_host, Cause::wrong_region},
      {403, error("NotEnoughPermissions"), Outcome::ended, Cause::no_permission},
      {403, error("ContentStreamNotAllowed"), Outcome::ended, Cause::streaming_refused},
      {403, error("Unknown"), Outcome::ended, Cause::refused},
      {403, error("ServiceError"), Outcome::ended, Cause::refused},
      {403, "", Outcome::ended, Cause::forbidden},
      {404, error("ConversationNotFound"), Outcome::reopen_conversation, Cause::conversation_not_found, gone},
      {404, error("ActivityNotFoundInConversation"), Outcome::ended, Cause::activity_not_found},
      {404, error("TARGETED_MESSAGE_EXPIRED_OR_DELETED"), Outcome::ended, Cause::activity_not_found},
      {401, error("BotNotRegistered"), Outcome::renew_token, Cause::not_registered},
      {404, html, Outcome::ended, Cause::not_found},
      {405, "", Outcome::ended, Cause::not_allowed_here},
      {412, error("PreconditionFailed"), Outcome::retry, Cause::concurrent},
      {413, error("MessageSizeTooBig"), Outcome::ended, Cause::too_large},
      {418, "", Outcome::ended, Cause::refused},
      {429, error("Throttled"), Outcome::retry, Cause::throttled},
      {500, error("ServiceError"), Outcome::retry, Cause::channel_failed, dead, false, true},
      {502, html, Outcome::retry, Cause::gateway_failed, dead, false, true},
      {503, "", Outcome::retry, Cause::gateway_failed},
      {504, "", Outcome::retry, Cause::gateway_failed, dead, false, true},
  };
  for (const Row& row : rows) {
    CAPTURE(row.status);
    CAPTURE(row.body);
    const Verdict verdict = judge({.status = row.status, .body = row.body}, {}, false, start);
    CHECK(verdict.outcome == row.outcome);
    CHECK(verdict.cause == row.cause);
    CHECK(end_reason(verdict.cause).state == row.state);
    CHECK(verdict.uninstalled == row.uninstalled);
    CHECK(verdict.unconfirmed == row.unconfirmed);
    CHECK(verdict.throttled == (row.status == 429));
    CHECK(verdict.tenant_suspended == (row.cause == Cause::tenant_suspended));
    CHECK(verdict.detail.empty() == (row.outcome == Outcome::sent));
  }
}

TEST_CASE("a send that may have arrived is repeated a few times only, one that did not leave freely") {
  const Answer cut{.failure = "Recv failure: Connection reset by peer"};
  const Answer failed{.status = 502};
  for (const Answer& answer : {cut, failed}) {
    CAPTURE(answer.status);
    for (int before = 0; before + 1 < max_unconfirmed_sends; ++before) {
      const Verdict verdict = judge(answer, {before}, false, start);
      CHECK(verdict.outcome == Outcome::retry);
      CHECK(verdict.unconfirmed);
    }
    CHECK(judge(answer, {max_unconfirmed_sends - 1}, false, start).outcome == Outcome::ended);
    const Verdict opening = judge(answer, {99}, true, start);  // opening a conversation: always the same one
    CHECK(opening.outcome == Outcome::retry);
    CHECK_FALSE(opening.unconfirmed);
  }
  const Verdict refused = judge({.failure = "Could not connect", .left = false}, {99}, false, start);
  CHECK(refused.outcome == Outcome::retry);
  CHECK(refused.cause == Cause::not_connected);
  CHECK_FALSE(refused.unconfirmed);
}

TEST_CASE("a 500 is repeated once, whatever was cut before it; the second one in a row is the last") {
  const Answer failed{.status = 500};
  for (int before = 0; before + 1 < max_unconfirmed_sends; ++before) {
    CAPTURE(before);
    CHECK(judge(failed, {before, false}, false, start).outcome == Outcome::retry);
    CHECK(judge(failed, {before, true}, false, start).outcome == Outcome::ended);
    CHECK(judge({.status = 502}, {before, true}, false, start).outcome == Outcome::retry);
  }
  CHECK(judge(failed, {max_unconfirmed_sends - 1, false}, false, start).outcome == Outcome::ended);
  CHECK(judge(failed, {1, true}, true, start).outcome == Outcome::retry);  // the same effect each time
}

TEST_CASE("every cause has one word, a Spanish sentence and a remedy") {
  std::set<std::string_view> words;
  int number = 0;
  for (const EndReason& row : end_reasons()) {
    CAPTURE(row.word);
    CHECK(row.cause == static_cast<Cause>(number++));
    CHECK(words.insert(row.word).second);
    for (const std::string_view text : {row.sentence, row.remedy}) {
      REQUIRE_FALSE(text.empty());
      CHECK(text.back() == '.');
    }
    CHECK(end_reason_of(reason_text(row.cause)) == &row);
    CHECK(end_reason_of(reason_text(row.cause, "HTTP 403: x")) == &row);
  }
  CHECK(number == static_cast<int>(Cause::cancelled) + 1);
  CHECK(reason_text(Cause::blocked, "HTTP 403 ConversationBlockedByUser") ==
        "blocked: HTTP 403 ConversationBlockedByUser");
  CHECK(end_reason_of("") == nullptr);
  CHECK(end_reason_of("something older") == nullptr);
}

TEST_CASE("the error code is found in every shape of body and never carries text (checklist 11)") {
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

TEST_CASE("Retry-After is read as seconds or as a date, and bounded (checklist 9)") {
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
  CHECK(judge({.status = 429, .retry_after = "7"}, {}, false, start).pause == 7s);
  CHECK(judge({.status = 503, .retry_after = "7"}, {}, false, start).pause == 7s);
  CHECK_FALSE(judge({.status = 429}, {}, false, start).pause);
}

TEST_CASE("pauses grow with the one before, are spread and end at a minute (checklist 9)") {
  CHECK(next_pause(0ms, false, 0.0) == 500ms);
  CHECK(next_pause(0ms, false, 0.5) == 1000ms);
  CHECK(next_pause(0ms, true, 0.0) == 2000ms);
  for (const auto previous : {0ms, 500ms, 3'000ms, 15'000ms, 60'000ms}) {
    CAPTURE(previous.count());
    const auto shortest = next_pause(previous, false, 0.0);
    const auto longest = next_pause(previous, false, 0.999999);
    CHECK(shortest == 500ms);
    CHECK(longest > shortest);
    CHECK(longest <= 60s);
    CHECK(longest <= std::max(3 * previous, std::chrono::milliseconds{1500}));
  }
  CHECK(next_pause(60s, false, 0.999999) == 60s);
}

TEST_CASE("a conversation is never written to faster than any of its windows allows (checklist 10)") {
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
      REQUIRE(sent[i] - sent[i - rule.sends] >= rule.span + arrival_tolerance);
    }
  }
  CHECK(sent[6] == start);
  CHECK(sent[7] == start + 1s + arrival_tolerance);
  CHECK(sent[8] == start + 2s + arrival_tolerance);
  CHECK(sent[60] == start + 30s + arrival_tolerance);
  CHECK(sent[1800] == start + 1h + arrival_tolerance);
  CHECK_FALSE(window.is_idle(sent.back() + 59min));
  CHECK(window.is_idle(sent.back() + 1h + arrival_tolerance));
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
  CHECK(replies >= 4);
  CHECK(replies <= 6);
  CHECK(throttle.earliest("otro", "", false, now) == now);
}

TEST_CASE(
    "no second holds more than the platform allows a tenant, replies and burst included (checklist 10)") {
  Throttle throttle({.requests_per_second = 40});
  std::vector<Instant> sent;
  for (Instant now = start; now < start + 5s; now += 1ms) {
    for (const bool is_reply : {false, true}) {
      const std::string conversation = "a:" + std::to_string(sent.size());
      if (is_reply && now < start + 2s) continue;  // a broadcast is under way when the replies come
      if (throttle.earliest("t", conversation, is_reply, now) > now) continue;
      throttle.record_send("t", conversation, now);
      sent.push_back(now);
    }
  }
  REQUIRE(sent.size() > 190);
  for (std::size_t i = 50; i < sent.size(); ++i) CHECK(sent[i] - sent[i - 50] >= 1s);
}

TEST_CASE("refusals here and there in a broadcast do not pause the tenant") {
  Throttle throttle({.requests_per_second = 40});
  Instant now = start;
  for (int i = 0; i < 200; ++i) {
    const std::string conversation = "a:" + std::to_string(i);
    throttle.record_send("t", conversation, now += 25ms);
    if (i % 10 == 0) throttle.record_refusal("t", conversation, now + 60s, now);
  }
  CHECK(throttle.earliest("t", "a:new", false, now + 1s) < now + 2s);
  for (int i = 0; i < 100; ++i) {  // then the channel refuses nearly all
    const std::string conversation = "b:" + std::to_string(i);
    throttle.record_send("t", conversation, now += 25ms);
    throttle.record_refusal("t", conversation, now + 60s, now);
  }
  CHECK(throttle.earliest("t", "a:new", false, now + 1s) == now + 60s);
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
  throttle.pause_tenant("t", start + 90s, start + 30s);
  CHECK(throttle.earliest("t", "a:9", true, start + 30s) == start + 90s);
  CHECK(throttle.earliest("otro", "a:9", true, start + 30s) == start + 30s);
}

TEST_CASE("a refusal to open conversations pauses the opening of others and nothing else") {
  Throttle throttle({.requests_per_second = 1000});
  throttle.record_refusal("t", "", start + 60s, start);
  CHECK(throttle.earliest("t", "", false, start + 1s) == start + 60s);
  CHECK(throttle.earliest("t", "a:1", false, start + 1s) == start + 1s);
  CHECK(throttle.earliest("otro", "", false, start + 1s) == start + 1s);
  CHECK(throttle.earliest("t", "", false, start + 61s) == start + 61s);
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
  CHECK(plan_send(message, conversation, std::nullopt, sender).cause == Cause::no_longer_true);
  CHECK(plan_send(message, conversation, handlers::Content{}, sender).cause == Cause::empty);
  CHECK(plan_send(message, std::nullopt, hello, sender).cause == Cause::never_opened);
  conversation.installed = false;
  CHECK(plan_send(message, conversation, hello, sender).cause == Cause::app_removed);
  conversation.blocked = true;
  CHECK(plan_send(message, conversation, hello, sender).cause == Cause::blocked);
  conversation.installed = true;
  message.conversation_id = "a:1;messageid=5";
  message.reply_to = "7";
  CHECK(plan_send(message, conversation, hello, sender).url ==
        "https://x/v3/conversations/a%3A1%3Bmessageid%3D5/activities/7");
  CHECK(without_thread(message.conversation_id) == "a:1");
  conversation.id = "a:2";  // has replaced the one that the message names
  CHECK(plan_send(message, conversation, hello, sender).url == "https://x/v3/conversations/a%3A2/activities");

  const Sender opener{.bot_id = "28:app", .tenant_id = "t", .fallback_service_url = "https://smba/teams"};
  CHECK(plan_send(message, std::nullopt, hello, opener).cause == Cause::conversation_unknown);
  message.conversation_id.clear();
  const SendPlan plan = plan_send(message, std::nullopt, hello, opener);
  CHECK(plan.step == SendPlan::Step::create_conversation);
  CHECK(plan.url == "https://smba/teams/v3/conversations");
  message.channel = "mail";
  CHECK(plan_send(message, conversation, hello, opener).cause == Cause::no_such_channel);
}

TEST_CASE("a personal conversation can be opened anew, and a wrong address has one other") {
  const Sender sender{.bot_id = "28:app", .tenant_id = "t", .fallback_service_url = "https://smba/teams/"};
  storage::Conversation stale;
  stale.kind = "personal";
  stale.service_url = "https://x/emea/";
  stale.aad_object_id = "ana";
  const SendPlan plan = plan_reopening({}, stale, sender);
  CHECK(plan.step == SendPlan::Step::create_conversation);
  CHECK(plan.url == "https://x/emea/v3/conversations");
  CHECK(plan.body.find("\"ana\"") != std::string::npos);
  stale.kind = "channel";
  CHECK(plan_reopening({}, stale, sender).cause == Cause::conversation_not_found);

  CHECK(other_service_url("https://smba/emea/", Cause::wrong_region, sender) == "https://smba/teams/");
  CHECK(other_service_url("https://smba/teams", Cause::wrong_region, sender) == "");
  CHECK(other_service_url("https://smba/teams/", Cause::wrong_host, sender) == sender.gcc_service_url);
  CHECK(other_service_url(sender.gcc_service_url, Cause::wrong_host, sender) == "");
}
