#include "storage/outbox_store.hpp"

#include "storage/conversations_store.hpp"
#include "tests/storage/temporary_store.hpp"

#include <map>

using namespace pao;
using namespace pao::storage;
using namespace pao::storage::test;

namespace {

using std::chrono::hours;
using std::chrono::minutes;

const Instant start = parse_instant("2026-11-12T09:00:00-05:00").value();

std::int64_t outbox_id(Session& session, std::string_view key) {
  return session
      .first("SELECT id FROM outbox WHERE key = $1", {key}, [](const Row& row) { return row.integer(0); })
      .value();
}

struct Outbox : TemporaryStore {
  bool add(const char* key, const char* lane, Priority priority = Priority::reply, minutes in = minutes{0}) {
    OutboxMessage message;
    message.key = key;
    message.kind = "notice";
    message.lane = lane;
    message.priority = priority;
    message.text = "Hola";
    message.not_before = start + in;
    message.expires_at = start + std::chrono::hours{24};
    message.created_at = start;
    return writing(*database, [&](Session& s) { return enqueue(s, message); });
  }
  std::vector<OutboxMessage> claim_messages(minutes at, int limit = 64, std::string_view channel = "teams") {
    return writing(*database, [&](Session& s) {
      return claim_due(s, start + at, start + at + minutes{5}, limit, channel);
    });
  }
  std::vector<std::string> claim(minutes at, int limit = 64) {
    std::vector<std::string> keys;
    for (const OutboxMessage& message : claim_messages(at, limit)) keys.push_back(message.key);
    return keys;
  }
  std::int64_t id(const std::string& key) {
    for (const OutboxMessage& message : list({})) {
      if (message.key == key) return message.id;
    }
    return 0;
  }
  void sent(const char* key) {
    writing(*database, [&](Session& s) { mark_sent(s, outbox_id(s, key), "m-1", start); });
  }
  void retry(const char* key, minutes at) {
    writing(*database, [&](Session& s) { mark_retry(s, outbox_id(s, key), start + at, "429"); });
  }
  std::vector<OutboxMessage> list(std::optional<OutboxState> state) {
    return reading(*database, [&](Session& s) { return list_outbox(s, state, 100); });
  }
};

using Keys = std::vector<std::string>;

}  // namespace

TEST_CASE("the same key is stored once") {
  Outbox outbox;
  CHECK(outbox.add("a", "L"));
  CHECK_FALSE(outbox.add("a", "M"));
  CHECK(outbox.list({}).size() == 1);
}

TEST_CASE("what was stored is what is claimed") {
  Outbox outbox;
  OutboxMessage message;
  message.key = "k";
  message.channel = "mail";
  message.kind = "digest";
  message.priority = Priority::notice;
  message.lane = "person:aad-1";
  message.conversation_id = "c1";
  message.aad_object_id = "aad-1";
  message.reply_to = "17";
  message.subject = "planes/T1/2026-11";
  message.text = "texto";
  message.card = "{}";
  message.summary = "resumen";
  message.not_before = start;
  message.expires_at = start + minutes{60};
  message.created_at = start;
  writing(*outbox.database, [&](Session& s) { return enqueue(s, message); });
  CHECK(outbox.claim_messages(minutes{1}).empty());  // another channel's
  const auto claimed = outbox.claim_messages(minutes{1}, 64, "mail");
  REQUIRE(claimed.size() == 1);
  const OutboxMessage& got = claimed.front();
  CHECK(got.id > 0);
  CHECK(std::tie(got.key, got.channel, got.kind, got.priority, got.lane, got.conversation_id,
                 got.aad_object_id, got.reply_to, got.subject, got.text, got.card, got.summary) ==
        std::tie(message.key, message.channel, message.kind, message.priority, message.lane,
                 message.conversation_id, message.aad_object_id, message.reply_to, message.subject,
                 message.text, message.card, message.summary));
  CHECK(got.expires_at == message.expires_at);
  CHECK(got.state == OutboxState::sending);
  CHECK(got.attempts == 1);
}

TEST_CASE("replies go before notices and notices before broadcasts, each the longest due first") {
  Outbox outbox;
  outbox.add("b", "L1", Priority::broadcast);
  outbox.add("n2", "L2", Priority::notice, minutes{2});
  outbox.add("n1", "L3", Priority::notice, minutes{1});
  outbox.add("r", "L4", Priority::reply, minutes{3});
  outbox.add("later", "L5", Priority::reply, minutes{30});
  CHECK(outbox.claim(minutes{5}, 3) == Keys{"r", "n1", "n2"});
  CHECK(outbox.claim(minutes{5}, 3) == Keys{"b"});
}

