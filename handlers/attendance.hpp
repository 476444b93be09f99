// Who was there: from a list that somebody types, or from the join events of a Teams meeting. For
// socialisation events and working sessions.
#pragma once

#include "handlers/reference.hpp"
#include "storage/session.hpp"
#include "storage/socialisation_store.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pao::handlers {

// The people of a list as somebody types or pastes it: names or addresses in lines or between commas, each
// once. Whom the directory knows (by address, or by name whatever its case and accents) has an id.
std::vector<storage::Attendee> attendees_from(std::string_view typed, const Reference& reference);

// The meetings of the last ninety days, latest first: id and title.
std::vector<std::pair<std::string, std::string>> meetings_before(storage::Session& session, Instant now);

// Who was in the meeting, each once.
std::vector<storage::Attendee> attendees_of_meeting(storage::Session& session, const Reference& reference,
                                                    std::string_view meeting_id);

}  // namespace pao::handlers
