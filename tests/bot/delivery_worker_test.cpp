// Delivery from the store to a simulated Teams over real sockets: order, faults, restarts.
#include "storage/outbox_arrivals.hpp"
#include "tests/bot/delivery_scene.hpp"

using namespace pao;
using namespace pao::tests;

TEST_CASE("a reply reaches the conversation it answers and its receipt is stored") {
  Scene scene;
  scene.know("a:1");
  const OutboxMessage message = scene.reply("a:1", "hola");
  scene.add(message);
  scene.start();
  const OutboxMessage row = scene.settled(message.key, OutboxState::sent);
  CHECK(row.state == OutboxState::sent);
  CHECK(row.receipt == "sim-1");
  REQUIRE(scene.teams.delivered().size() == 1);
  CHECK(scene.teams.delivered()[0].conversation == "a:1");
  CHECK(scene.teams.delivered()[0].reply_to == message.reply_to);
  CHECK(scene.worker->counters().sent == 1);
  CHECK(scene.worker->counters().latency.back() == 1);
}

TEST_CASE("each conversation reads its messages in order while many go out at once") {
  Scene scene;
  scene.teams.inject({.status = 502, .times = 3});
  std::vector<std::string> expected;
  for (int i = 0; i < 20; ++i) expected.push_back("mensaje " + std::to_string(i));
  for (int c = 0; c < 10; ++c) scene.know("a:" + std::to_string(c));
  scene.start();
  for (const std::string& text : expected) {
    for (int c = 0; c < 10; ++c) scene.add(scene.reply("a:" + std::to_string(c), text));
  }
  REQUIRE(scene.teams.wait_for(200));
  for (int c = 0; c < 10; ++c) CHECK(texts(scene.teams.delivered_to("a:" + std::to_string(c))) == expected);
}

TEST_CASE("a 429 is honoured: delivered once, not before Retry-After, other conversations go on") {
  Scene scene;
  scene.know("a:1");
  scene.know("a:2");
  scene.teams.inject({.status = 429, .retry_after = "1", .conversation = "a:1"});
  const OutboxMessage first = scene.reply("a:1", "uno");
  scene.add(first);
  scene.start();
  scene.settled(first.key, OutboxState::pending);
  const OutboxMessage second = scene.reply("a:1", "dos");
  scene.add(second);
  const OutboxMessage elsewhere = scene.reply("a:2", "otro");
  scene.add(elsewhere);
  scene.settled(elsewhere.key, OutboxState::sent);
  CHECK(scene.teams.delivered_to("a:1").empty());
  scene.settled(second.key, OutboxState::sent);
  const auto delivered = scene.teams.delivered_to("a:1");
  CHECK(texts(delivered) == std::vector<std::string>{"uno", "dos"});
  CHECK(delivered[0].at - scene.teams.refused_at().at(0) >= 1s);
  CHECK(scene.worker->counters().throttled == 1);
}

TEST_CASE("what fails in passing is delivered once") {
  for (const Fault& fault : {Fault{.status = 502}, Fault{.status = 503}, Fault{.status = 412},
                             Fault{.status = 500}, Fault{.reset = true}, Fault{.delay = 300ms}}) {
    CAPTURE(fault.status);
    CAPTURE(fault.reset);
    Scene scene;
    scene.know("a:1");
    scene.teams.inject(fault);
    const OutboxMessage message = scene.reply("a:1", "hola");
    scene.add(message);
    scene.start();
    CHECK(scene.settled(message.key, OutboxState::sent).state == OutboxState::sent);
    CHECK(scene.teams.delivered().size() == 1);
  }
}

TEST_CASE("a channel that always fails gets a few tries with growing pauses, then an operator decides") {
  Scene scene;
  scene.know("a:1");
  scene.teams.inject({.status = 502, .times = 1000});
  const OutboxMessage message = scene.reply("a:1", "hola");
  scene.add(message);
  scene.start();
  const OutboxMessage row = scene.settled(message.key, OutboxState::dead);
  CHECK(row.state == OutboxState::dead);
  CHECK(row.reason.rfind("gateway_failed: HTTP 502", 0) == 0);
  CHECK(row.unconfirmed == max_unconfirmed_sends);
  CHECK(scene.worker->counters().unconfirmed == max_unconfirmed_sends);
  const auto tries = scene.teams.refused_at();
  REQUIRE(tries.size() == max_unconfirmed_sends);
  CHECK(tries[1] - tries[0] >= 500ms);
  CHECK(tries[2] - tries[1] > tries[1] - tries[0]);
}