TEST_CASE("a lane has one message in flight and keeps its order") {
  Outbox outbox;
  outbox.add("a1", "A");
  outbox.add("a2", "A");
  outbox.add("b1", "B");
  CHECK(outbox.claim(minutes{0}) == Keys{"a1", "b1"});
  CHECK(outbox.claim(minutes{1}).empty());
  outbox.sent("a1");
  CHECK(outbox.claim(minutes{1}) == Keys{"a2"});
}

TEST_CASE("a retry holds up what came after it in its lane") {
  Outbox outbox;
  outbox.add("a1", "A");
  outbox.add("a2", "A");
  CHECK(outbox.claim(minutes{0}) == Keys{"a1"});
  outbox.retry("a1", minutes{10});
  CHECK(outbox.claim(minutes{1}).empty());
  // Due again later than the one behind it, it still goes first.
  CHECK(outbox.claim(minutes{11}) == Keys{"a1"});
  const auto message = outbox.list(OutboxState::sending).front();
  CHECK(message.attempts == 2);
  CHECK(message.reason == "429");
  outbox.sent("a1");
  CHECK(outbox.claim(minutes{11}) == Keys{"a2"});
}

TEST_CASE("a reply does not wait for a broadcast that is retried") {
  Outbox outbox;
  outbox.add("broadcast", "A", Priority::broadcast);
  CHECK(outbox.claim(minutes{0}) == Keys{"broadcast"});
  outbox.retry("broadcast", minutes{10});
  outbox.add("reply", "A", Priority::reply);
  CHECK(outbox.claim(minutes{1}) == Keys{"reply"});
}

TEST_CASE("a message planned for later holds up nothing") {
  Outbox outbox;
  outbox.add("tomorrow", "A", Priority::reply, minutes{600});
  outbox.add("now", "A");
  CHECK(outbox.claim(minutes{1}) == Keys{"now"});
}

TEST_CASE("a claim that nobody finished can be claimed when its lease has ended") {
  Outbox outbox;
  outbox.add("a1", "A");
  outbox.add("a2", "A");
  CHECK(outbox.claim(minutes{0}) == Keys{"a1"});
  CHECK(outbox.claim(minutes{4}).empty());
  CHECK(outbox.claim(minutes{5}) == Keys{"a1"});
}

TEST_CASE("the next instant at which something can be claimed is known") {
  Outbox outbox;
  const auto next = [&](minutes after = minutes{0}) {
    return reading(*outbox.database, [&](Session& s) { return next_due(s, start + after); });
  };
  CHECK_FALSE(next());
  outbox.add("b", "B", Priority::broadcast, minutes{3});
  outbox.add("a", "A", Priority::reply, minutes{7});
  CHECK(next() == start + minutes{3});
  CHECK(outbox.claim(minutes{3}) == Keys{"b"});
  CHECK(next() == start + minutes{7});
  outbox.sent("b");
  CHECK(outbox.claim(minutes{7}) == Keys{"a"});
  CHECK(next() == start + minutes{12});
  outbox.add("a2", "A");  // due, and behind the one in flight: it waits for that lease
  CHECK(next() == start + minutes{12});
  CHECK_FALSE(next(minutes{12}));
}

TEST_CASE("a message put back without a try keeps its place and its number of attempts") {
  Outbox outbox;
  outbox.add("a1", "A");
  outbox.add("a2", "A");
  CHECK(outbox.claim(minutes{0}) == Keys{"a1"});
  writing(*outbox.database,
          [&](Session& s) { mark_postponed(s, outbox_id(s, "a1"), start + minutes{10}, "kept_back"); });
  CHECK(outbox.list(OutboxState::pending).back().attempts == 0);
  CHECK(outbox.claim(minutes{1}).empty());
  const auto claimed = outbox.claim_messages(minutes{10});
  REQUIRE(claimed.size() == 1);
  CHECK(claimed[0].key == "a1");
  CHECK(claimed[0].attempts == 1);
  CHECK_FALSE(claimed[0].reclaimed);
  outbox.retry("a1", minutes{11});
  CHECK(outbox.claim(minutes{11}) == Keys{"a1"});
  writing(*outbox.database,
          [&](Session& s) { mark_postponed(s, outbox_id(s, "a1"), start + minutes{12}, "kept_back"); });
  CHECK(outbox.list(OutboxState::pending).back().reason == "429");  // of the failure
}

