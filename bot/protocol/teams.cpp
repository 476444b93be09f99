#include "bot/protocol/teams.hpp"

#include "bot/protocol/json_reader.hpp"
#include "bot/protocol/message_text.hpp"

#include <nlohmann/json.hpp>

#include <charconv>

namespace pao::bot::protocol {
namespace {

using Json = nlohmann::json;

const Json& member(const Json& object, const char* name) {
  static const Json nothing;
  if (!object.is_object()) return nothing;
  const auto found = object.find(name);
  return found == object.end() ? nothing : *found;
}

std::string text_of(const Json& object, const char* name) {
  const Json& found = member(object, name);
  return found.is_string() ? without_controls(found.get<std::string>()) : std::string{};
}

std::int64_t number_of(const Json& object, const char* name) {
  const Json& found = member(object, name);
  return found.is_number_integer() ? found.get<std::int64_t>() : 0;
}

std::optional<Json> object_of(std::string_view body) {
  auto json = read_json(body);
  if (!json || !json->is_object()) return std::nullopt;
  return json;
}

}  // namespace

std::optional<Team> read_team(std::string_view body) {
  const auto json = object_of(body);
  if (!json || text_of(*json, "id").empty()) return std::nullopt;
  return Team{.id = text_of(*json, "id"),
              .name = text_of(*json, "name"),
              .aad_group_id = text_of(*json, "aadGroupId"),
              .channels = number_of(*json, "channelCount"),
              .members = number_of(*json, "memberCount")};
}

std::optional<std::vector<TeamChannel>> read_channels(std::string_view body) {
  const auto json = object_of(body);
  if (!json || !member(*json, "conversations").is_array()) return std::nullopt;
  std::vector<TeamChannel> channels;
  for (const Json& one : member(*json, "conversations")) {
    TeamChannel channel{text_of(one, "id"), text_of(one, "name")};
    if (channel.id.empty()) continue;
    if (channel.name.empty()) channel.name = "General";
    channels.push_back(std::move(channel));
  }
  return channels;
}

std::optional<MeetingParticipant> read_participant(std::string_view body) {
  const auto json = object_of(body);
  if (!json || !member(*json, "user").is_object()) return std::nullopt;
  const Json& user = member(*json, "user");
  const Json& meeting = member(*json, "meeting");
  const Json& present = member(meeting, "inMeeting");
  MeetingParticipant participant{.aad_object_id = text_of(user, "aadObjectId"),
                                 .name = text_of(user, "name"),
                                 .role = text_of(meeting, "role"),
                                 .in_meeting = present.is_boolean() && present.get<bool>(),
                                 .conversation_id = text_of(member(*json, "conversation"), "id")};
  if (participant.aad_object_id.empty()) participant.aad_object_id = text_of(user, "objectId");
  return participant;
}

std::optional<BatchState> read_batch_state(std::string_view body) {
  const auto json = object_of(body);
  if (!json || text_of(*json, "state").empty()) return std::nullopt;
  BatchState state{.state = text_of(*json, "state"), .total = number_of(*json, "totalEntriesCount")};
  const Json& counts = member(*json, "statusMap");
  if (counts.is_object()) {
    for (const auto& [status, count] : counts.items()) {
      int code = 0;
      const auto read = std::from_chars(status.data(), status.data() + status.size(), code);
      if (read.ec == std::errc{} && count.is_number_integer())
        state.entries[code] += count.get<std::int64_t>();
    }
  }
  if (member(*json, "retryAfter").is_number_integer()) state.retry_after_s = number_of(*json, "retryAfter");
  return state;
}

std::optional<BatchFailures> read_batch_failures(std::string_view body) {
  const auto json = object_of(body);
  const Json& entries = json ? member(*json, "failedEntryResponses") : member(Json(), "");
  if (!entries.is_array()) return std::nullopt;
  BatchFailures read{.failures = {}, .continuation_token = text_of(*json, "continuationToken")};
  for (const Json& one : entries) {
    BatchFailure failure{text_of(one, "entryId"), text_of(one, "error")};
    if (!failure.member_id.empty()) read.failures.push_back(std::move(failure));
  }
  return read;
}

}  // namespace pao::bot::protocol
