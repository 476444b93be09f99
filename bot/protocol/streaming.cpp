#include "bot/protocol/streaming.hpp"

#include <nlohmann/json.hpp>

namespace pao::bot::protocol {
namespace {

using Json = nlohmann::json;

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string stream_step_body(StreamPart part, std::string_view text, std::string_view stream_id,
                             int sequence) {
  Json info{{"streamType", part == StreamPart::informative ? "informative" : "streaming"},
            {"streamSequence", sequence}};
  if (!stream_id.empty()) info["streamId"] = stream_id;
  Json body{{"type", "typing"}, {"text", text}, {"channelData", info}};
  info["type"] = "streaminfo";
  body["entities"] = Json::array({info});
  return dumped(body);
}

Result<std::string> stream_final_body(const OutgoingMessage& message, std::string_view stream_id) {
  const Result<std::string> plain = message_body(message);
  if (!plain) return plain;
  Json body = Json::parse(*plain);
  Json info{{"streamType", "final"}, {"streamId", stream_id}};
  for (const auto& [name, value] : info.items()) body["channelData"][name] = value;
  info["type"] = "streaminfo";
  body["entities"].push_back(info);
  return dumped(body);
}

std::string typing_body() {
  return R"({"type":"typing"})";
}

}  // namespace pao::bot::protocol
