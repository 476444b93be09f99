// Equal broadcasts handed to the channel in one request (reference 5.5), and what becomes of each.
#include "tests/bot/delivery_scene.hpp"

using namespace pao;
using namespace pao::tests;

namespace {

OutboxMessage broadcast(Scene& scene, const std::string& person, const std::string& text) {
  scene.know("a:" + person, person);
  OutboxMessage message = scene.notice_to(person, text);
  message.priority = Priority::broadcast;
  return message;
}

std::vector<OutboxMessage> broadcasts(Scene& scene, int people, const std::string& text) {
  std::vector<OutboxMessage> all;
  for (int i = 0; i < people; ++i) all.push_back(broadcast(scene, "p" + std::to_string(i), text));
  return all;
}

void add_all(Scene& scene, const std::vector<OutboxMessage>& all) {
  for (const OutboxMessage& message : all) scene.add(message);
}

BatchEntry entry(std::int64_t id, const std::string& member, const std::string& body = "{}") {
  return {.id = id,
          .member_id = member,
          .service_url = "https://x/",
          .tenant = "t",
          .body = body,
          .lease_until = Instant{30s}};
}

std::vector<BatchEntry> entries(int count) {
  std::vector<BatchEntry> all;
  for (int i = 0; i < count; ++i) all.push_back(entry(i + 1, "m" + std::to_string(i)));
  return all;
}

}  // namespace

TEST_CASE("equal broadcasts leave in one request and each row has its own outcome") {
  Scene scene;
  scene.options.batch = true;
  scene.teams.block("a:p3");
  const auto all = broadcasts(scene, 8, "Aviso para todos");
  const OutboxMessage other = broadcast(scene, "sola", "Otro aviso");
  add_all(scene, all);
  scene.add(other);
  scene.start();
  for (std::size_t i = 0; i < all.size(); ++i) {
    CAPTURE(i);
    const OutboxState expected = i == 3 ? OutboxState::unreachable : OutboxState::sent;
    const OutboxMessage row = scene.settled(all[i].key, expected);
    CHECK(row.state == expected);
    CHECK(row.attempts == 1);
  }
  CHECK(scene.settled(all[3].key, OutboxState::unreachable).reason.rfind("blocked", 0) == 0);
  CHECK_FALSE(scene.installed("a:p3"));
  CHECK(scene.settled(other.key, OutboxState::sent).receipt != "");
  // One for the group, one for the message that is alone, two questions about the group.
  CHECK(scene.teams.requests() == 4);
  CHECK(scene.teams.delivered().size() == 8);
  CHECK(scene.worker->counters().sent == 8);
}

TEST_CASE("without the setting, and for fewer than five, each goes by itself") {
  for (const bool batch : {false, true}) {
    Scene scene;
    scene.options.batch = batch;
    const auto all = broadcasts(scene, batch ? 4 : 6, "Aviso");
    add_all(scene, all);
    scene.start();
    for (const OutboxMessage& message : all)
      CHECK(scene.settled(message.key, OutboxState::sent).receipt != "");
    CHECK(scene.teams.requests() == static_cast<int>(all.size()));
  }
}

TEST_CASE("a channel that does not take groups gets every message by itself") {
  Scene scene;
  scene.options.batch = true;
  scene.teams.inject({.status = 403, .body = R"({"error":{"code":"NotEnoughPermissions"}})"});
  const auto all = broadcasts(scene, 6, "Aviso");
  add_all(scene, all);
  scene.start();
  for (const OutboxMessage& message : all) {
    CHECK(scene.settled(message.key, OutboxState::sent).state == OutboxState::sent);
  }
  CHECK(scene.teams.requests() == 7);
  CHECK(scene.teams.delivered().size() == 6);
}

TEST_CASE("a group that is refused for a moment is tried again, and nobody reads it twice") {
  Scene scene;
  scene.options.batch = true;
  scene.teams.inject({.status = 429, .retry_after = "0"});
  const auto all = broadcasts(scene, 6, "Aviso");
  add_all(scene, all);
  scene.start();
  for (const OutboxMessage& message : all) {
    CHECK(scene.settled(message.key, OutboxState::sent).state == OutboxState::sent);
  }
  CHECK(scene.teams.delivered().size() == 6);
}

