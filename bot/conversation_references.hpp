// Where conversations are, kept from every authenticated activity (reference 5.3).
#pragma once

#include "bot/protocol/activity.hpp"
#include "handlers/turn.hpp"
#include "storage/conversations_store.hpp"

namespace pao::bot {

// What the activity tells of its conversation: installed unless it is a departure, and not blocked, since
// something arrived from there.
storage::Conversation reference_of(const protocol::Activity& activity, const handlers::Turn& turn);

// Stores it when something of it is new, and what the activity tells of other conversations: a team that was
// archived or deleted takes its channels along, a channel that is gone is not written to. The search of the
// compose box comes from conversations that we are no member of: those are not kept. Somebody who can be
// reached now for the first time, or again, is sent what could not reach them; true when there is such a
// message. Inside the turn's write transaction.
bool keep_reference(storage::Session& session, const protocol::Activity& activity,
                    const storage::Conversation& now);

}  // namespace pao::bot
