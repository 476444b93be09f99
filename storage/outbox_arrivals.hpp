// Signs that a message arrived whose receipt was lost (outbox_store.hpp).
#pragma once

#include "storage/session.hpp"

#include <string_view>

namespace pao::storage {

// Somebody acted on a message with that id in that conversation, which no row has as receipt: when one row
// was sent there about the time that the id names, without a receipt, it is that one, and it counts as sent.
// The channel's ids are milliseconds since 1970. False when nothing was found.
bool confirm_arrival(Session& session, std::string_view conversation_id, std::string_view aad_object_id,
                     std::string_view activity_id, Instant now);

}  // namespace pao::storage
