// Every call of the connector beside sending, against the simulated Teams.
#include "bot/delivery/connector_client.hpp"
#include "bot/protocol/members.hpp"
#include "bot/protocol/outgoing.hpp"
#include "bot/protocol/routes.hpp"
#include "bot/protocol/teams.hpp"
#include "tests/support/simulated_teams.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

using namespace pao;
using namespace pao::bot::delivery;
using namespace std::chrono_literals;
using namespace pao::bot::protocol;
using nlohmann::json;
using pao::tests::SimulatedTeams;

namespace {

struct Connection {
  SimulatedTeams teams;
  ConnectorClient client{{},
                         {.token = [this]() -> Result<std::string> { return teams.access_token(); },
                          .forget_token = [] {},
                          .check_address = [](const std::string&) -> Result<void> { return {}; }}};
  std::string url = teams.service_url();

  Answer call(Method method, const std::string& address, const std::string& body = "") {
    REQUIRE(client.send(1, {method, address, body}, 5s));
    for (int i = 0; i < 100; ++i) {
      auto finished = client.wait(100ms);
      if (!finished.empty()) return finished[0].answer;
    }
    FAIL("no answer");
    return {};
  }
};

}  // namespace

TEST_CASE("a message is changed and taken away, one that is gone says so") {
  Connection connection;
  const std::string conversation = "19:abc@thread.tacv2;messageid=1";
  const Answer sent =
      connection.call(Method::post, activities_url(connection.url, conversation, ""), R"({"text":"uno"})");
  const std::string id = answered_id(sent.body);
  const std::string address = activity_url(connection.url, conversation, id);
  CHECK(connection.call(Method::put, address, R"({"text":"dos"})").status == 200);
  CHECK(connection.call(Method::del, address).status == 200);
  // The handle that deleted posts again with its body.
  CHECK(connection.call(Method::post, activities_url(connection.url, "a:1", ""), R"({"text":"x"})").status ==
        201);
  const auto changed = connection.teams.changed();
  REQUIRE(changed.size() == 2);
  CHECK(changed[0].conversation == conversation);
  CHECK(changed[0].activity == id);
  CHECK(changed[0].body == R"({"text":"dos"})");
  CHECK(changed[1].body == "");
  const Answer gone = connection.call(Method::put, activity_url(connection.url, "a:otra", "9"), "{}");
  CHECK(judge(gone, {}, true, Instant{}).cause == Cause::activity_not_found);
}

TEST_CASE("the members of a conversation come page by page, and one alone") {
  Connection connection;
  std::vector<std::string> everybody;
  for (int i = 0; i < 120; ++i) everybody.push_back("aad-" + std::to_string(i));
  connection.teams.set_members("19:g@thread.v2", everybody);
  std::vector<std::string> read;
  std::string token;
  int pages = 0;
  do {
    const Answer answer =
        connection.call(Method::get, members_page_url(connection.url, "19:g@thread.v2", 1, token));
    const auto page = read_members_page(answer.body);
    REQUIRE(page);
    for (const Member& member : page->members) read.push_back(member.aad_object_id);
    token = page->continuation_token;
  } while (++pages < 10 && !token.empty());
  CHECK(read == everybody);
  CHECK(pages == 3);  // a page holds fifty at the least

  const Answer one = connection.call(Method::get, member_url(connection.url, "19:g@thread.v2", "29:aad-7"));
  REQUIRE(read_member(one.body));
  CHECK(read_member(one.body)->aad_object_id == "aad-7");
  CHECK(connection.call(Method::get, member_url(connection.url, "19:g@thread.v2", "nadie")).status == 404);
}

TEST_CASE("members are read as they come, and what is none is not") {
  const auto page = read_members_page(
      R"({"members":[{"id":"29:a","objectId":"aad","userRole":"guest"},{"name":"sin id"},7],"continuationToken":"t"})");
  REQUIRE(page);
  REQUIRE(page->members.size() == 1);
  CHECK(page->members[0].aad_object_id == "aad");
  CHECK(page->members[0].is_guest);
  CHECK(page->continuation_token == "t");
  for (const char* body : {"", "[]", "{}", R"({"members":{}})", "<html>"}) {
    CAPTURE(body);
    CHECK_FALSE(read_members_page(body));
    CHECK_FALSE(read_member(body));
  }
}

