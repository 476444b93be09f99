// The one list of messages that carry no content of their own: what is stored is what they are about, and
// what they say is made from today's records when their turn comes to be sent.
#pragma once

#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "storage/outbox_store.hpp"
#include "storage/session.hpp"

#include <optional>
#include <vector>

namespace pao::handlers {

struct MessageRenderer {
  const char* kind;  // OutboxMessage::kind
  // Nothing: no longer true, so it is not sent.
  Result<std::optional<Content>> (*render)(storage::Session& session, const Reference& reference,
                                           const storage::OutboxMessage& message, Instant now);
};

const std::vector<MessageRenderer>& message_renderers();

// What the message says at `now`; `internal` for a kind that is not in the list.
Result<std::optional<Content>> render_message(storage::Session& session, const Reference& reference,
                                              const storage::OutboxMessage& message, Instant now);

}  // namespace pao::handlers