TEST_CASE(
    "after a 500 a message waits for a sign, is repeated once, and then an operator decides (checklist 9)") {
  Scene scene;
  scene.options.sign_patience = 1200ms;  // for a reply a fourth
  scene.know("a:1");
  scene.teams.inject({.status = 500, .times = 1000});
  const OutboxMessage message = scene.reply("a:1", "hola");
  scene.add(message);
  scene.start();
  const OutboxMessage row = scene.settled(message.key, OutboxState::dead);
  CHECK(row.state == OutboxState::dead);
  CHECK(row.reason.rfind("channel_failed: HTTP 500", 0) == 0);
  CHECK(row.unconfirmed == 2);
  const auto tries = scene.teams.refused_at();
  REQUIRE(tries.size() == 2);
  CHECK(tries[1] - tries[0] >= 300ms);
}

TEST_CASE("who presses a card whose receipt was lost proves that it arrived: it is not sent again") {
  Scene scene;
  scene.options.sign_patience = 60s;
  scene.know("a:1", "ana");
  scene.teams.inject({.status = 500, .accept_first = true});
  const OutboxMessage message = scene.reply("a:1", "hola");
  scene.add(message);
  scene.start();
  REQUIRE(scene.teams.wait_for(1));
  const auto pressed = [&](const std::string& conversation, Instant at) {
    bool found = false;
    scene.write([&](storage::Session& session) {
      found = storage::confirm_arrival(session, conversation, "ana",
                                       std::to_string(at.time_since_epoch().count()), scene.clock.now());
    });
    return found;
  };
  const auto unconfirmed = [&] { return scene.find(message.key).unconfirmed == 1; };
  for (int i = 0; i < 1000 && !unconfirmed(); ++i) std::this_thread::sleep_for(5ms);
  REQUIRE(unconfirmed());
  CHECK_FALSE(pressed("a:1", message.created_at - 1h));  // an older card
  CHECK_FALSE(pressed("a:1", scene.clock.now() + 2h));
  CHECK_FALSE(pressed("a:2", scene.clock.now()));
  REQUIRE(pressed("a:1", scene.clock.now()));
  CHECK_FALSE(pressed("a:1", scene.clock.now() + 1s));  // nothing else waits for a sign
  const OutboxMessage row = scene.find(message.key);
  CHECK(row.state == OutboxState::sent);
  CHECK(row.receipt.size() == 13);
  CHECK(scene.teams.delivered().size() == 1);
}

TEST_CASE("a receipt that is lost on the way makes one repetition, which is counted with the message") {
  Scene scene;
  scene.know("a:1");
  const OutboxMessage warm_up = scene.reply("a:1", "antes");  // the next request runs on a kept connection
  scene.add(warm_up);
  scene.start();
  scene.settled(warm_up.key, OutboxState::sent);
  scene.teams.inject({.reset = true, .accept_first = true});
  const OutboxMessage message = scene.reply("a:1", "hola");
  scene.add(message);
  const OutboxMessage row = scene.settled(message.key, OutboxState::sent);
  CHECK(row.state == OutboxState::sent);
  CHECK(row.unconfirmed == 1);
  CHECK(texts(scene.teams.delivered()) == std::vector<std::string>{"antes", "hola", "hola"});
}

TEST_CASE("a conversation that Teams has forgotten is opened anew once") {
  Scene scene;
  scene.know("a:vieja", "ana");
  scene.teams.refuse("a:vieja", 404, "ConversationNotFound");
  const OutboxMessage reply = scene.reply("a:vieja", "uno");
  const OutboxMessage next = scene.reply("a:vieja", "dos");
  scene.add(reply);
  scene.add(next);
  scene.start();
  CHECK(scene.settled(next.key, OutboxState::sent).state == OutboxState::sent);
  CHECK(texts(scene.teams.delivered_to("a:ana")) == std::vector<std::string>{"uno", "dos"});
  CHECK(scene.teams.conversations_created() == 1);
  CHECK_FALSE(scene.installed("a:vieja"));

  SUBCASE("when it is the same one, the person is unreachable") {
    scene.teams.refuse("a:ana", 404, "ConversationNotFound");
    const OutboxMessage lost = scene.notice_to("ana", "tres");
    scene.add(lost);
    const OutboxMessage row = scene.settled(lost.key, OutboxState::unreachable);
    CHECK(row.reason.rfind("conversation_not_found", 0) == 0);
  }
}

