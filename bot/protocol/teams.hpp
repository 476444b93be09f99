// What the connector tells about teams, meetings and mass sendings (reference 5.1, 5.2, 5.5).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::bot::protocol {

struct Team {
  std::string id;  // "19:…@thread.tacv2": its General channel's too
  std::string name;
  std::string aad_group_id;
  std::int64_t channels = 0;  // 0 when not told
  std::int64_t members = 0;
};

struct TeamChannel {
  std::string id;
  std::string name;  // "General" for the one that comes without a name
};

// Absent texts are "".
struct MeetingParticipant {
  std::string aad_object_id;
  std::string name;
  std::string role;  // "Organizer", "Presenter", "Attendee"
  bool in_meeting = false;
  std::string conversation_id;  // the meeting's chat
};

// How far a mass sending is.
struct BatchState {
  std::string state;                               // "Ongoing", "Completed", "Failed"
  std::map<int, std::int64_t> entries;             // by HTTP status of each send
  std::int64_t total = 0;                          // entries in all
  std::optional<std::int64_t> retry_after_s = {};  // when to ask again; the channel may not say
  bool has_ended() const { return state == "Completed" || state == "Failed"; }
};

struct BatchFailure {
  std::string member_id;
  std::string error;  // a code; no text
};
struct BatchFailures {
  std::vector<BatchFailure> failures;
  std::string continuation_token;  // "" on the last page
};

// Nothing when the answer is not what the connector promises; entries without id are left out.
std::optional<Team> read_team(std::string_view body);
std::optional<std::vector<TeamChannel>> read_channels(std::string_view body);
std::optional<MeetingParticipant> read_participant(std::string_view body);
std::optional<BatchState> read_batch_state(std::string_view body);
std::optional<BatchFailures> read_batch_failures(std::string_view body);

}  // namespace pao::bot::protocol
