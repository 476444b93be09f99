// One turn from the activity to the durable answer, with a real store and routes that the test makes.
#include "bot/turn_runner.hpp"

#include "bot/log.hpp"
#include "storage/outbox_store.hpp"
#include "storage/registro_store.hpp"
#include "tests/bot/captured_log.hpp"
#include "tests/storage/demo_store.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <atomic>
#include <regex>
#include <thread>

using namespace pao;
using namespace pao::bot;
using bot::test::CapturedLog;
using handlers::Access;
using handlers::Decision;
using handlers::Hearing;
using handlers::Reply;
using handlers::Route;
using storage::test::instant;
using storage::test::reading;
using storage::test::writing;

namespace {

constexpr const char* aad = "demo-aad-0015";  // U-015
constexpr const char* conversation = "a:15";

// A database that can be away.
class Switchable : public storage::Database {
 public:
  explicit Switchable(storage::Database& real) : real_(real) {}
  std::atomic<bool> reads_fail{false}, writes_fail{false};

 protected:
  Result<void> read_closure(const Closure& closure) override {
    if (reads_fail) return fail(ErrorCode::unavailable, "the disk is away");
    return real_.read(closure);
  }
  Result<void> write_closure(const Closure& closure) override {
    if (writes_fail) return fail(ErrorCode::unavailable, "the disk is away");
    return real_.write(closure);
  }

 private:
  storage::Database& real_;
};

class Scene {
 public:
  Scene() { REQUIRE(reference_.refresh(now)); }

  protocol::Activity message(const std::string& text, const std::string& id = "m-1") const {
    protocol::Activity activity;
    activity.type = "message";
    activity.id = id;
    activity.channel_id = "msteams";
    activity.service_url = "https://smba.trafficmanager.net/amer/";
    activity.tenant_id = "t";
    activity.from = {.id = "29:15", .name = "Somebody", .aad_object_id = aad};
    activity.recipient = {.id = "28:app", .name = "PAO", .aad_object_id = ""};
    activity.conversation_id = conversation;
    activity.conversation_type = "personal";
    activity.text = text;
    return activity;
  }
  protocol::Activity press(const std::string& verb, const std::string& id = "i-1") const {
    protocol::Activity activity = message("", id);
    activity.type = "invoke";
    activity.invoke_name = protocol::card_action_name;
    activity.verb = verb;
    return activity;
  }
  protocol::Activity installation(const std::string& action, const std::string& id) const {
    protocol::Activity activity = message("", id);
    activity.type = "installationUpdate";
    activity.event = action;
    return activity;
  }

  Result<storage::ActivityOutcome> run(const protocol::Activity& activity) { return runner_.run(activity); }
  storage::ActivityOutcome done(const protocol::Activity& activity) {
    auto outcome = run(activity);
    if (!outcome) FAIL(outcome.error().detail);
    return *outcome;
  }

  std::vector<storage::OutboxMessage> outbox() {
    return reading(*store_.database, [](storage::Session& session) {
      return storage::list_outbox(session, std::nullopt, 100);
    });
  }
  std::vector<nlohmann::json> registro() {
    std::vector<nlohmann::json> entries;
    reading(*store_.database, [&](storage::Session& session) {
      storage::each_registro(session, 1, [&](const storage::RegistroEntry& entry) {
        nlohmann::json content = nlohmann::json::parse(entry.content);
        content["actor"] = entry.actor;
        entries.push_back(std::move(content));
        return true;
      });
    });
    return entries;
  }
  std::optional<storage::Conversation> stored_conversation() {
    return reading(*store_.database, [](storage::Session& session) {
      return storage::find_conversation(session, conversation);
    });
  }
  // How often the effect of the route "effect" is in the store.
  std::int64_t effects() {
    return reading(*store_.database, [](storage::Session& session) {
      return session
          .first("SELECT value FROM counters WHERE name = 'effect'", {},
                 [](const storage::Row& row) { return row.integer(0); })
          .value_or(0);
    });
  }
  void write(const std::function<void(storage::Session&)>& work) { writing(*store_.database, work); }

  Instant now = instant(storage::test::demo_morning);
  std::atomic<int> handled{0}, wakes{0};
  TurnMetrics metrics;

