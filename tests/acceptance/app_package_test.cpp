// The Teams app package: the limits that the Teams admin center checks when it is uploaded.

#include "cards/datasets.hpp"
#include "cards/verbs.hpp"
#include "tests/paths.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <fstream>
#include <set>
#include <string>

namespace {

using Json = nlohmann::json;

std::string file(const std::string& name) {
  std::ifstream stream((std::string(pao::tests::source_dir) + "/manifest/") + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// The template as the packaging fills it in.
Json filled_manifest() {
  auto text = file("manifest.json.in");
  const std::string id = "00000000-0000-0000-0000-000000000000";
  const std::pair<std::string, std::string> values[] = {{"@VERSION@", PAO_VERSION},
                                                        {"@APP_ID@", id},
                                                        {"@CLIENT_ID@", id},
                                                        {"@HOST@", "bot.example.com"},
                                                        {"@WEBSITE@", "https://www.example.com/"}};
  for (const auto& [name, value] : values)
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name))
      text.replace(at, name.size(), value);
  return Json::parse(text);
}

// Characters, as the schema counts them.
std::size_t length(const Json& text) {
  std::size_t count = 0;
  for (const unsigned char c : text.get<std::string>()) count += (c & 0xC0) != 0x80;
  return count;
}

struct Png {
  std::uint32_t width, height;
  int colour_type;  // 2: RGB, 6: RGB with transparency
};
Png png_header(const std::string& bytes) {
  REQUIRE(bytes.size() > 33);
  REQUIRE(bytes.substr(0, 8) == "\x89PNG\r\n\x1a\n");
  const auto number = [&](std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
  };
  return {number(16), number(20), bytes[25]};
}

}  // namespace

TEST_CASE("the app manifest keeps the limits of the schema and leaves nothing to fill in (checklist 17)") {
  const auto manifest = filled_manifest();
  CHECK(manifest.dump().find('@') == std::string::npos);
  CHECK(manifest["$schema"].get<std::string>().find("/v" + manifest["manifestVersion"].get<std::string>() +
                                                    "/") != std::string::npos);
  CHECK(manifest["version"] == PAO_VERSION);

  CHECK(length(manifest["name"]["short"]) <= 30);
  CHECK(length(manifest["name"]["full"]) <= 100);
  CHECK(length(manifest["description"]["short"]) <= 80);
  CHECK(length(manifest["description"]["full"]) <= 4000);
  CHECK(length(manifest["developer"]["name"]) <= 32);
  for (const auto* url : {"websiteUrl", "privacyUrl", "termsOfUseUrl"})
    CHECK(manifest["developer"][url].get<std::string>().rfind("https://", 0) == 0);
  CHECK(manifest["accentColor"].get<std::string>().size() == 7);
  for (const auto& domain : manifest["validDomains"])
    CHECK(domain.get<std::string>().find('/') == std::string::npos);
}

TEST_CASE("one bot, in every place where people work, with commands within the older limits") {
  const auto manifest = filled_manifest();
  REQUIRE(manifest["bots"].size() == 1);
  const auto& bot = manifest["bots"][0];
  CHECK(bot["scopes"] == Json{"personal", "team", "groupChat"});
  CHECK(bot["supportsFiles"] == true);
  CHECK(bot["commandLists"].size() <= 3);
  std::set<std::string> scopes_seen;
  for (const auto& list : bot["commandLists"]) {
    for (const auto& scope : list["scopes"]) CHECK(scopes_seen.insert(scope.get<std::string>()).second);
    CHECK(list["commands"].size() <= 10);
    for (const auto& command : list["commands"]) {
      CAPTURE(command["title"].get<std::string>());
      CHECK(length(command["title"]) <= 32);
      CHECK(length(command["description"]) <= 128);
    }
  }
}

TEST_CASE("the compose box offers the searches and forms that the service answers") {
  const auto manifest = filled_manifest();
  REQUIRE(manifest["composeExtensions"].size() == 1);
  const auto& extension = manifest["composeExtensions"][0];
  CHECK(extension["botId"] == manifest["bots"][0]["botId"]);
  CHECK(extension["commands"].size() <= 10);
  std::set<std::string> queries, actions;
  for (const auto& command : extension["commands"]) {
    const std::string id = command["id"];
    CAPTURE(id);
    CHECK(id.size() <= 64);
    CHECK(length(command["title"]) <= 32);
    CHECK(length(command["description"]) <= 128);
    const bool is_query = command["type"] == "query";
    CHECK((is_query ? queries : actions).insert(id).second);
    CHECK(command.value("fetchTask", false) != is_query);
    const auto parameters = command.value("parameters", Json::array());
    CHECK(parameters.size() == (is_query ? 1 : 0));
    for (const auto& parameter : parameters) {
      CHECK(length(parameter["title"]) <= 32);
      CHECK(length(parameter["description"]) <= 128);
    }
  }
  namespace dataset = pao::cards::dataset;
  namespace verb = pao::cards::verb;
  CHECK(queries == std::set<std::string>{dataset::criteria, dataset::requests});
  CHECK(actions == std::set<std::string>{verb::request_start, verb::progress_list});
  CHECK(extension["messageHandlers"][0]["value"]["domains"] == manifest["validDomains"]);
}

TEST_CASE("the app asks for the events it listens to, and no more (reference 3.4)") {
  const auto manifest = filled_manifest();
  CHECK(manifest["webApplicationInfo"]["id"] == manifest["bots"][0]["botId"]);
  std::set<std::string> asked;
  for (const auto& permission : manifest["authorization"]["permissions"]["resourceSpecific"]) {
    CHECK(permission["type"] == "Application");
    CHECK(asked.insert(permission["name"]).second);
  }
  CHECK(asked == std::set<std::string>{"OnlineMeeting.ReadBasic.Chat", "OnlineMeetingParticipant.Read.Chat",
                                       "ChatMessageReadReceipt.Read.Chat"});
}

TEST_CASE("the icons have the sizes that Teams asks for (checklist 17)") {
  const auto colour = png_header(file("color.png"));
  CHECK(colour.width == 192);
  CHECK(colour.height == 192);
  const auto outline = png_header(file("outline.png"));
  CHECK(outline.width == 32);
  CHECK(outline.height == 32);
  CHECK(outline.colour_type == 6);
}
