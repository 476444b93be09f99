#include "bot/client/chat_client.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace pao::bot::client {
namespace {

using Json = nlohmann::json;

constexpr const char* assistant_id = "28:pao-teams";
constexpr const char* assistant_name = "PAO";

Json base_activity(const ChatPerson& person, const std::string& service_url, const std::string& id) {
  return {
      {"id", id},
      {"channelId", "msteams"},
      {"serviceUrl", service_url},
      {"locale", "es-CO"},
      {"from", {{"id", person.user_id()}, {"name", person.name}, {"aadObjectId", person.aad_object_id}}},
      {"recipient", {{"id", assistant_id}, {"name", assistant_name}}},
      {"conversation",
       {{"id", person.conversation_id()}, {"conversationType", "personal"}, {"tenantId", person.tenant_id}}},
      {"channelData", {{"tenant", {{"id", person.tenant_id}}}}}};
}

Json object_from(std::string_view text) {
  auto object = Json::parse(text, nullptr, false);
  return object.is_object() ? object : Json::object();
}

}  // namespace

std::string member_json(const ChatPerson& person) {
  return Json{{"id", person.user_id()},
              {"name", person.name},
              {"aadObjectId", person.aad_object_id},
              {"tenantId", person.tenant_id},
              {"userRole", "user"}}
      .dump();
}

ChatClient::ChatClient(ChatPerson person, std::string service_url, std::string webhook, auth::HttpSend send)
    : person_(std::move(person)),
      service_url_(std::move(service_url)),
      webhook_(std::move(webhook)),
      send_(std::move(send)) {
}

Result<auth::HttpReply> ChatClient::post(const std::string& activity_json) {
  return send_({.method = "POST",
                .url = webhook_,
                .headers = {{"Content-Type", "application/json; charset=utf-8"}},
                .body = activity_json});
}

// Teams numbers a conversation's activities by the time in milliseconds; ours never repeat in one process.
std::string ChatClient::next_id() {
  using namespace std::chrono;
  const auto now = duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
  last_id_ = std::max<long long>(now, last_id_ + 1);
  return std::to_string(last_id_);
}

Result<auth::HttpReply> ChatClient::arrive() {
  auto activity = base_activity(person_, service_url_, next_id());
  activity["type"] = "conversationUpdate";
  activity["membersAdded"] = Json::array({{{"id", assistant_id}}, {{"id", person_.user_id()}}});
  return post(activity.dump());
}

Result<auth::HttpReply> ChatClient::say(std::string_view text) {
  auto activity = base_activity(person_, service_url_, next_id());
  activity["type"] = "message";
  activity["textFormat"] = "plain";
  activity["text"] = text;
  return post(activity.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Result<auth::HttpReply> ChatClient::press_execute(std::string_view action_id, std::string_view verb,
                                                  std::string_view data_json) {
  auto activity = base_activity(person_, service_url_, next_id());
  activity["type"] = "invoke";
  activity["name"] = "adaptiveCard/action";
  Json action = {{"type", "Action.Execute"}, {"verb", verb}, {"data", object_from(data_json)}};
  if (!action_id.empty()) action["id"] = action_id;
  activity["value"] = {{"action", std::move(action)}, {"trigger", "manual"}};
  return post(activity.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Result<auth::HttpReply> ChatClient::press_submit(std::string_view data_json) {
  auto activity = base_activity(person_, service_url_, next_id());
  activity["type"] = "message";
  activity["value"] = object_from(data_json);
  return post(activity.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace pao::bot::client