TEST_CASE("every send without a receipt is counted with its message") {
  Outbox outbox;
  outbox.add("a", "A");
  (void)outbox.claim(minutes{0});
  const auto again = outbox.claim_messages(minutes{5});  // nobody finished the first claim
  REQUIRE(again.size() == 1);
  CHECK(again[0].reclaimed);
  CHECK(again[0].unconfirmed == 1);
  writing(*outbox.database,
          [&](Session& s) { mark_retry(s, outbox_id(s, "a"), start + minutes{6}, "no_answer", true); });
  (void)outbox.claim(minutes{6});
  writing(*outbox.database, [&](Session& s) {
    mark_ended(s, outbox_id(s, "a"), OutboxState::dead, "no_answer", start + minutes{6}, true);
  });
  CHECK(outbox.list(OutboxState::dead).front().unconfirmed == 3);
}

TEST_CASE("the outcomes of an audience add up to it") {
  Outbox outbox;
  for (const char* key : {"digest:2026-11-12:1", "digest:2026-11-12:2", "digest:2026-11-12:3",
                          "digest:2026-11-12:4", "digest:2026-11-13:1", "digest:2026-11-1"}) {
    outbox.add(key, key);
  }
  (void)outbox.claim(minutes{0}, 4);
  outbox.sent("digest:2026-11-12:1");
  writing(*outbox.database, [&](Session& s) {
    mark_ended(s, outbox_id(s, "digest:2026-11-12:2"), OutboxState::unreachable, "blocked", start);
    mark_retry(s, outbox_id(s, "digest:2026-11-12:3"), start + minutes{1}, "no_answer", true);
  });
  const auto counts =
      reading(*outbox.database, [](Session& s) { return count_by_state(s, "digest:2026-11-12:"); });
  std::map<OutboxState, std::int64_t> messages;
  std::int64_t audience = 0, unconfirmed = 0;
  for (const StateCount& count : counts) {
    messages[count.state] = count.messages;
    audience += count.messages;
    unconfirmed += count.unconfirmed;
  }
  CHECK(audience == 4);
  CHECK(unconfirmed == 1);
  CHECK(messages == std::map<OutboxState, std::int64_t>{{OutboxState::pending, 1},
                                                        {OutboxState::sending, 1},
                                                        {OutboxState::sent, 1},
                                                        {OutboxState::unreachable, 1}});
  CHECK(reading(*outbox.database, [](Session& s) { return count_by_state(s, "report:"); }).empty());
}

TEST_CASE("what was sent lately is known after a restart, what is under a lease as if it were sent now") {
  Outbox outbox;
  outbox.add("old", "old");
  outbox.add("new", "new");
  outbox.add("flying", "flying");
  outbox.add("waiting", "waiting", Priority::reply, minutes{60});
  (void)outbox.claim(minutes{0});
  writing(*outbox.database, [&](Session& s) {
    mark_sent(s, outbox_id(s, "old"), "m", start);
    mark_sent(s, outbox_id(s, "new"), "m", start + minutes{2});
  });
  const auto sent =
      reading(*outbox.database, [](Session& s) { return sent_since(s, start, start + minutes{3}); });
  REQUIRE(sent.size() == 2);
  CHECK(sent[0].at == start + minutes{2});
  CHECK(sent[1].at == start + minutes{3});
}

TEST_CASE("an operator lists, cancels and puts back") {
  Outbox outbox;
  for (const char* key : {"pending", "flying", "sent", "dead"}) outbox.add(key, key);
  const auto id = [&](const char* key) { return outbox.id(key); };
  const std::int64_t pending = id("pending");
  const std::int64_t dead = id("dead");
  const std::int64_t flying = id("flying");
  const std::int64_t sent = id("sent");
  outbox.add("late", "late", Priority::reply, minutes{60});
  const std::int64_t late = id("late");
  (void)outbox.claim(minutes{0});
  outbox.sent("sent");
  writing(*outbox.database, [&](Session& s) { mark_ended(s, dead, OutboxState::dead, "410", start); });
  writing(*outbox.database, [&](Session& s) { mark_retry(s, pending, start + minutes{5}, "500"); });

  const auto cancel = [&](std::int64_t which) {
    return writing(*outbox.database, [&](Session& s) { return cancel_message(s, which, "no", start); });
  };
  CHECK(cancel(late));
  CHECK_FALSE(cancel(flying));
  CHECK_FALSE(cancel(sent));
  CHECK(reading(*outbox.database, count_waiting) == 2);
  REQUIRE(outbox.list(OutboxState::dead).size() == 1);
  CHECK(outbox.list(OutboxState::dead).front().reason == "410");
  CHECK(outbox.list({}).front().key == "late");

  const auto put_back = [&](std::int64_t which) {
    return writing(*outbox.database, [&](Session& s) { return retry_message(s, which, start + minutes{1}); });
  };
  CHECK(put_back(dead));
  CHECK_FALSE(put_back(dead));
  CHECK_FALSE(put_back(sent));
  const auto again = outbox.claim_messages(minutes{1});
  REQUIRE(again.size() == 1);
  CHECK(again.front().key == "dead");
  CHECK(again.front().attempts == 1);
  CHECK(again.front().reason.empty());  // what was before is over
}

