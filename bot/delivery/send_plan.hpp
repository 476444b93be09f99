// What to do with a claimed message: which request carries it, or why none does. Pure.
#pragma once

#include "bot/delivery/end_reasons.hpp"
#include "handlers/reply.hpp"
#include "storage/conversations_store.hpp"
#include "storage/outbox_store.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pao::bot::delivery {

// Who we are when nobody has written to us yet.
struct Sender {
  std::string bot_id;     // "28:<app id>"
  std::string tenant_id;  // of people we have to address first
  // Where a first conversation is opened (reference 1.2); empty: people who never opened the app are
  // unreachable.
  std::string fallback_service_url;
  // The government community cloud's, whose tenants the public address refuses (InvalidBotApiHost).
  std::string gcc_service_url = "https://smba.infra.gcc.teams.microsoft.com/teams/";
};

// The message that an update or removal is about.
struct Target {
  std::string conversation_id;  // with thread suffix
  std::string activity_id;      // empty: it is not there to be changed, so an update is sent as a message
};

struct SendPlan {
  enum class Step { post, update, remove, create_conversation, end };
  Step step = Step::end;
  std::string url = {};
  std::string body = {};
  std::string address = {};    // of a post: the conversation, with thread suffix
  Cause cause = Cause::empty;  // when it ends
  std::string detail = {};
};

// `conversation` is the one named by the message, or the addressee's personal one; nothing when unknown. A
// message for a conversation that another one has replaced goes to that one, as a message of its own.
// `content` is what the message says, rendered or stored; nothing: no longer true. `target` of an update or
// removal; a message that stands in a conversation which another one has replaced cannot be changed there.
SendPlan plan_send(const storage::OutboxMessage& message,
                   const std::optional<storage::Conversation>& conversation,
                   const std::optional<handlers::Content>& content, const Sender& sender,
                   const std::optional<Target>& target = std::nullopt);

// Opens the person's personal conversation again at the address where it was, when the channel no longer
// knows it. An end when it is none, or nobody is known in it.
SendPlan plan_reopening(const storage::OutboxMessage& message, const storage::Conversation& stale,
                        const Sender& sender);

// Where to try once instead of that address; "" when there is nowhere.
std::string other_service_url(std::string_view service_url, Cause cause, const Sender& sender);

// The id without ";messageid=…": how conversations are stored.
std::string_view without_thread(std::string_view conversation_id);

}  // namespace pao::bot::delivery
