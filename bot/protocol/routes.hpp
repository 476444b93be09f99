// Addresses and bodies of the connector's calls beside sending messages (reference 3.13, 5.1, 5.5). Every id
// is percent-encoded, so that none can change the route.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace pao::bot::protocol {

// GET: name and size of a team (teams.hpp reads the answers of these four).
std::string team_url(std::string_view service_url, std::string_view team_id);
// GET: the team's channels.
std::string team_channels_url(std::string_view service_url, std::string_view team_id);
// GET: what a meeting is and when. `meeting_id` as in channelData.
std::string meeting_url(std::string_view service_url, std::string_view meeting_id);
// GET: somebody's part in a meeting.
std::string meeting_participant_url(std::string_view service_url, std::string_view meeting_id,
                                    std::string_view aad_object_id, std::string_view tenant_id);

// PUT sets, DELETE takes back our own reaction ("like"); both without a body, both repeatable.
std::string reaction_url(std::string_view service_url, std::string_view conversation_id,
                         std::string_view activity_id, std::string_view reaction);

// The same address for a message that one person of a group sees alone: sending, changing and taking it away
// all need it.
std::string as_targeted(std::string url);
// The body of such a message when it is sent: `message_body` with its reader. A change carries no reader, and
// the channel refuses one in a personal conversation.
std::string targeted_body(std::string message_body, std::string_view user_id);

// A message to many at once: POST the body, keep the operation's id, GET its state until it has ended, then
// GET who was not reached. DELETE of the state stops it. `member_ids`: 5 to 100.
enum class BatchAudience { users, channels };
std::string batch_url(std::string_view service_url, BatchAudience audience);
std::string batch_body(std::span<const std::string> member_ids, std::string_view tenant_id,
                       std::string_view message_body);
std::string batch_state_url(std::string_view service_url, std::string_view operation_id);
std::string batch_failures_url(std::string_view service_url, std::string_view operation_id,
                               std::string_view continuation_token);

}  // namespace pao::bot::protocol