TEST_CASE("a thread in a channel opens with its first message") {
  Connection connection;
  const auto message = message_body({.text = "hola"});
  REQUIRE(message);
  const std::string body = create_thread_body("tenant", "19:c@thread.tacv2", *message);
  CHECK(json::parse(body) == json{{"isGroup", true},
                                  {"channelData", {{"channel", {{"id", "19:c@thread.tacv2"}}}}},
                                  {"tenantId", "tenant"},
                                  {"activity", json::parse(*message)}});
  const Answer opened = connection.call(Method::post, conversations_url(connection.url), body);
  CHECK(opened.status == 201);
  CHECK(answered_id(opened.body) == "19:c@thread.tacv2;messageid=" + answered_id(opened.body, "activityId"));
  CHECK(connection.teams.delivered().size() == 1);
}

TEST_CASE("a team tells its name and its channels") {
  Connection connection;
  connection.teams.set_team("19:t@thread.tacv2",
                            {.name = "Planeación",
                             .aad_group_id = "g",
                             .channels = {{"19:t@thread.tacv2", ""}, {"19:u@thread.tacv2", "SMGI"}}});
  connection.teams.set_members("19:t@thread.tacv2", {"ana", "luz"});
  const Answer answer = connection.call(Method::get, team_url(connection.url, "19:t@thread.tacv2"));
  const auto team = read_team(answer.body);
  REQUIRE(team);
  CHECK(team->name == "Planeación");
  CHECK(team->aad_group_id == "g");
  CHECK(team->channels == 2);
  CHECK(team->members == 2);
  const Answer listed = connection.call(Method::get, team_channels_url(connection.url, "19:t@thread.tacv2"));
  const auto channels = read_channels(listed.body);
  REQUIRE(channels);
  REQUIRE(channels->size() == 2);
  CHECK((*channels)[0].name == "General");
  CHECK((*channels)[1].name == "SMGI");
  CHECK(connection.call(Method::get, team_url(connection.url, "19:otro")).status == 404);
}

TEST_CASE("a meeting tells what part somebody has in it, also under an id that looks like a path") {
  Connection connection;
  const std::string meeting = "MCMxOTptZWV0aW5n/+=?#";
  connection.teams.set_members(meeting, {"ana", "luz"});
  const Answer answer =
      connection.call(Method::get, meeting_participant_url(connection.url, meeting, "luz", "tenant"));
  const auto participant = read_participant(answer.body);
  REQUIRE(participant);
  CHECK(participant->aad_object_id == "luz");
  CHECK(participant->role == "Attendee");
  CHECK(participant->in_meeting);
  CHECK(participant->conversation_id == meeting);
  CHECK(connection.call(Method::get, meeting_participant_url(connection.url, meeting, "nadie", "t")).status ==
        404);
  CHECK(meeting_url("https://x/", "a/b") == "https://x/v1/meetings/a%2Fb");
}

TEST_CASE(
    "what one person of a group sees alone is sent, changed and taken away with its mark (3.13; checklist "
    "16)") {
  Connection connection;
  const std::string group = "19:g@thread.v2";
  const std::string body = targeted_body(*message_body({.text = "solo para usted"}), "29:ana");
  const Answer sent =
      connection.call(Method::post, as_targeted(activities_url(connection.url, group, "")), body);
  REQUIRE(sent.status == 201);
  const std::string id = answered_id(sent.body);
  CHECK(connection.teams.delivered()[0].targeted_to == "29:ana");
  const std::string address = activity_url(connection.url, group, id);
  const std::string changed = *message_body({.text = "cambiado"});
  CHECK(connection.call(Method::put, address, changed).status == 404);            // the mark was forgotten
  CHECK(connection.call(Method::put, as_targeted(address), body).status == 400);  // it names a reader
  CHECK(connection.call(Method::put, as_targeted(address), changed).status == 200);
  CHECK(connection.call(Method::del, as_targeted(address)).status == 200);
  CHECK(connection.call(Method::post, as_targeted(activities_url(connection.url, "a:1", "")), body).status ==
        400);
  CHECK(connection.teams.delivered().size() == 1);
}