TEST_CASE("what has expired is not put back: it would end unread") {
  Outbox outbox;
  outbox.add("late", "late");
  const auto id = outbox.claim_messages(minutes{0}).front().id;
  writing(*outbox.database, [&](Session& s) {
    mark_ended(s, id, OutboxState::dead, "410", start);
    CHECK_FALSE(retry_message(s, id, start + hours{24 * 365}));
    CHECK(retry_message(s, id, start + minutes{1}));
  });
}

TEST_CASE("a longer lease keeps a message from being claimed again") {
  Outbox outbox;
  outbox.add("group", "group");
  const auto id = outbox.claim_messages(minutes{0}).front().id;
  writing(*outbox.database, [&](Session& s) { extend_leases(s, {id}, start + minutes{9}); });
  CHECK(outbox.claim_messages(minutes{8}).empty());
  CHECK(outbox.claim_messages(minutes{10}).size() == 1);
}

TEST_CASE("a reply does not wait for a broadcast that is on its way, a notice does for a reply") {
  Outbox outbox;
  outbox.add("digest", "L", Priority::broadcast);
  REQUIRE(outbox.claim(minutes{0}) == Keys{"digest"});
  const auto id = outbox.id("digest");
  writing(*outbox.database, [&](Session& s) { extend_leases(s, {id}, start + minutes{10}); });
  outbox.add("reply", "L", Priority::reply);
  CHECK(outbox.claim(minutes{1}) == Keys{"reply"});
  outbox.add("notice", "L", Priority::notice);
  CHECK(outbox.claim(minutes{2}).empty());
  outbox.sent("reply");
  CHECK(outbox.claim(minutes{3}) == Keys{"notice"});
}

TEST_CASE("what goes to a person by itself keeps its order with what is answered in the same chat") {
  Outbox outbox;
  writing(*outbox.database, [&](Session& s) {
    save_conversation(s, {.id = "a:15", .kind = "personal", .aad_object_id = "aad-15"});
    enqueue(s, {.key = "reply",
                .kind = "reply",
                .lane = "a:15",
                .conversation_id = "a:15",
                .not_before = start,
                .expires_at = start + hours{1},
                .created_at = start});
    for (const char* person : {"aad-15", "aad-16"})
      enqueue(s, {.key = std::string("notice:") + person,
                  .kind = "notice",
                  .priority = Priority::notice,
                  .lane = std::string("person:") + person,
                  .aad_object_id = person,
                  .not_before = start,
                  .expires_at = start + hours{1},
                  .created_at = start});
  });
  std::vector<std::string> together;
  for (const auto& message : outbox.claim_messages(minutes{0})) together.push_back(message.key);
  CHECK(together == std::vector<std::string>{"reply", "notice:aad-16"});
}

TEST_CASE("after an outage all messages that ended because of it are put back, and no others") {
  Outbox outbox;
  for (const char* key : {"report:1", "report:2", "report:3", "report:4", "reply:1", "report:5", "report:6"})
    outbox.add(key, key);
  (void)outbox.claim(minutes{0});
  const auto ends = [&](const char* key, OutboxState state, const char* reason) {
    writing(*outbox.database, [&](Session& s) { mark_ended(s, outbox_id(s, key), state, reason, start); });
  };
  ends("report:1", OutboxState::dead, "channel_failed: HTTP 500");
  ends("report:2", OutboxState::dead, "channel_failed");
  ends("report:3", OutboxState::dead, "malformed: HTTP 400");
  ends("report:4", OutboxState::unreachable, "channel_failed: HTTP 500");
  ends("reply:1", OutboxState::dead, "channel_failed: HTTP 500");
  ends("report:5", OutboxState::dead, "channel_failed_otherwise: x");
  ends("report:6", OutboxState::obsolete, "channel_failed: HTTP 500");
  const auto put_back = [&](const char* prefix, Instant at) {
    return writing(*outbox.database,
                   [&](Session& s) { return retry_undelivered(s, prefix, "channel_failed", at); });
  };
  CHECK(put_back("report:", start + std::chrono::hours{24 * 400}) == 0);  // expired long ago
  CHECK(put_back("report:", start + minutes{1}) == 3);
  CHECK(put_back("report:", start + minutes{1}) == 0);
  CHECK(put_back("", start + minutes{1}) == 1);
  CHECK(outbox.list(OutboxState::dead).size() == 2);
  CHECK(outbox.list(OutboxState::unreachable).empty());
  CHECK(outbox.list(OutboxState::obsolete).size() == 1);
  CHECK(outbox.list(OutboxState::pending).size() == 4);
}