TEST_CASE("a wrong service address is changed once and the right one remembered") {
  for (const char* code : {"InvalidBotApiHost", "Forbidden\",\"message\":\"User is from different region"}) {
    CAPTURE(code);
    SimulatedTeams wrong;  // outlives the worker's connections to it
    Scene scene;
    wrong.set_access_token(scene.token);
    wrong.inject({.status = 403, .times = 9, .body = R"({"error":{"code":")" + std::string(code) + "\"}}"});
    scene.also_allowed = wrong.service_url();
    scene.options.sender.gcc_service_url = scene.options.sender.fallback_service_url =
        scene.teams.service_url();
    scene.know("a:1");
    scene.write([&](storage::Session& s) { storage::set_service_url(s, "a:1", wrong.service_url()); });
    const OutboxMessage first = scene.reply("a:1", "uno");
    const OutboxMessage second = scene.reply("a:1", "dos");
    scene.add(first);
    scene.add(second);
    scene.start();
    CHECK(scene.settled(second.key, OutboxState::sent).state == OutboxState::sent);
    CHECK(texts(scene.teams.delivered()) == std::vector<std::string>{"uno", "dos"});
    CHECK(wrong.requests() == 1);
  }
}

TEST_CASE(
    "while an administrator blocks the app the tenant is left alone, and what is still valid goes later") {
  Scene scene;
  scene.know("a:1", "ana");
  scene.know("a:2", "luz");
  scene.teams.inject({.status = 403, .body = R"({"error":{"code":"BotDisabledByAdmin"}})"});
  const OutboxMessage reply = scene.reply("a:1", "respuesta");  // two minutes: over before the next look
  scene.add(reply);
  scene.start();
  const OutboxMessage ended = scene.settled(reply.key, OutboxState::unreachable);
  CHECK(ended.reason.rfind("tenant_suspended", 0) == 0);
  OutboxMessage notice = scene.notice_to("luz", "aviso");
  notice.expires_at = scene.clock.now() + 24h;
  scene.add(notice);
  const auto is_postponed = [&] { return scene.rows().front().reason == "kept_back"; };
  const auto deadline = std::chrono::steady_clock::now() + 10s;
  while (!is_postponed() && std::chrono::steady_clock::now() < deadline) std::this_thread::sleep_for(2ms);
  CHECK(scene.rows().front().attempts == 0);
  CHECK(scene.teams.requests() == 1);
  scene.clock.advance(11min);
  scene.worker->wake();
  CHECK(scene.settled(notice.key, OutboxState::sent).state == OutboxState::sent);
}

TEST_CASE("a restart remembers what was sent within the windows") {
  Scene scene;
  scene.options.throttle.conversation_windows = true;
  scene.know("a:1", "ana");
  scene.start();
  for (int i = 0; i < 7; ++i) scene.add(scene.reply("a:1", std::to_string(i)));
  REQUIRE(scene.teams.wait_for(7));
  scene.worker->stop();
  const OutboxMessage next = scene.notice_to("ana", "siguiente");
  scene.add(next);
  scene.start();
  CHECK(scene.settled(next.key, OutboxState::sent).state == OutboxState::sent);
  CHECK(scene.teams.delivered().back().at - scene.teams.delivered().front().at >= 1s);
  CHECK_FALSE(scene.teams.too_fast());
}

TEST_CASE("a refused token is renewed once (checklist 3)") {
  Scene scene;
  scene.know("a:1");
  scene.teams.set_access_token("renewed");
  const OutboxMessage message = scene.reply("a:1", "hola");
  scene.add(message);
  scene.start();
  CHECK(scene.settled(message.key, OutboxState::sent).state == OutboxState::sent);
  CHECK(scene.teams.requests() == 2);

  scene.teams.inject({.status = 401, .times = 2});
  const OutboxMessage refused = scene.reply("a:1", "otra vez");
  scene.add(refused);
  CHECK(scene.settled(refused.key, OutboxState::dead).state == OutboxState::dead);
  CHECK(scene.teams.requests() == 4);
}

TEST_CASE("while the identity provider refuses us a token messages wait: a new secret sends them") {
  for (const bool batch : {false, true}) {
    CAPTURE(batch);
    Scene scene;
    scene.options.batch = batch;
    scene.token_refusals = batch ? 1 : 6;  // a group asks once
    std::vector<std::string> keys;
    for (int i = 0; i < 6; ++i) {
      const std::string number = std::to_string(i);
      scene.know("a:" + number);
      OutboxMessage message = scene.notice_to("aad-a:" + number, "hola");
      message.priority = Priority::broadcast;
      keys.push_back(message.key);
      scene.add(message);
    }
    scene.start();
    for (const std::string& key : keys)
      CHECK(scene.settled(key, OutboxState::sent).state == OutboxState::sent);
    CHECK(scene.teams.delivered().size() == 6);
  }
}