 private:
  static void add_effect(storage::Session& session) {
    session.run(
        "INSERT INTO counters (name, value) VALUES ('effect', 1)"
        " ON CONFLICT (name) DO UPDATE SET value = counters.value + 1");
  }
  Route route(const char* name, handlers::Matches matches, handlers::Run work) {
    return {name,
            std::move(matches),
            Access{.anybody = true},
            handlers::Where::anywhere,
            handlers::Effect::writes,
            [this, work = std::move(work)](const Hearing& hearing) {
              ++handled;
              return work(hearing);
            }};
  }
  Route on(const char* word, handlers::Run work) {
    return route(
        word,
        [word](const Hearing& hearing) { return hearing.turn().text == word || hearing.turn().verb == word; },
        std::move(work));
  }
  static Reply says(const std::string& text) {
    return {.content = {.text = text}, .trace = {.outcome = "said"}};
  }

  std::vector<Route> routes() {
    return {
        route(
            "greeting", [](const Hearing& h) { return h.turn().kind == handlers::TurnKind::arrival; },
            [](const Hearing&) -> Result<Decision> { return Decision(says("Buenos días")); }),
        on("hello",
           [](const Hearing& h) -> Result<Decision> {
             return Decision(says(h.turn().person ? "Hola, " + h.turn().person->id : "Hola"));
           }),
        on("silence", [](const Hearing&) -> Result<Decision> { return Decision(); }),
        on("effect",
           [](const Hearing&) -> Result<Decision> {
             return Decision::storing([](storage::Session& session) -> Result<Reply> {
               add_effect(session);
               Reply reply = says("Hecho");
               reply.notices.push_back({.aad_object_id = "demo-aad-0003",
                                        .key = "notice-of-effect",
                                        .content = {.text = "Aviso"}});
               return reply;
             });
           }),
        on("half",
           [](const Hearing&) -> Result<Decision> {
             return Decision::storing([](storage::Session& session) -> Result<Reply> {
               add_effect(session);
               return fail(ErrorCode::conflict, "too late", "Alguien llegó primero.");
             });
           }),
        on("broken",
           [](const Hearing&) -> Result<Decision> { return fail(ErrorCode::internal, "no such column: x"); }),
        on("away",
           [](const Hearing&) -> Result<Decision> {
             return fail(ErrorCode::unavailable, "readers are busy");
           }),
    };
  }

  storage::test::DemoStore store_;

 public:
  Switchable database{*store_.database};

 private:
  handlers::ReferenceSource reference_{*store_.database};
  handlers::Router router_{routes(), database, reference_};
  TurnRunner runner_{database, reference_, router_, [this] { return now; }, metrics, [this] { ++wakes; }};
};

}  // namespace

TEST_CASE("a message is answered through the outbox, a button in the body") {
  Scene scene;
  const auto to_message = scene.done(scene.message("hello"));
  CHECK(to_message.status == 200);
  CHECK(to_message.body.empty());
  REQUIRE(scene.outbox().size() == 1);
  const auto reply = scene.outbox().front();
  CHECK(reply.text == "Hola, U-015");
  CHECK(reply.conversation_id == conversation);
  CHECK(reply.reply_to == "m-1");
  CHECK(scene.wakes == 1);

  const auto to_press = scene.done(scene.press("hello"));
  CHECK(to_press.status == 200);
  CHECK(to_press.body.find("Hola, U-015") != std::string::npos);
  CHECK(scene.outbox().size() == 1);
  CHECK(scene.wakes == 1);
  CHECK(scene.metrics.messages == 1);
  CHECK(scene.metrics.actions == 1);
}

TEST_CASE("a repeated activity gets its stored outcome and its effect happens once") {
  Scene scene;
  const auto first = scene.done(scene.press("effect"));
  const auto second = scene.done(scene.press("effect"));
  CHECK(first.body == second.body);
  CHECK(first.status == second.status);
  CHECK(scene.effects() == 1);
  CHECK(scene.outbox().size() == 1);  // the notice
  CHECK(scene.registro().size() == 1);
  CHECK(scene.metrics.repeated == 1);
  scene.done(scene.press("effect", "i-2"));
  CHECK(scene.effects() == 2);
}

