// What the channel shows around a message (reference 3.8, 3.10, 3.11), and that the outbox keeps it.
#include "bot/protocol/extras.hpp"
#include "bot/protocol/outgoing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>

using namespace pao;
using namespace pao::bot::protocol;
using handlers::Content;
using nlohmann::json;

namespace {

json message_of(const Content& content, std::string_view card = {}) {
  return json::parse(
      *message_body({.text = content.text, .card = card, .user_id = "29:ana", .extras = &content}));
}

std::size_t characters(const std::string& text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  return count;
}

}  // namespace

TEST_CASE("an answer shows its sources and asks whether it helped, in one root entity") {
  const json body = message_of({.text = "Según PLA-05 [1].",
                                .citations = {{.title = "PLA-05: Avance",
                                               .excerpt = "El avance se registra cada mes.",
                                               .url = "https://example.gov.co/pla",
                                               .keywords = {"Vigencia 2026"}}},
                                .feedback = true},
                               "{}");
  REQUIRE(body["entities"].size() == 1);
  const json& root = body["entities"][0];
  CHECK(root["type"] == "https://schema.org/Message");
  CHECK(root["@type"] == "Message");
  CHECK(root["@context"] == "https://schema.org");
  CHECK(root["@id"] == "");
  CHECK_FALSE(root.contains("additionalType"));
  CHECK(root["citation"] == json::array({{{"@type", "Claim"},
                                          {"position", 1},
                                          {"appearance",
                                           {{"@type", "DigitalDocument"},
                                            {"name", "PLA-05: Avance"},
                                            {"abstract", "El avance se registra cada mes."},
                                            {"url", "https://example.gov.co/pla"},
                                            {"keywords", {"Vigencia 2026"}}}}}}));
  CHECK(body["channelData"] == json{{"feedbackLoop", {{"type", "default"}}}});
}

TEST_CASE("what a language model wrote says so, and a label of confidentiality stands beside it") {
  const json body = message_of({.text = "Resumen.", .generated = true, .sensitivity = "Reservado"});
  REQUIRE(body["entities"].size() == 1);
  CHECK(body["entities"][0]["additionalType"] == json::array({"AIGeneratedContent"}));
  CHECK(body["entities"][0]["usageInfo"]["name"] == "Reservado");
  CHECK_FALSE(body.contains("channelData"));
}

TEST_CASE("a plain message carries none of it") {
  const json body = message_of({.text = "Hola"});
  CHECK_FALSE(body.contains("entities"));
  CHECK_FALSE(body.contains("suggestedActions"));
  CHECK_FALSE(body.contains("channelData"));
}

TEST_CASE("what may be said next goes to that person, three at the most, and never with a card") {
  const Content content{.text = "¿Qué desea?", .suggestions = {"ayuda", "mis pendientes", "asesor", "otra"}};
  const json actions = message_of(content)["suggestedActions"];
  CHECK(actions["to"] == json::array({"29:ana"}));
  REQUIRE(actions["actions"].size() == 3);
  CHECK(actions["actions"][1] ==
        json{{"type", "imBack"}, {"title", "mis pendientes"}, {"value", "mis pendientes"}});
  Content with_card = content;
  with_card.card = cards::Card{"{}", ""};
  CHECK_FALSE(message_of(with_card, "{}").contains("suggestedActions"));
}

TEST_CASE("longer than the channel takes is cut by characters") {
  Content content{.text = "x"};
  std::string long_text;
  for (int i = 0; i < 200; ++i) long_text += "ñ";
  for (int i = 0; i < 25; ++i) {
    content.citations.push_back({.title = long_text,
                                 .excerpt = long_text,
                                 .url = "http://example.gov.co",
                                 .keywords = {long_text, "b", "c", "d"}});
  }
  const json root = message_of(content)["entities"][0];
  REQUIRE(root["citation"].size() == handlers::max_citations);
  const json& shown = root["citation"][19]["appearance"];
  CHECK(characters(shown["name"]) == 80);
  CHECK(characters(shown["abstract"]) == 160);
  CHECK_FALSE(shown.contains("url"));  // not https
  REQUIRE(shown["keywords"].size() == 3);
  CHECK(characters(shown["keywords"][0]) == 28);
}

TEST_CASE("the outbox keeps what it needs of them and gives it back") {
  const Content content{.text = "x",
                        .generated = true,
                        .citations = {{.title = "a", .excerpt = "b", .url = "https://c", .keywords = {"d"}}},
                        .feedback = true,
                        .sensitivity = "Reservado",
                        .suggestions = {"ayuda"}};
  Content read{.text = "x"};
  restore_extras(stored_extras(content), read);
  CHECK(message_of(read) == message_of(content));
  CHECK(stored_extras({.text = "x"}) == "");
  Content untouched;
  for (const char* broken : {"", "{", "[]", "7"}) restore_extras(broken, untouched);
  CHECK(stored_extras(untouched) == "");
}

TEST_CASE("sources count for the size of a message") {
  Content content{.text = std::string(40 * 1024 - 100, 'a')};
  CHECK(message_body({.text = content.text, .extras = &content}));
  content.citations = {{.title = "título", .excerpt = std::string(160, 'b')}};
  CHECK_FALSE(message_body({.text = content.text, .extras = &content}));
}
