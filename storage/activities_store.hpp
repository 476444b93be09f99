// Activities already handled: a repeated one gets the stored outcome and nothing runs twice (reference 6.4).
#pragma once

#include "storage/session.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pao::storage {

struct ActivityOutcome {
  int status = 200;  // HTTP status given
  std::string body;  // HTTP body given; empty for a message
};

// `key` is made of channel, conversation, type and id, and for edits the timestamp.
std::optional<ActivityOutcome> find_outcome(Session& session, std::string_view key);

// True when the key is new and is now stored; false when it was there.
bool insert_outcome(Session& session, std::string_view key, const ActivityOutcome& outcome, Instant at);

// Deletes keys older than `before`; gives how many.
std::int64_t purge_outcomes(Session& session, Instant before);

}  // namespace pao::storage