TEST_CASE("of many requests refused with one token only the first makes us fetch another") {
  Scene scene;
  std::vector<std::string> keys;
  for (int i = 0; i < 20; ++i) {
    scene.know("a:" + std::to_string(i));
    const OutboxMessage message = scene.reply("a:" + std::to_string(i), "hola");
    keys.push_back(message.key);
    scene.add(message);
  }
  scene.teams.set_access_token("renewed");
  scene.start();
  for (const std::string& key : keys) CHECK(scene.settled(key, OutboxState::sent).state == OutboxState::sent);
  CHECK(scene.tokens_forgotten == 1);
}

TEST_CASE("after somebody blocked us later messages say so too") {
  Scene scene;
  scene.know("a:1");
  scene.teams.block("a:1");
  scene.start();
  for (const char* words : {"uno", "dos"}) {
    const OutboxMessage message = scene.notice_to("aad-a:1", words);
    scene.add(message);
    CHECK(scene.settled(message.key, OutboxState::unreachable).reason.rfind("blocked", 0) == 0);
  }
  CHECK(scene.teams.requests() == 1);
}

TEST_CASE("after the app was removed nothing is sent there any more") {
  Scene scene;
  scene.know("a:1");
  scene.teams.uninstall("a:1");
  const OutboxMessage first = scene.reply("a:1", "uno");
  scene.add(first);
  scene.start();
  const OutboxMessage row = scene.settled(first.key, OutboxState::unreachable);
  CHECK(row.state == OutboxState::unreachable);
  CHECK(row.reason.find("BotNotInConversationRoster") != std::string::npos);
  CHECK_FALSE(scene.installed("a:1"));
  const OutboxMessage second = scene.notice_to("aad-a:1", "dos");
  scene.add(second);
  CHECK(scene.settled(second.key, OutboxState::unreachable).state == OutboxState::unreachable);
  CHECK(scene.teams.requests() == 1);
}

TEST_CASE("somebody who never wrote is reached through the fallback address, or not at all") {
  SUBCASE("with a fallback address the conversation is opened once and remembered") {
    Scene scene;
    scene.options.sender.fallback_service_url = scene.teams.service_url();
    const OutboxMessage first = scene.notice_to("ana", "uno");
    const OutboxMessage second = scene.notice_to("ana", "dos");
    scene.add(first);
    scene.add(second);
    scene.start();
    CHECK(scene.settled(second.key, OutboxState::sent).state == OutboxState::sent);
    CHECK(texts(scene.teams.delivered_to("a:ana")) == std::vector<std::string>{"uno", "dos"});
    CHECK(scene.teams.conversations_created() == 1);
    CHECK(scene.installed("a:ana"));
  }
  SUBCASE("without one the message ends as unreachable") {
    Scene scene;
    const OutboxMessage message = scene.notice_to("ana", "uno");
    scene.add(message);
    scene.start();
    CHECK(scene.settled(message.key, OutboxState::unreachable).state == OutboxState::unreachable);
    CHECK(scene.teams.requests() == 0);
  }
}

TEST_CASE("what expired while it waited is obsolete and not sent") {
  Scene scene;
  scene.know("a:1");
  const OutboxMessage message = scene.reply("a:1", "tarde");
  scene.add(message);
  scene.clock.advance(3min);
  scene.start();
  CHECK(scene.settled(message.key, OutboxState::obsolete).state == OutboxState::obsolete);
  CHECK(scene.teams.requests() == 0);
}

TEST_CASE("a try that would come after the message expires is not made") {
  Scene scene;
  scene.know("a:1");
  scene.teams.inject({.status = 429, .retry_after = "600"});
  const OutboxMessage message = scene.reply("a:1", "hola");
  scene.add(message);
  scene.start();
  CHECK(scene.settled(message.key, OutboxState::dead).state == OutboxState::dead);
}

