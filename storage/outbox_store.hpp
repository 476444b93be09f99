// Everything that has to leave the service, for every channel: stored with the state change that caused it,
// sent later by the delivery worker. Order within a lane; at most one row of a lane is in flight.
#pragma once

#include "storage/session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

enum class OutboxState {
  pending,  // waits for its time, its turn or a retry
  sending,  // claimed under a lease
  sent,
  obsolete,     // no longer true when its turn came (done meanwhile, role ended, expired)
  unreachable,  // no conversation with that person is known, or the app is not installed
  dead,         // gave up: `reason` says why; an operator can retry it
  cancelled,    // by an operator
};

// What a row does with the channel.
enum class OutboxOperation {
  post,    // sends a message of its own
  update,  // puts its content in the place of a message sent before
  remove,  // takes a message sent before away
};

// Priorities: replies before notices before broadcasts.
enum class Priority { reply = 0, notice = 1, broadcast = 2 };

struct OutboxMessage {
  std::int64_t id = 0;
  std::string key;  // unique; enqueueing the same key again does nothing
  std::string channel = "teams";
  std::string kind;  // "reply" and "notice" carry their content; others are rendered when sent
  Priority priority = Priority::reply;
  std::string lane;             // conversation id, or "person:<aad id>" while no conversation is known
  std::string conversation_id;  // empty: the person's personal conversation, looked up when sent
  std::string aad_object_id;    // addressee of a proactive message; empty for a reply
  std::string reply_to;         // activity id answered; empty when proactive
  // update and remove: the key of the row whose message is meant. They wait for its receipt. Empty: the
  // message in `conversation_id` whose id is `reply_to`.
  OutboxOperation operation = OutboxOperation::post;
  std::string target_key;
  std::string subject;  // what it is about, our own id: checked before sending ("still true?")
  std::string text;     // plain or markdown text; empty when there is a card only
  std::string card;     // adaptive card JSON; empty when there is none
  std::string summary;  // notification text
  std::string extras;   // what else the message carries, as JSON; empty when nothing
  Instant not_before;
  Instant expires_at;
  OutboxState state = OutboxState::pending;
  int attempts = 0;
  std::string reason;   // last failure or end state, in words
  std::string receipt;  // message id given by the channel
  std::string sent_to;  // conversation it stands in, with thread suffix; empty until sent
  Instant created_at;
  // Sends of it that may have arrived although no receipt came: it was read at most so many times more.
  int unconfirmed = 0;
  bool reclaimed = false;  // set by a claim: an earlier one ran out, with or without a send
};

// False when the key exists already. What goes to a person by itself stands in the lane of that person's chat
// when the app is installed there, whatever lane it was given. A row with a target that is stored already
// goes into its lane, behind it.
bool enqueue(Session& session, const OutboxMessage& message);

// Claims up to `limit` messages that are due at `now`, oldest first within priority, at most one a lane and
// none of a lane that has one in flight of that priority or a higher one; they are `sending` until
// `lease_until`, then claimable again. Each channel has a worker of its own; a lane belongs to one channel.
std::vector<OutboxMessage> claim_due(Session& session, Instant now, Instant lease_until, int limit,
                                     std::string_view channel = "teams");

// `sent_to`: the conversation that took it.
void mark_sent(Session& session, std::int64_t id, std::string_view receipt, Instant at,
               std::string_view sent_to = {});
// Tried and failed; `unconfirmed`: that send may have arrived.
void mark_retry(Session& session, std::int64_t id, Instant not_before, std::string_view reason,
                bool unconfirmed = false);
// Not tried after all: the claim does not count as an attempt, and the reason of an earlier failure stays.
void mark_postponed(Session& session, std::int64_t id, Instant not_before, std::string_view reason);
void mark_ended(Session& session, std::int64_t id, OutboxState state, std::string_view reason, Instant at,
                bool unconfirmed = false);

// The claim of these goes on until then: their outcome is not known yet.
void extend_leases(Session& session, const std::vector<std::int64_t>& ids, Instant until);

// Ends a message as obsolete that waits for its first try; false when it is past that.
bool withdraw_message(Session& session, std::int64_t id, std::string_view reason, Instant at);

// The earliest instant later than `after` at which a message becomes due or a lease ends; nothing when there
// is none. After a claim that took everything it could, what is due already waits for one of these.
std::optional<Instant> next_due(Session& session, Instant after, std::string_view channel = "teams");

// Where something was sent after that instant, and what is under a lease at `now` (as if sent now); oldest
// first. Of the channel that has limits: Teams.
struct SentLately {
  std::string conversation_id;  // empty: the addressee's personal one
  std::string aad_object_id;
  Instant at;
};
std::vector<SentLately> sent_since(Session& session, Instant after, Instant now);

// The row with that key; nothing when there is none.
std::optional<OutboxMessage> find_message(Session& session, std::string_view key);

// The newest row whose message has that id in that conversation (thread suffix ignored): what somebody rates
// or presses. Nothing when it is none of ours.
std::optional<OutboxMessage> find_sent(Session& session, std::string_view conversation_id,
                                       std::string_view receipt);

// For operators: newest first, optionally of one state.
std::vector<OutboxMessage> list_outbox(Session& session, std::optional<OutboxState> state, int limit);

// Puts a dead, unreachable or cancelled message back; false when it is none of those or has expired: then
// nobody would read it in time.
bool retry_message(Session& session, std::int64_t id, Instant now);

// Puts back every dead or unreachable message whose key begins so, that ended for that reason (its word,
// whatever its detail) and has not expired. Gives how many.
std::int64_t retry_undelivered(Session& session, std::string_view prefix, std::string_view reason_word,
                               Instant now);

// Puts back what could not reach that person and has not expired: they have opened the app now. Gives how
// many.
std::int64_t revive_unreachable(Session& session, std::string_view aad_object_id, Instant now);

// Cancels a pending message; false when it is past that.
bool cancel_message(Session& session, std::int64_t id, std::string_view reason, Instant at);

// Messages that wait or are on their way; looks at those only.
std::int64_t count_waiting(Session& session);

// What became of the messages whose keys begin with `prefix` ("digest:2026-11-12:"), one number a state.
// Every message has exactly one state, so that the sum is the audience.
struct StateCount {
  OutboxState state;
  std::int64_t messages = 0;
  std::int64_t unconfirmed = 0;  // sends that may have been read once more
};
std::vector<StateCount> count_by_state(Session& session, std::string_view prefix);

}  // namespace pao::storage
