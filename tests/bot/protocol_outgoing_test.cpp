// The bodies and addresses that leave the service (reference 4.2, 5.1, 5.2, 6.1).
#include "bot/protocol/outgoing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>

using namespace pao;
using namespace pao::bot::protocol;
using nlohmann::json;

TEST_CASE("a reply carries text, card, summary and what it answers") {
  const auto body = message_body({.text = "Línea \"uno\"\ny \\ dos\t\x02",
                                  .card = R"({"type":"AdaptiveCard","body":[]})",
                                  .summary = "Resumen",
                                  .bot_id = "28:app",
                                  .conversation_id = "a:1",
                                  .reply_to = "17"});
  REQUIRE(body);
  const json read = json::parse(*body);
  CHECK(read == json{{"type", "message"},
                     {"from", {{"id", "28:app"}}},
                     {"conversation", {{"id", "a:1"}}},
                     {"text", "Línea \"uno\"\ny \\ dos\t\x02"},
                     {"textFormat", "markdown"},
                     {"summary", "Resumen"},
                     {"replyToId", "17"},
                     {"attachments",
                      json::array({{{"contentType", "application/vnd.microsoft.card.adaptive"},
                                    {"content", {{"type", "AdaptiveCard"}, {"body", json::array()}}}}})}});
}

TEST_CASE("a message that nobody asked for raises a notification and answers nothing") {
  const json read = json::parse(*message_body({.card = "{}", .summary = "Alerta", .alert = true}));
  CHECK(read["channelData"]["notification"]["alert"] == true);
  CHECK_FALSE(read.contains("replyToId"));
  CHECK_FALSE(read.contains("text"));
}

TEST_CASE("a message above 80 KB as UTF-16 is not sent (checklist 13)") {
  CHECK(utf16_bytes("") == 0);
  CHECK(utf16_bytes("aé€") == 6);
  CHECK(utf16_bytes("\xF0\x9F\x91\x8D") == 4);
  const std::string thumb = "\xF0\x9F\x91\x8D";
  std::string text;
  for (int i = 0; i < 20 * 1024; ++i) text += thumb;
  CHECK(message_body({.text = text}));
  CHECK_FALSE(message_body({.text = text + "a"}));
  CHECK_FALSE(message_body({.text = text, .card = "{}"}));
}

TEST_CASE("a first conversation names the person, ourselves and the tenant") {
  CHECK(json::parse(create_conversation_body("28:app", "t", "aad")) ==
        json{{"isGroup", false},
             {"bot", {{"id", "28:app"}}},
             {"members", json::array({{{"id", "aad"}}})},
             {"tenantId", "t"},
             {"channelData", {{"tenant", {{"id", "t"}}}}}});
}

TEST_CASE("no id can change the route (checklist 5)") {
  CHECK(percent_encode("19:abc@thread.tacv2;messageid=1") == "19%3Aabc%40thread.tacv2%3Bmessageid%3D1");
  CHECK(percent_encode("a/b?c#d%\xC3\xB1 +") == "a%2Fb%3Fc%23d%25%C3%B1%20%2B");
  CHECK(activities_url("https://smba.trafficmanager.net/amer/", "a:1/../x", "") ==
        "https://smba.trafficmanager.net/amer/v3/conversations/a%3A1%2F..%2Fx/activities");
  CHECK(activities_url("https://x", "a", "f:1") == "https://x/v3/conversations/a/activities/f%3A1");
  CHECK(conversations_url("https://x//") == "https://x/v3/conversations");
}
