// Every call of the connector beside sending, against the simulated Teams.
#include "bot/delivery/connector_client.hpp"
#include "bot/protocol/members.hpp"
#include "bot/protocol/outgoing.hpp"
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
  CHECK(judge(gone, 0, true, Instant{}).cause == Cause::activity_not_found);
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
