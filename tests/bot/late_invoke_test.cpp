// What happens when the work of an invoke takes longer than Teams waits: over HTTP, with a route that waits
// to be let go.
#include "bot/http/server.hpp"
#include "bot/invoke_budget.hpp"
#include "bot/messages_endpoint.hpp"
#include "cards/basic_card.hpp"
#include "storage/late_invokes_store.hpp"
#include "storage/outbox_store.hpp"
#include "tests/http/server_fixture.hpp"
#include "tests/storage/demo_store.hpp"

#include <doctest/doctest.h>
#include <httplib.h>
#include <nlohmann/json.hpp>

#include <atomic>
#include <future>

using namespace pao;
using namespace pao::bot;
using namespace std::chrono_literals;
using handlers::Decision;
using handlers::Hearing;
using handlers::Reply;
using nlohmann::json;
using storage::test::instant;
using storage::test::reading;

namespace {

constexpr const char* aad = "demo-aad-0015";  // U-015

// A service of two routes: "lento" waits at the gate and then writes once, a search waits and finds nothing.
class Scene {
 public:
  explicit Scene(std::chrono::milliseconds budget = 30ms) {
    REQUIRE(reference_.refresh(now_));
    endpoint_.emplace(
        nullptr,
        MessagesEndpoint::Policy{.allowed_tenants = {},
                                 .connector_hosts = {.allow_loopback = true},
                                 .file_hosts = {},
                                 .longest_budget = budget,
                                 .typing_after = 20ms},
        *store_.database, *runner_, [this] { return now_; }, metrics,
        [this](storage::Conversation conversation) {
          const auto call = [this](const delivery::Request& request) -> delivery::Answer {
            CHECK(request.url == "http://127.0.0.1:9/v3/conversations/a%3A15/activities");
            ++typed;
            return {.status = 202};
          };
          return std::make_unique<delivery::TypingIndicator>(std::move(conversation), call, 10ms);
        });
    server_.route("POST", "/api/messages", [this](const http::Request& request, http::Response& response) {
      endpoint_->on_post(request, response);
    });
    REQUIRE(server_.listen("127.0.0.1", 0));
    server_.start();
  }
  ~Scene() { gate.open(); }

  static json invoke(const std::string& name, const json& value, const std::string& id = "f:1") {
    return {{"type", "invoke"},
            {"name", name},
            {"id", id},
            {"channelId", "msteams"},
            {"serviceUrl", "http://127.0.0.1:9/"},
            {"from", {{"id", "29:15"}, {"aadObjectId", aad}}},
            {"recipient", {{"id", "28:app"}}},
            {"conversation", {{"id", "a:15"}, {"conversationType", "personal"}}},
            {"replyToId", "1700"},
            {"value", value}};
  }
  static json slow_press() {
    return invoke("adaptiveCard/action",
                  {{"action", {{"type", "Action.Execute"}, {"verb", "lento"}, {"data", json::object()}}}});
  }

  httplib::Result post(const json& body) {
    httplib::Client client("127.0.0.1", server_.port());
    client.set_read_timeout(60s);
    return client.Post("/api/messages", body.dump(), "application/json");
  }
  std::string answer_to(const json& body) {
    const auto result = post(body);
    REQUIRE(result);
    CHECK(result->status == 200);
    return result->body;
  }

