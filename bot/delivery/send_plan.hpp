// What to do with a claimed message: which request carries it, or why none does. Pure.
#pragma once

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
};

struct SendPlan {
  enum class Step { post, create_conversation, end };
  Step step = Step::end;
  std::string url = {};
  std::string body = {};
  storage::OutboxState state = storage::OutboxState::dead;  // when it ends
  std::string reason = {};
};

// `conversation` is the one named by the message, or the addressee's personal one; nothing when unknown.
// `content` is what the message says, rendered or stored; nothing: no longer true.
SendPlan plan_send(const storage::OutboxMessage& message,
                   const std::optional<storage::Conversation>& conversation,
                   const std::optional<handlers::Content>& content, const Sender& sender);

// The id without ";messageid=…": how conversations are stored.
std::string_view without_thread(std::string_view conversation_id);

}  // namespace pao::bot::delivery
