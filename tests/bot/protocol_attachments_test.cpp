// Files in activities (reference 3.9).
#include "bot/protocol/activity.hpp"
#include "bot/protocol/attachments.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>

using namespace pao;
using namespace pao::bot::protocol;
using nlohmann::json;

namespace {

json download(const std::string& name, const std::string& url) {
  return {{"contentType", "application/vnd.microsoft.teams.file.download.info"},
          {"contentUrl", "https://entidad.sharepoint.com/personal/" + name},
          {"name", name},
          {"content", {{"downloadUrl", url}, {"uniqueId", "U1"}, {"fileType", "pdf"}, {"etag", "e"}}}};
}

json activity(const std::string& type) {
  return {{"type", type},
          {"id", "17"},
          {"channelId", "msteams"},
          {"serviceUrl", "https://smba.trafficmanager.net/amer/"},
          {"from", {{"id", "29:ana"}}},
          {"conversation", {{"id", "a:1"}}}};
}

}  // namespace

TEST_CASE("a file and a picture in the text reach the turn, the text's HTML twin and cards do not") {
  json message = activity("message");
  message["text"] = "Adjunto la evidencia";
  message["attachments"] = {
      {{"contentType", "text/html"}, {"content", "<p>Adjunto</p>"}},
      download("acta.pdf", "https://entidad.sharepoint.com/dl?x=1"),
      {{"contentType", "image/*"}, {"contentUrl", "https://smba.trafficmanager.net/v3/a/1"}},
      {{"contentType", "application/vnd.microsoft.card.adaptive"}, {"content", {}}},
      {{"contentType", "image/png"}}};
  const auto parsed = parse_activity(message.dump());
  REQUIRE(parsed);
  const handlers::Turn turn = to_turn(*parsed, Instant{});
  CHECK(turn.text == "Adjunto la evidencia");
  REQUIRE(turn.attachments.size() == 2);
  CHECK(turn.attachments[0].name == "acta.pdf");
  CHECK(turn.attachments[0].content_type == handlers::file_download_type);
  CHECK(turn.attachments[0].file_type == "pdf");
  CHECK(turn.attachments[0].url == "https://entidad.sharepoint.com/dl?x=1");
  CHECK(turn.attachments[1].content_type == "image/*");
  CHECK(turn.attachments[1].url == "https://smba.trafficmanager.net/v3/a/1");
}

TEST_CASE("attachments of odd shapes are none, and more than ten are not read") {
  for (const char* odd : {"{}", "7", "[7]", "[null]", R"([{"contentType":7}])",
                          R"([{"contentType":"application/vnd.microsoft.teams.file.download.info"}])",
                          R"([{"contentType":"image/png","contentUrl":{}}])"}) {
    CAPTURE(odd);
    CHECK(read_attachments({{"attachments", json::parse(odd)}}).empty());
  }
  json many = json::array();
  for (int i = 0; i < 40; ++i) many.push_back(download("a.pdf", "https://x.sharepoint.com/"));
  CHECK(read_attachments({{"attachments", many}}).size() == handlers::max_attachments);
}

TEST_CASE("a long name keeps its extension and stays UTF-8") {
  std::string name;
  for (int i = 0; i < 300; ++i) name += "ñ";
  const auto files = read_attachments({{"attachments", {download(name + ".pdf", "https://x")}}});
  REQUIRE(files.size() == 1);
  CHECK(files[0].name.size() < 256);
  CHECK(files[0].name.ends_with(".pdf"));
  CHECK_NOTHROW(json(files[0].name).dump());
}
