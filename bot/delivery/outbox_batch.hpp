// What delivery reads and writes in the store around a send.
#pragma once

#include "bot/delivery/end_reasons.hpp"
#include "bot/delivery/send_plan.hpp"
#include "bot/delivery/throttle.hpp"
#include "handlers/procedure/bogota_time.hpp"
#include "storage/conversations_store.hpp"
#include "storage/outbox_store.hpp"
#include "storage/session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pao::bot::delivery {

// What became of one claimed message.
struct Settled {
  std::int64_t id = 0;
  storage::OutboxState state = storage::OutboxState::pending;  // pending: tried again at `at`
  Instant at;
  std::string text;          // receipt of a sent message, else the reason
  bool attempted = true;     // false: put back without a try
  bool unconfirmed = false;  // it may have arrived without a receipt
  std::string sent_to = {};  // conversation that took it
  // A message that waits and must not be sent any more; when it has left meanwhile, this one is put back.
  std::optional<std::int64_t> withdraws = {};
};

// Everything the next transaction stores.
struct OutboxBatch {
  std::vector<Settled> settled = {};
  std::vector<storage::Conversation> opened = {};
  std::vector<std::string> lost = {};                           // conversations that cannot be written to
  std::vector<std::string> blocked = {};                        // the same, because the person blocked us
  std::vector<std::pair<std::string, std::string>> moved = {};  // conversation: its right service address
};
void store_batch(storage::Session& session, const OutboxBatch& batch);

// The conversation that the message names, or the one that has replaced it; else the addressee's personal
// one.
std::optional<storage::Conversation> conversation_for(storage::Session& session,
                                                      const storage::OutboxMessage& message);

// Where a claimed message goes.
struct Destination {
  std::optional<storage::Conversation> conversation = {};
  std::optional<Target> target = {};           // of an update or removal
  std::optional<Cause> obstacle = {};          // target_waits or target_not_sent: it cannot go, or not yet
  Instant wait_until = {};                     // of target_waits
  std::optional<std::int64_t> withdraws = {};  // of a removal: its target waits and need not be sent at all
};
Destination destination_of(storage::Session& session, const storage::OutboxMessage& message, Instant now);

// Tells the throttle what the process before this one has sent within the longest window, so that a restart
// does not write faster than the channel allows.
void restore_pace(storage::Session& session, Throttle& throttle, const std::string& tenant, Instant now);

}  // namespace pao::bot::delivery