TEST_CASE("the same activity from many threads at once has one effect and one answer (checklist 7)") {
  Scene scene;
  constexpr int senders = 8, rounds = 20;
  for (int round = 0; round < rounds; ++round) {
    const auto activity = scene.press("effect", "i-" + std::to_string(round));
    std::vector<std::string> bodies(senders);
    std::vector<std::thread> threads;
    for (int i = 0; i < senders; ++i) {
      threads.emplace_back([&, i] {
        const auto outcome = scene.run(activity);
        bodies[static_cast<std::size_t>(i)] = outcome ? outcome->body : "failed";
      });
    }
    for (std::thread& thread : threads) thread.join();
    for (const std::string& body : bodies) CHECK(body == bodies.front());
    CHECK(bodies.front().find("Hecho") != std::string::npos);
  }
  CHECK(scene.effects() == rounds);
  CHECK(scene.registro().size() == rounds);
  CHECK(scene.metrics.repeated == rounds * (senders - 1));
}

TEST_CASE(
    "a store step that fails leaves the refusal, its registro entry and its outcome, and nothing else") {
  Scene scene;
  const CapturedLog log;
  const auto outcome = scene.done(scene.press("half"));
  CHECK(outcome.body.find("Alguien llegó primero.") != std::string::npos);
  CHECK(scene.effects() == 0);
  CHECK(scene.outbox().empty());
  REQUIRE(scene.registro().size() == 1);
  CHECK(scene.registro().front().at("outcome") == "refused");
  CHECK(scene.registro().front().at("error") == "conflict");
  CHECK(scene.done(scene.press("half")).body == outcome.body);
  CHECK(scene.metrics.refused == 1);
  CHECK(scene.metrics.failed == 0);
}

TEST_CASE("the reference that a person reads is in the log and the registro, the cause in the log only") {
  struct Case {
    std::string word, outcome;
  };
  for (const Case& each : {Case{"half", "refused"}, Case{"broken", "failed"}}) {
    CAPTURE(each.word);
    Scene scene;
    const CapturedLog log;
    const std::string body = scene.done(scene.press(each.word)).body;
    std::smatch match;
    REQUIRE(std::regex_search(body, match, std::regex("PT-[2-9A-HJ-NP-Z]{8}")));
    const std::string reference = match[0];
    CHECK(log.text().find("reference=" + reference) != std::string::npos);
    CHECK(scene.registro().front().at("reference") == reference);
    CHECK(scene.registro().front().at("outcome") == each.outcome);
    CHECK(body.find("no such column") == std::string::npos);
    if (each.word == "broken") CHECK(log.text().find("no such column: x") != std::string::npos);
  }
  Scene scene;  // a typed message gets the same as a message of its own
  const CapturedLog log;
  scene.done(scene.message("broken"));
  REQUIRE(scene.outbox().size() == 1);
  CHECK(scene.outbox().front().card.find("PT-") != std::string::npos);
}

TEST_CASE("neither names nor words reach the log") {
  Scene scene;
  const CapturedLog log;
  log::set_level("debug");
  scene.done(scene.message("hello"));
  scene.done(scene.message("mi cédula es 123456", "m-2"));  // no route takes it: a refusal
  scene.done(scene.message("broken", "m-3"));
  log::set_level("info");
  CHECK(log.text().find("turn.done") != std::string::npos);
  for (const char* private_word : {"cédula", "123456", "Somebody", "Ulises", "hacienda-demo"}) {
    CHECK(log.text().find(private_word) == std::string::npos);
  }
}

TEST_CASE("every turn is in the registro with who, what and how it ended (R-08)") {
  Scene scene;
  scene.done(scene.message("hello"));
  protocol::Activity unknown = scene.message("hello", "m-2");
  unknown.from.aad_object_id = "somebody-else";
  scene.done(unknown);
  scene.done(scene.press("effect", "i-3"));
  const auto entries = scene.registro();
  REQUIRE(entries.size() == 3);
  CHECK(entries[0].at("actor") == "U-015");
  CHECK(entries[0].at("route") == "hello");
  CHECK(entries[0].at("question") == "hello");
  CHECK(entries[0].at("answer") == "Hola, U-015");
  CHECK(entries[0].at("activity") == "m-1");
  CHECK(entries[1].at("actor") == "aad:somebody-else");
  CHECK(entries[1].at("answer") == "Hola");
  CHECK(entries[2].at("verb") == "effect");
}