  std::vector<storage::OutboxMessage> outbox() {
    return reading(*store_.database,
                   [](storage::Session& s) { return storage::list_outbox(s, std::nullopt, 100); });
  }
  std::size_t late() {
    return reading(*store_.database, [](storage::Session& s) { return storage::late_invokes(s); }).size();
  }
  std::int64_t effects() {
    return reading(*store_.database, [](storage::Session& s) {
      return s
          .first("SELECT value FROM counters WHERE name = 'effect'", {},
                 [](const storage::Row& row) { return row.integer(0); })
          .value_or(0);
    });
  }
  // Waits until the work is stored.
  bool done() {
    const auto until = std::chrono::steady_clock::now() + 10s;
    while (effects() == 0 && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(2ms);
    return effects() == 1;
  }
  TurnRunner& runner() { return *runner_; }

  void until_typed(int times) const {
    const auto until = std::chrono::steady_clock::now() + 10s;
    while (typed < times && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(2ms);
    CHECK(typed >= times);
  }

  test::Gate gate;
  TurnMetrics metrics;
  std::atomic<int> typed{0};
  std::atomic<bool> with_card{false};  // what comes late is a card

 private:
  std::vector<handlers::Route> routes() {
    const auto slow = [this](const Hearing&) -> Result<Decision> {
      gate.wait();
      return Decision::storing([this](storage::Session& session) -> Result<Reply> {
        session.run(
            "INSERT INTO counters (name, value) VALUES ('effect', 1)"
            " ON CONFLICT (name) DO UPDATE SET value = counters.value + 1");
        Reply reply{.content = {.text = "Terminado"}, .trace = {.outcome = "done"}};
        if (with_card) reply.content = {.card = cards::notice_card("Terminado", "Quedó guardado.")};
        return reply;
      });
    };
    const auto searched = [this](const Hearing&) -> Result<Decision> {
      gate.wait();
      return Decision(Reply{.trace = {.outcome = "searched"}});
    };
    const auto pressed = [](const Hearing& h) { return h.turn().verb == "lento"; };
    const auto said = [](const Hearing& h) { return h.turn().kind == handlers::TurnKind::text; };
    const auto search = [](const Hearing& h) { return h.turn().kind == handlers::TurnKind::search; };
    return {
        {"slow", pressed, {.anybody = true}, handlers::Where::anywhere, handlers::Effect::writes, slow},
        {"said", said, {.anybody = true}, handlers::Where::anywhere, handlers::Effect::writes, slow},
        {"search", search, {.anybody = true}, handlers::Where::anywhere, handlers::Effect::reads, searched}};
  }

  storage::test::DemoStore store_;
  Instant now_ = instant(storage::test::demo_morning);
  handlers::ReferenceSource reference_{*store_.database};
  handlers::Router router_{routes(), *store_.database, reference_};
  std::optional<TurnRunner> runner_{std::in_place,           *store_.database, reference_, router_,
                                    [this] { return now_; }, metrics,          [] {}};
  std::optional<MessagesEndpoint> endpoint_;
  http::Server server_{http::Settings{.limits = {}, .workers = 4}};
};

}  // namespace

TEST_CASE(
    "work within the budget is not disturbed, work beyond it is reported once, and both are waited for") {
  InvokeBudget budget(1ms);
  std::atomic<int> overruns{0};
  budget.run(
      10s, [&] { ++overruns; }, [] {});
  CHECK(overruns == 0);
  std::promise<void> told;
  budget.run(
      1ms,
      [&] {
        ++overruns;
        told.set_value();
        std::this_thread::sleep_for(5ms);
        ++overruns;
      },
      [&] { told.get_future().wait(); });
  CHECK(overruns == 2);  // the second half of the overrun too
  budget.run(
      10s, [&] { ++overruns; }, [] {});
  CHECK(overruns == 2);
}

TEST_CASE("many pieces of work are watched at once") {
  InvokeBudget budget(1ms);
  std::atomic<int> overruns{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < 20; ++round) {
        std::promise<void> told;
        const bool slow = (i + round) % 4 == 0;
        budget.run(
            slow ? 1ms : std::chrono::milliseconds{60'000},
            [&] {
              ++overruns;
              told.set_value();
            },
            [&] {
              if (slow) told.get_future().wait();
            });
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(overruns == 8 * 20 / 4);
}

TEST_CASE(
    "who presses a slow button gets a progress card at once and the outcome as a message (checklist 6)") {
  Scene scene;
  const std::string at_once = scene.answer_to(Scene::slow_press());
  CHECK(at_once.find("Estoy en eso") != std::string::npos);
  CHECK(at_once.find("application/vnd.microsoft.card.adaptive") != std::string::npos);
  CHECK(scene.late() == 1);
  CHECK(scene.effects() == 0);
  CHECK(scene.metrics.late == 1);

  scene.gate.open();
  REQUIRE(scene.done());
  CHECK(scene.late() == 0);
  const auto outbox = scene.outbox();
  REQUIRE(outbox.size() == 1);
  CHECK(outbox[0].text == "Terminado");
  CHECK(outbox[0].conversation_id == "a:15");
  CHECK(outbox[0].reply_to == "1700");
  CHECK(outbox[0].operation == storage::OutboxOperation::post);  // words alone do not replace a card

  // Pressed again by the channel, it gets the same answer and nothing happens again.
  CHECK(scene.answer_to(Scene::slow_press()) == at_once);
  CHECK(scene.effects() == 1);
  CHECK(scene.outbox().size() == 1);
}

TEST_CASE(
    "a card that comes late takes the place of the pressed one, where it is known and nobody else reads it") {
  const auto operation_after = [](const json& press) {
    Scene scene;
    scene.with_card = true;
    scene.answer_to(press);
    scene.gate.open();
    REQUIRE(scene.done());
    const auto outbox = scene.outbox();
    REQUIRE(outbox.size() == 1);
    CHECK_FALSE(outbox[0].card.empty());
    return outbox[0].operation;
  };
  CHECK(operation_after(Scene::slow_press()) == storage::OutboxOperation::update);
  json nowhere = Scene::slow_press();
  nowhere.erase("replyToId");
  CHECK(operation_after(nowhere) == storage::OutboxOperation::post);
  json group = Scene::slow_press();
  group["conversation"]["conversationType"] = "groupChat";
  CHECK(operation_after(group) == storage::OutboxOperation::post);
}

TEST_CASE("the same invoke delivered again while it is being worked on has one effect and one answer") {
  Scene scene;
  auto first = std::async(std::launch::async, [&] { return scene.answer_to(Scene::slow_press()); });
  scene.gate.until_waiting(1);
  const std::string at_once = first.get();
  auto second = std::async(std::launch::async, [&] { return scene.answer_to(Scene::slow_press()); });
  scene.gate.until_waiting(2);
  scene.gate.open();
  CHECK(second.get() == at_once);
  REQUIRE(scene.done());
  CHECK(scene.effects() == 1);
  CHECK(scene.outbox().size() == 1);
}

TEST_CASE("work that ends in time is answered by itself") {
  Scene scene(60s);
  scene.gate.open();
  CHECK(scene.answer_to(Scene::slow_press()).find("Terminado") != std::string::npos);
  CHECK(scene.outbox().empty());
  CHECK(scene.metrics.late == 0);
  // The budget runs out when all is stored: the work's own answer stands.
  const auto activity = protocol::parse_activity(Scene::slow_press().dump());
  REQUIRE(activity);
  CHECK_FALSE(scene.runner().answer_late(*activity, "{}"));
  CHECK(scene.late() == 0);
}

TEST_CASE("a search that takes too long finds nothing, says so, and is not finished later") {
  Scene scene;
  const json search = Scene::invoke("composeExtension/query", {{"commandId", "x"}});
  CHECK(scene.answer_to(search).find("está tardando más de lo normal") != std::string::npos);
  CHECK(scene.late() == 0);
  scene.gate.open();
  CHECK(scene.answer_to(search).find("está tardando más de lo normal") != std::string::npos);
  CHECK(scene.outbox().empty());
}

TEST_CASE("what was promised and cut off by the end of the process is finished at the next start") {
  Scene scene;
  const std::string body = Scene::slow_press().dump();
  const auto activity = protocol::parse_activity(body);
  REQUIRE(activity);
  REQUIRE(scene.runner().answer_late(*activity, body));  // and then the process ended
  scene.gate.open();
  // While somebody may still be working on it, it is left alone.
  CHECK(scene.runner().finish_late(instant(storage::test::demo_morning)) == 0);
  CHECK(scene.late() == 1);
  CHECK(scene.runner().finish_late(Instant::max()) == 1);
  CHECK(scene.effects() == 1);
  CHECK(scene.late() == 0);
  REQUIRE(scene.outbox().size() == 1);
  CHECK(scene.outbox()[0].text == "Terminado");
  CHECK(scene.runner().finish_late(Instant::max()) == 0);
  CHECK(scene.effects() == 1);
}

TEST_CASE("while a slow answer is made its reader sees typing, and a quick one is not announced") {
  Scene scene(60s);
  json message = Scene::invoke("", json::object(), "1700");
  message["type"] = "message";
  message["text"] = "¿hasta cuándo?";
  auto waiting = std::async(std::launch::async, [&] { return scene.answer_to(message); });
  scene.until_typed(2);
  scene.gate.open();
  waiting.get();
  const int shown = scene.typed;
  message["id"] = "1701";
  scene.answer_to(message);
  std::this_thread::sleep_for(30ms);
  CHECK(scene.typed == shown);
  CHECK(scene.outbox().size() == 2);
}

TEST_CASE("after a promise typing is shown until the outcome is stored; a search promises nothing") {
  Scene scene;
  scene.answer_to(Scene::slow_press());
  scene.until_typed(2);
  scene.gate.open();
  REQUIRE(scene.done());
  Scene searching;
  searching.answer_to(Scene::invoke("composeExtension/query", {{"commandId", "x"}}));
  searching.gate.open();
  CHECK(searching.typed == 0);
}