TEST_CASE("a reaction is set and taken back") {
  Connection connection;
  const Answer sent =
      connection.call(Method::post, activities_url(connection.url, "a:1", ""), R"({"text":"x"})");
  const std::string address = reaction_url(connection.url, "a:1", answered_id(sent.body), "like");
  CHECK(connection.call(Method::put, address).status == 204);
  CHECK(connection.call(Method::del, address).status == 204);
  const auto reactions = connection.teams.reactions();
  REQUIRE(reactions.size() == 2);
  CHECK(reactions[0].type == "like");
  CHECK(reactions[0].set);
  CHECK_FALSE(reactions[1].set);
  CHECK(connection.call(Method::put, reaction_url(connection.url, "a:1", "9", "like")).status == 404);
}

TEST_CASE("a mass sending tells how many it reached and whom it did not") {
  Connection connection;
  std::vector<std::string> everybody;
  for (int i = 0; i < 7; ++i) everybody.push_back("aad-" + std::to_string(i));
  connection.teams.block("a:aad-2");
  connection.teams.block("a:aad-5");
  const std::string body = batch_body(everybody, "tenant", *message_body({.text = "Aviso"}));
  const Answer started = connection.call(Method::post, batch_url(connection.url, BatchAudience::users), body);
  REQUIRE(started.status == 201);
  const std::string operation = answered_id(started.body);
  const Answer asked = connection.call(Method::get, batch_state_url(connection.url, operation));
  const auto state = read_batch_state(asked.body);
  REQUIRE(state);
  CHECK(state->has_ended());
  CHECK(state->entries == std::map<int, std::int64_t>{{201, 5}, {403, 2}});
  CHECK(state->total == 7);
  std::vector<std::string> missed;
  std::string token;
  do {
    const Answer page = connection.call(Method::get, batch_failures_url(connection.url, operation, token));
    const auto failures = read_batch_failures(page.body);
    REQUIRE(failures);
    for (const BatchFailure& failure : failures->failures) missed.push_back(failure.member_id);
    token = failures->continuation_token;
  } while (!token.empty());
  CHECK(missed == std::vector<std::string>{"aad-2", "aad-5"});
  CHECK(connection.teams.delivered().size() == 5);
  everybody.resize(4);
  CHECK(connection
            .call(Method::post, batch_url(connection.url, BatchAudience::users),
                  batch_body(everybody, "tenant", "{}"))
            .status == 400);
}

TEST_CASE("answers about teams that are none are none") {
  for (const char* body : {"", "[]", "{}", "<html>", R"({"conversations":{}})", R"({"user":7})"}) {
    CAPTURE(body);
    CHECK_FALSE(read_team(body));
    CHECK_FALSE(read_channels(body));
    CHECK_FALSE(read_participant(body));
    CHECK_FALSE(read_batch_state(body));
    CHECK_FALSE(read_batch_failures(body));
  }
}

TEST_CASE("a channel that keeps its limits refuses what is too fast, and only that") {
  Connection connection;
  connection.teams.set_limits({.conversation_windows = true, .tenant_per_second = 12});
  const auto send = [&](const std::string& conversation) {
    return connection.call(Method::post, activities_url(connection.url, conversation, ""), R"({"text":"x"})")
        .status;
  };
  for (int i = 0; i < 7; ++i) CHECK(send("a:1") == 201);
  CHECK(send("a:1") == 429);
  for (int i = 0; i < 5; ++i) CHECK(send("a:2") == 201);
  CHECK(send("a:3") == 429);  // the tenant's
  CHECK_FALSE(connection.teams.too_fast());
  CHECK(connection.teams.storm().over_limit == 2);
}