TEST_CASE("a person is greeted once, whichever event opens the conversation, and again after nothing") {
  Scene scene;
  scene.done(scene.installation("add", "e-1"));
  protocol::Activity opened = scene.message("", "e-2");
  opened.type = "conversationUpdate";
  opened.adds_us = true;
  scene.done(opened);
  scene.done(scene.installation("remove", "e-3"));
  scene.done(scene.installation("add", "e-4"));
  REQUIRE(scene.outbox().size() == 1);
  CHECK(scene.outbox().front().text == "Buenos días");
  REQUIRE(scene.stored_conversation());
  CHECK(scene.stored_conversation()->greeted);
  CHECK(scene.stored_conversation()->installed);
}

TEST_CASE("where the conversation is, is kept up to date") {
  Scene scene;
  scene.done(scene.message("silence"));
  const auto first = scene.stored_conversation();
  REQUIRE(first);
  CHECK(first->service_url == "https://smba.trafficmanager.net/amer/");
  CHECK(first->aad_object_id == aad);
  CHECK(first->user_id == "29:15");
  CHECK(first->installed);
  CHECK(scene.outbox().empty());

  protocol::Activity moved = scene.message("silence", "m-2");
  moved.service_url = "https://smba.trafficmanager.net/emea/";
  scene.done(moved);
  CHECK(scene.stored_conversation()->service_url == "https://smba.trafficmanager.net/emea/");

  scene.now += std::chrono::minutes{11};
  scene.done(scene.message("silence", "m-3"));
  CHECK(scene.stored_conversation()->last_inbound_at == scene.now);

  scene.done(scene.installation("remove", "e-1"));
  CHECK_FALSE(scene.stored_conversation()->installed);
}

TEST_CASE("a group's conversation is nobody's personal one") {
  Scene scene;
  protocol::Activity activity = scene.message("hello");
  activity.conversation_type = "groupChat";
  activity.mentions_us = true;
  scene.done(activity);
  REQUIRE(scene.stored_conversation());
  CHECK(scene.stored_conversation()->aad_object_id.empty());
  CHECK(scene.stored_conversation()->kind == "groupChat");
}

TEST_CASE("what is said in a group to somebody else is not kept") {
  Scene scene;
  protocol::Activity activity = scene.message("hello");
  activity.conversation_type = "groupChat";
  scene.done(activity);
  CHECK(scene.handled == 0);
  CHECK(scene.outbox().empty());
  for (const auto& entry : scene.registro()) CHECK_FALSE(entry.contains("question"));
}

TEST_CASE("who could not be reached gets what waits at the first contact, and once") {
  Scene scene;
  scene.write([&](storage::Session& session) {
    storage::OutboxMessage waiting;
    waiting.key = "digest-of-today";
    waiting.kind = "notice";
    waiting.lane = std::string("person:") + aad;
    waiting.aad_object_id = aad;
    waiting.text = "Vence hoy";
    waiting.not_before = waiting.created_at = scene.now;
    waiting.expires_at = scene.now + std::chrono::hours{6};
    REQUIRE(storage::enqueue(session, waiting));
    storage::mark_ended(session, storage::list_outbox(session, std::nullopt, 1).front().id,
                        storage::OutboxState::unreachable, "no conversation", scene.now);
  });
  scene.done(scene.message("silence"));
  CHECK(scene.wakes == 1);
  REQUIRE(scene.outbox().size() == 1);
  CHECK(scene.outbox().front().state == storage::OutboxState::pending);
  scene.done(scene.message("silence", "m-2"));
  CHECK(scene.wakes == 1);
}

TEST_CASE("when the store is away the turn fails, nothing is kept, and the same activity works later") {
  for (const bool writes : {true, false}) {
    CAPTURE(writes);
    Scene scene;
    const CapturedLog log;
    // Without the disk the handler cannot read either; a route that asks for no read fails at the write.
    scene.database.writes_fail = writes;
    scene.database.reads_fail = !writes;
    const auto activity = writes ? scene.press("effect") : scene.press("away");
    const auto outcome = scene.run(activity);
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().code == ErrorCode::unavailable);
    CHECK(scene.metrics.failed == 1);
    CHECK(scene.wakes == 0);
    CHECK(scene.effects() == 0);
    CHECK(scene.outbox().empty());
    CHECK(scene.registro().empty());
    CHECK_FALSE(scene.stored_conversation());
    scene.database.writes_fail = scene.database.reads_fail = false;
    CHECK(scene.done(scene.press("effect")).body.find("Hecho") != std::string::npos);
    CHECK(scene.effects() == 1);
  }
}
