#include "bot/protocol/routes.hpp"

#include "bot/protocol/outgoing.hpp"

#include <nlohmann/json.hpp>

namespace pao::bot::protocol {
namespace {

std::string under(std::string_view service_url, std::string_view path) {
  while (!service_url.empty() && service_url.back() == '/') service_url.remove_suffix(1);
  return std::string(service_url) + std::string(path);
}

std::string json_text(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

std::string team_url(std::string_view service_url, std::string_view team_id) {
  return under(service_url, "/v3/teams/") + percent_encode(team_id);
}

std::string team_channels_url(std::string_view service_url, std::string_view team_id) {
  return team_url(service_url, team_id) + "/conversations";
}

std::string meeting_url(std::string_view service_url, std::string_view meeting_id) {
  return under(service_url, "/v1/meetings/") + percent_encode(meeting_id);
}

std::string meeting_participant_url(std::string_view service_url, std::string_view meeting_id,
                                    std::string_view aad_object_id, std::string_view tenant_id) {
  return meeting_url(service_url, meeting_id) + "/participants/" + percent_encode(aad_object_id) +
         "?tenantId=" + percent_encode(tenant_id);
}

std::string reaction_url(std::string_view service_url, std::string_view conversation_id,
                         std::string_view activity_id, std::string_view reaction) {
  return activity_url(service_url, conversation_id, activity_id) + "/reactions/" + percent_encode(reaction);
}

std::string as_targeted(std::string url) {
  return url += "?isTargetedActivity=true";
}

std::string targeted_body(std::string message_body, std::string_view user_id) {
  message_body.pop_back();
  return message_body += ",\"recipient\":{\"id\":" + json_text(user_id) + ",\"isTargeted\":true}}";
}

std::string batch_url(std::string_view service_url, BatchAudience audience) {
  return under(service_url, audience == BatchAudience::users ? "/v3/batch/conversation/users"
                                                             : "/v3/batch/conversation/channels");
}

std::string batch_body(std::span<const std::string> member_ids, std::string_view tenant_id,
                       std::string_view message_body) {
  std::string body = R"({"members":[)";
  for (const std::string& id : member_ids) {
    if (body.back() != '[') body += ',';
    body += "{\"id\":" + json_text(id) + '}';
  }
  body += "],\"tenantId\":" + json_text(tenant_id) + ",\"activity\":";
  body += message_body;
  return body += '}';
}

std::string batch_state_url(std::string_view service_url, std::string_view operation_id) {
  return under(service_url, "/v3/batch/conversation/") + percent_encode(operation_id);
}

std::string batch_failures_url(std::string_view service_url, std::string_view operation_id,
                               std::string_view continuation_token) {
  std::string url =
      under(service_url, "/v3/batch/conversation/failedentries/") + percent_encode(operation_id);
  if (!continuation_token.empty()) url += "?continuationToken=" + percent_encode(continuation_token);
  return url;
}

}  // namespace pao::bot::protocol
