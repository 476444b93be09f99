// Messages sent before that are changed or taken away: through the outbox, in the order of their lane.
#include "tests/bot/delivery_scene.hpp"

using namespace pao;
using namespace pao::tests;
using storage::OutboxOperation;

namespace {

OutboxMessage change_of(Scene& scene, const OutboxMessage& target, OutboxOperation operation,
                        const std::string& text = "") {
  OutboxMessage change = scene.reply(target.conversation_id, text);
  change.kind = "notice";
  change.lane = target.lane;
  change.reply_to.clear();
  change.operation = operation;
  change.target_key = target.key;
  return change;
}

}  // namespace

TEST_CASE("a message sent before is changed in its place, and the change can be changed again") {
  Scene scene;
  scene.know("a:1", "ana");
  const OutboxMessage first = scene.notice_to("ana", "por decidir");
  const OutboxMessage update = change_of(scene, first, OutboxOperation::update, "decidida");
  const OutboxMessage again = change_of(scene, update, OutboxOperation::update, "archivada");
  scene.add(first);
  scene.add(update);
  scene.add(again);
  scene.start();
  const OutboxMessage row = scene.settled(again.key, OutboxState::sent);
  CHECK(row.state == OutboxState::sent);
  CHECK(row.receipt == "sim-1");
  CHECK(row.sent_to == "a:1");
  CHECK(texts(scene.teams.delivered()) == std::vector<std::string>{"por decidir"});
  const auto changed = scene.teams.changed();
  REQUIRE(changed.size() == 2);
  CHECK(changed[0].activity == "sim-1");
  CHECK(nlohmann::json::parse(changed[0].body)["text"] == "decidida");
  CHECK_FALSE(nlohmann::json::parse(changed[0].body).contains("channelData"));  // no second notification
  CHECK(nlohmann::json::parse(changed[1].body)["text"] == "archivada");
}

TEST_CASE("a change waits for the receipt of its message, whatever lane it was put into") {
  Scene scene;
  scene.know("a:1", "ana");
  scene.teams.inject({.status = 503, .conversation = "a:1"});
  const OutboxMessage first = scene.reply("a:1", "uno");
  OutboxMessage update = change_of(scene, first, OutboxOperation::update, "dos");
  update.lane = "person:ana";
  scene.add(first);
  scene.add(update);
  scene.start();
  CHECK(scene.settled(update.key, OutboxState::sent).state == OutboxState::sent);
  CHECK(scene.settled(first.key, OutboxState::sent).state == OutboxState::sent);
  REQUIRE(scene.teams.changed().size() == 1);
  CHECK(texts(scene.teams.delivered()) == std::vector<std::string>{"uno"});
}

TEST_CASE("a message is taken away once, and one that is gone already counts as taken away") {
  Scene scene;
  scene.know("a:1");
  const OutboxMessage first = scene.reply("a:1", "uno");
  scene.add(first);
  scene.start();
  scene.settled(first.key, OutboxState::sent);
  const OutboxMessage removal = change_of(scene, first, OutboxOperation::remove);
  scene.add(removal);
  CHECK(scene.settled(removal.key, OutboxState::sent).state == OutboxState::sent);
  REQUIRE(scene.teams.changed().size() == 1);
  CHECK(scene.teams.changed()[0].body == "");
  scene.teams.inject({.status = 404, .body = R"({"error":{"code":"ActivityNotFoundInConversation"}})"});
  const OutboxMessage second = change_of(scene, first, OutboxOperation::remove);
  scene.add(second);
  CHECK(scene.settled(second.key, OutboxState::sent).state == OutboxState::sent);
}

TEST_CASE("what should be changed is gone: its new content is sent as a message of its own") {
  Scene scene;
  scene.know("a:1");
  const OutboxMessage first = scene.reply("a:1", "uno");
  scene.add(first);
  scene.start();
  scene.settled(first.key, OutboxState::sent);
  scene.teams.inject({.status = 404, .body = R"({"error":{"code":"ActivityNotFoundInConversation"}})"});
  const OutboxMessage update = change_of(scene, first, OutboxOperation::update, "dos");
  scene.add(update);
  const OutboxMessage row = scene.settled(update.key, OutboxState::sent);
  CHECK(row.receipt == "sim-2");
  CHECK(texts(scene.teams.delivered()) == std::vector<std::string>{"uno", "dos"});
}

TEST_CASE("a message that never arrived is neither changed nor taken away") {
  Scene scene;
  scene.know("a:1");
  scene.teams.inject({.status = 400});
  const OutboxMessage first = scene.reply("a:1", "uno");
  scene.add(first);
  scene.start();
  scene.settled(first.key, OutboxState::dead);
  for (const OutboxOperation operation : {OutboxOperation::update, OutboxOperation::remove}) {
    const OutboxMessage change = change_of(scene, first, operation, "dos");
    scene.add(change);
    const OutboxMessage row = scene.settled(change.key, OutboxState::obsolete);
    CHECK(row.state == OutboxState::obsolete);
    CHECK(row.reason == "target_not_sent");
  }
  OutboxMessage stray = change_of(scene, first, OutboxOperation::update, "x");
  stray.target_key = "nobody:knows";
  scene.add(stray);
  CHECK(scene.settled(stray.key, OutboxState::obsolete).reason == "target_not_sent");
  CHECK(scene.teams.delivered().empty());
  CHECK(scene.teams.changed().empty());
}

TEST_CASE("a message that is still planned is withdrawn instead of sent and taken away") {
  Scene scene;
  scene.know("a:1", "ana");
  OutboxMessage planned = scene.notice_to("ana", "mañana");
  planned.not_before = scene.clock.now() + 1h;
  planned.expires_at = scene.clock.now() + 2h;
  const OutboxMessage removal = change_of(scene, planned, OutboxOperation::remove);
  scene.add(planned);
  scene.add(removal);
  scene.start();
  CHECK(scene.settled(removal.key, OutboxState::obsolete).state == OutboxState::obsolete);
  const OutboxMessage row = scene.settled(planned.key, OutboxState::obsolete);
  CHECK(row.state == OutboxState::obsolete);
  CHECK(row.reason == "withdrawn");
  CHECK(scene.teams.requests() == 0);
}

TEST_CASE("a message known only by the channel's id is changed, which finishes a late answer") {
  Scene scene;
  scene.know("a:1");
  const OutboxMessage before = scene.reply("a:1", "tarjeta");
  scene.add(before);
  scene.start();
  const std::string id = scene.settled(before.key, OutboxState::sent).receipt;
  OutboxMessage late = scene.reply("a:1", "listo");
  late.operation = OutboxOperation::update;
  late.reply_to = id;
  scene.add(late);
  CHECK(scene.settled(late.key, OutboxState::sent).receipt == id);
  REQUIRE(scene.teams.changed().size() == 1);
  CHECK(scene.teams.changed()[0].activity == id);
}

TEST_CASE("a change that fails in passing is repeated freely, since it has the same effect each time") {
  Scene scene;
  scene.know("a:1");
  const OutboxMessage first = scene.reply("a:1", "uno");
  scene.add(first);
  scene.start();
  scene.settled(first.key, OutboxState::sent);
  scene.teams.inject({.status = 502, .times = 2});
  const OutboxMessage update = change_of(scene, first, OutboxOperation::update, "dos");
  scene.add(update);
  const OutboxMessage row = scene.settled(update.key, OutboxState::sent);
  CHECK(row.state == OutboxState::sent);
  CHECK(row.unconfirmed == 0);
}
