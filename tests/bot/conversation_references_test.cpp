// Where conversations are, through everything that can happen to them (reference 5.3; checklist 12).
#include "bot/conversation_references.hpp"

#include "tests/storage/temporary_store.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::bot;
using handlers::TurnKind;
using storage::Conversation;
using storage::test::instant;
using storage::test::reading;
using storage::test::writing;

namespace {

class Scene : public storage::test::TemporaryStore {
 public:
  static protocol::Activity message() {
    protocol::Activity activity;
    activity.type = "message";
    activity.id = "1";
    activity.text = "hola";
    activity.channel_id = "msteams";
    activity.service_url = "https://smba.trafficmanager.net/amer/t/";
    activity.tenant_id = "t";
    activity.locale = "es-CO";
    activity.from = {.id = "29:ana", .name = "Ana", .aad_object_id = "aad-ana"};
    activity.recipient = {.id = "28:app", .name = "PAO", .aad_object_id = ""};
    activity.conversation_id = "a:1";
    activity.conversation_type = "personal";
    return activity;
  }
  static protocol::Activity installation(const char* action) {
    protocol::Activity activity = message();
    activity.type = "installationUpdate";
    activity.event = action;
    activity.text.clear();
    return activity;
  }
  static protocol::Activity in_channel(const char* type, const char* event = "") {
    protocol::Activity activity = message();
    activity.type = type;
    activity.event = event;
    activity.conversation_id = "19:canal@thread.tacv2";
    activity.conversation_type = "channel";
    activity.thread_id = "1699";
    activity.team_id = "19:equipo@thread.tacv2";
    activity.mentions_us = true;
    return activity;
  }

  void hear(const protocol::Activity& activity) {
    const handlers::Turn turn = protocol::to_turn(activity, now);
    writing(*database, [&](storage::Session& session) {
      keep_reference(session, activity, reference_of(activity, turn));
    });
  }
  std::optional<Conversation> at(const char* id = "a:1") {
    return reading(*database, [&](storage::Session& s) { return storage::find_conversation(s, id); });
  }

  Instant now = instant("2026-11-12T09:00:00-05:00");
};

}  // namespace

TEST_CASE("from the first event to removal, block and return a conversation stays known (checklist 12)") {
  Scene scene;
  scene.hear(Scene::installation("add"));
  REQUIRE(scene.at());
  CHECK(scene.at()->installed);
  CHECK(scene.at()->region == "amer");
  CHECK(scene.at()->tenant_id == "t");
  CHECK(scene.at()->aad_object_id == "aad-ana");
  CHECK(scene.at()->bot_id == "28:app");
  CHECK(scene.at()->locale == "es-CO");

  protocol::Activity moved = Scene::message();
  moved.service_url = "https://smba.trafficmanager.net/emea/t/";
  scene.hear(moved);
  CHECK(scene.at()->service_url == moved.service_url);
  CHECK(scene.at()->region == "emea");

  scene.hear(Scene::installation("remove"));
  CHECK_FALSE(scene.at()->installed);
  scene.hear(Scene::installation("add"));
  CHECK(scene.at()->installed);

  writing(*scene.database, [](storage::Session& s) { storage::set_blocked(s, "a:1"); });
  CHECK(scene.at()->blocked);
  scene.hear(Scene::message());
  CHECK_FALSE(scene.at()->blocked);
  CHECK(scene.at()->installed);
}

TEST_CASE("a channel is known with its team and the root of its last thread") {
  Scene scene;
  scene.hear(Scene::in_channel("message"));
  const auto channel = scene.at("19:canal@thread.tacv2");
  REQUIRE(channel);
  CHECK(channel->thread_id == "1699");
  CHECK(channel->team_id == "19:equipo@thread.tacv2");
  CHECK(channel->user_id.empty());  // whoever writes there is not who it belongs to
  CHECK(channel->aad_object_id.empty());
}

TEST_CASE("a team that is archived or deleted takes its channels along, and brings them back") {
  struct Row {
    const char* event;
    bool reachable;
  };
  Scene scene;
  scene.hear(Scene::in_channel("message"));
  for (const Row& row : std::vector<Row>{{"teamRenamed", true},
                                         {"teamArchived", false},
                                         {"teamUnarchived", true},
                                         {"teamDeleted", false},
                                         {"teamRestored", true},
                                         {"teamHardDeleted", false}}) {
    CAPTURE(row.event);
    protocol::Activity event = Scene::in_channel("conversationUpdate", row.event);
    event.conversation_id = event.team_id;
    event.thread_id.clear();
    scene.hear(event);
    CHECK(scene.at("19:canal@thread.tacv2")->installed == row.reachable);
  }
  for (const Row& row : std::vector<Row>{{"channelRestored", true},
                                         {"channelRenamed", true},
                                         {"channelDeleted", false},
                                         {"channelCreated", false},
                                         {"channelRestored", true}}) {
    CAPTURE(row.event);
    protocol::Activity event = Scene::in_channel("conversationUpdate", row.event);
    event.conversation_id = event.team_id;
    event.channel = "19:canal@thread.tacv2";
    scene.hear(event);
    CHECK(scene.at("19:canal@thread.tacv2")->installed == row.reachable);
  }
}

TEST_CASE("a search from a conversation that we are no member of leaves no trace of it") {
  Scene scene;
  protocol::Activity search = Scene::message();
  search.type = "invoke";
  search.invoke_name = "composeExtension/query";
  scene.hear(search);
  CHECK_FALSE(scene.at());
  scene.hear(Scene::message());
  CHECK(scene.at());
}