TEST_CASE("a message without stored content is rendered from today's state") {
  Scene scene;
  scene.know("a:1", "ana");
  OutboxMessage alert = scene.notice_to("ana", "");
  alert.kind = "alert";
  alert.subject = "vigente";
  OutboxMessage done = scene.notice_to("ana", "");
  done.kind = "alert";
  done.subject = "hecha";
  scene.add(alert);
  scene.add(done);
  scene.start([](const OutboxMessage& message) -> Result<std::optional<handlers::Content>> {
    if (message.subject == "hecha") return std::optional<handlers::Content>{};
    return std::optional(handlers::Content{.text = "Alerta", .card = cards::Card{"{}", "Resumen"}});
  });
  CHECK(scene.settled(alert.key, OutboxState::sent).state == OutboxState::sent);
  CHECK(scene.settled(done.key, OutboxState::obsolete).state == OutboxState::obsolete);
  CHECK(texts(scene.teams.delivered()) == std::vector<std::string>{"Alerta"});
}

TEST_CASE("our token never goes to an address that is not allowed") {
  Scene scene;
  scene.write([&](storage::Session& session) {
    storage::Conversation elsewhere;
    elsewhere.id = "a:1";
    elsewhere.kind = "personal";
    elsewhere.service_url = "http://127.0.0.1:9/teams/";
    storage::save_conversation(session, elsewhere);
  });
  const OutboxMessage message = scene.reply("a:1", "hola");
  scene.add(message);
  scene.start();
  CHECK(scene.settled(message.key, OutboxState::dead).state == OutboxState::dead);
  CHECK(scene.token_calls == 0);
}

TEST_CASE("a stop finishes what is on its way and leaves the rest for the next start") {
  Scene scene;
  scene.know("a:1");
  scene.teams.inject({.delay = 200ms});
  const OutboxMessage first = scene.reply("a:1", "uno");
  const OutboxMessage second = scene.reply("a:1", "dos");
  scene.add(first);
  scene.add(second);
  scene.start();
  while (scene.teams.requests() == 0) std::this_thread::sleep_for(1ms);
  scene.worker->stop();
  CHECK(scene.settled(first.key, OutboxState::sent).state == OutboxState::sent);
  CHECK(scene.teams.delivered().size() == 1);
  scene.start();
  CHECK(scene.settled(second.key, OutboxState::sent).state == OutboxState::sent);
  CHECK(texts(scene.teams.delivered()) == std::vector<std::string>{"uno", "dos"});
}

TEST_CASE("a death between sending and receipt sends once more after the lease, and is counted") {
  Scene scene;
  scene.know("a:1");
  scene.options.stop_patience = 0ms;
  scene.teams.inject({.delay = 500ms, .accept_first = true});
  const OutboxMessage message = scene.reply("a:1", "hola");
  scene.add(message);
  scene.start();
  REQUIRE(scene.teams.wait_for(1));
  scene.worker->stop();  // the receipt is lost: nobody waits for it
  CHECK(scene.rows().at(0).state == OutboxState::sending);

  scene.start();
  scene.know("a:2");
  const OutboxMessage other = scene.reply("a:2", "otro");
  scene.add(other);
  scene.settled(other.key, OutboxState::sent);
  CHECK(scene.teams.delivered_to("a:1").size() == 1);  // the lease holds

  scene.clock.advance(scene.options.lease);
  scene.worker->wake();
  CHECK(scene.settled(message.key, OutboxState::sent).state == OutboxState::sent);
  CHECK(scene.teams.delivered_to("a:1").size() == 2);
  CHECK(scene.worker->counters().repeated == 1);
}

TEST_CASE("a clock that jumps past the lease of what is on its way sends it no second time") {
  Scene scene;
  scene.know("a:1");
  scene.teams.inject({.delay = 700ms, .accept_first = true});
  const OutboxMessage message = scene.reply("a:1", "hola");
  scene.add(message);
  scene.start();
  REQUIRE(scene.teams.wait_for(1));
  scene.clock.advance(scene.options.lease + 1s);
  scene.worker->wake();
  CHECK(scene.settled(message.key, OutboxState::sent).state == OutboxState::sent);
  CHECK(scene.teams.delivered_to("a:1").size() == 1);
  CHECK(scene.worker->counters().repeated == 0);
}

TEST_CASE("a burst of replies into one conversation waits instead of being refused") {
  Scene scene;
  scene.options.throttle.conversation_windows = true;
  scene.know("a:1");
  scene.start();
  for (int i = 0; i < 9; ++i) scene.add(scene.reply("a:1", std::to_string(i)));
  REQUIRE(scene.teams.wait_for(9));
  const auto delivered = scene.teams.delivered();
  CHECK(delivered[6].at - delivered[0].at < 900ms);
  CHECK(delivered[8].at - delivered[0].at >= 1900ms);
}