TEST_CASE("groups hold five to a hundred, one of a person, and only what is equal") {
  BatchLane lane;
  CHECK(lane.take(entries(4)).empty());
  const auto calls = lane.take(entries(204));
  REQUIRE(calls.size() == 2);
  CHECK(calls[0].ids.size() == 100);
  CHECK(calls[1].ids.size() == 100);
  CHECK(BatchLane::is_ours(calls[0].tag));
  CHECK_FALSE(BatchLane::is_ours(12));
  auto twice = entries(5);
  twice.push_back(entry(9, "m0"));
  REQUIRE(lane.take(twice).size() == 1);
  auto different = entries(4);
  different.push_back(entry(9, "m9", R"({"text":"otro"})"));
  CHECK(lane.take(different).empty());
}

TEST_CASE(
    "while the channel works on a group it is asked again and stays ours; after ten minutes it counts as "
    "sent") {
  BatchLane lane;
  const auto calls = lane.take(entries(5));
  REQUIRE(calls.size() == 1);
  CHECK(lane.finish(calls[0].tag, {.status = 201, .body = R"({"id":"op"})"}, Instant{0s}).empty());
  CHECK(lane.questions(Instant{500ms}).empty());
  const auto asked = lane.questions(Instant{1s});
  REQUIRE(asked.size() == 1);
  CHECK(asked[0].request.url == "https://x/v3/batch/conversation/op");
  CHECK(lane.questions(Instant{2s}).empty());  // on its way
  CHECK(
      lane.finish(asked[0].tag, {.status = 200, .body = R"({"state":"Ongoing","retryAfter":4})"}, Instant{1s})
          .empty());
  CHECK(lane.next_question() == Instant{5s});
  const auto again = lane.questions(Instant{5s});
  REQUIRE(again.size() == 1);
  CHECK(lane.finish(again[0].tag, {.failure = "reset"}, Instant{5s}).empty());
  CHECK(lane.extend(Instant{24s}, 5s, Instant{54s}).empty());
  CHECK(lane.extend(Instant{25s}, 5s, Instant{55s}).size() == 5);
  CHECK(lane.extend(Instant{26s}, 5s, Instant{56s}).empty());
  CHECK(lane.run_out(Instant{594s}, 5s).empty());
  const auto over = lane.run_out(Instant{595s}, 5s);
  REQUIRE(over.size() == 5);
  CHECK(over[0].what == BatchOutcome::What::sent);
  CHECK(over[0].operation == "op");
  CHECK_FALSE(lane.next_question());
}

TEST_CASE("a group that failed as a whole without naming anybody is not taken for sent") {
  BatchLane lane;
  const auto calls = lane.take(entries(5));
  CHECK(lane.finish(calls[0].tag, {.status = 201, .body = R"({"id":"op"})"}, Instant{0s}).empty());
  const auto asked = lane.questions(Instant{1s});
  REQUIRE(asked.size() == 1);
  CHECK(lane.finish(asked[0].tag, {.status = 200, .body = R"({"state":"Failed"})"}, Instant{1s}).empty());
  // The service stops before it can ask who it was.
  BatchLane stopping = lane;
  CHECK(stopping.run_out(Instant{1s}, 24h).at(0).what == BatchOutcome::What::failed);
  const auto listed = lane.questions(Instant{1s});
  REQUIRE(listed.size() == 1);
  const auto outcomes =
      lane.finish(listed[0].tag, {.status = 200, .body = R"({"failedEntryResponses":[]})"}, Instant{1s});
  REQUIRE(outcomes.size() == 5);
  CHECK(outcomes[0].what == BatchOutcome::What::failed);
  CHECK(outcomes[0].verdict.unconfirmed);
}

TEST_CASE("a group whose receipt is lost is unconfirmed for everybody in it") {
  BatchLane lane;
  const auto calls = lane.take(entries(5));
  const auto outcomes = lane.finish(calls[0].tag, {.failure = "reset"}, Instant{0s});
  REQUIRE(outcomes.size() == 5);
  CHECK(outcomes[0].what == BatchOutcome::What::failed);
  CHECK(outcomes[0].verdict.unconfirmed);
  CHECK(outcomes[0].verdict.outcome == Outcome::retry);
  CHECK(lane.is_on());
  const auto refused = lane.take(entries(5));
  CHECK(lane.finish(refused[0].tag, {.status = 401}, Instant{0s})[0].what == BatchOutcome::What::by_itself);
  CHECK(lane.is_on());
  const auto unknown = lane.take(entries(5));
  CHECK(lane.finish(unknown[0].tag, {.status = 405}, Instant{0s})[0].what == BatchOutcome::What::by_itself);
  CHECK_FALSE(lane.is_on());
}
