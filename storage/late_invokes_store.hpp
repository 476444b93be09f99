// Invokes whose work took longer than the channel waits: the person has a progress card, the work goes on.
// A row lives from that card to the commit of the work, so that a restart takes up what was cut off.
#pragma once

#include "storage/session.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

struct LateInvoke {
  std::string key;       // of the activity
  std::string activity;  // JSON as received
  Instant answered_at;   // when the progress card was given
};

void save_late_invoke(Session& session, const LateInvoke& invoke);

// False when the row is gone: its work is stored.
bool end_late_invoke(Session& session, std::string_view key);

// Oldest first.
std::vector<LateInvoke> late_invokes(Session& session);

}  // namespace pao::storage
