// Meetings that the assistant was told about, and who was in them when (reference 3.4). What the channel says
// is recorded; whether it counts as attendance is for the procedure to decide.
#pragma once

#include "storage/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

struct Meeting {
  std::string id;               // as the channel names it
  std::string conversation_id;  // its chat
  std::string title;            // "" when not told
  std::optional<Instant> started_at;
  std::optional<Instant> ended_at;
};

// One stay of a person in a meeting; who leaves and comes back has several.
struct Attendance {
  std::string meeting_id;
  std::string aad_object_id;
  std::string name;                  // as the channel says it: shown only
  std::optional<Instant> joined_at;  // nothing: the channel did not tell
  std::optional<Instant> left_at;    // nothing: still there, or not told
};

// Adds what is known of the meeting: an empty title and an absent instant change nothing. Its end closes
// every stay that is still open.
void save_meeting(Session& session, const Meeting& meeting);

std::optional<Meeting> find_meeting(Session& session, std::string_view id);
// Meetings whose start (or, untold, first stay) lies in [from, until), earliest first.
std::vector<Meeting> meetings_between(Session& session, Instant from, Instant until);

// Does nothing when the person is in the meeting already.
void record_join(Session& session, std::string_view meeting_id, std::string_view aad_object_id,
                 std::string_view name, Instant at);
// Ends the open stay; without one, a stay of which only the end is known.
void record_leave(Session& session, std::string_view meeting_id, std::string_view aad_object_id,
                  std::string_view name, Instant at);

// By the order in which the stays were told.
std::vector<Attendance> attendance_of(Session& session, std::string_view meeting_id);

}  // namespace pao::storage
