#include "bot/delivery/send_plan.hpp"

#include "bot/protocol/outgoing.hpp"

namespace pao::bot::delivery {
namespace {

using storage::OutboxState;

SendPlan end(OutboxState state, std::string reason) {
  return {.step = SendPlan::Step::end, .state = state, .reason = std::move(reason)};
}

SendPlan open_conversation(const storage::OutboxMessage& message, const Sender& sender) {
  if (!message.conversation_id.empty() || message.aad_object_id.empty()) {
    return end(OutboxState::unreachable, "the conversation is not known");
  }
  if (sender.fallback_service_url.empty()) {
    return end(OutboxState::unreachable, "the person has never opened the app");
  }
  return {.step = SendPlan::Step::create_conversation,
          .url = protocol::conversations_url(sender.fallback_service_url),
          .body = protocol::create_conversation_body(sender.bot_id, sender.tenant_id, message.aad_object_id)};
}

}  // namespace

std::string_view without_thread(std::string_view conversation_id) {
  return conversation_id.substr(0, conversation_id.find(";messageid="));
}

SendPlan plan_send(const storage::OutboxMessage& message,
                   const std::optional<storage::Conversation>& conversation,
                   const std::optional<handlers::Content>& content, const Sender& sender) {
  if (message.channel != "teams") {
    return end(OutboxState::dead, "nothing here sends over the channel " + message.channel);
  }
  if (!content) return end(OutboxState::obsolete, "no longer true when its turn came");
  if (content->text.empty() && !content->card) return end(OutboxState::dead, "the message is empty");
  if (!conversation) return open_conversation(message, sender);
  if (!conversation->installed) {
    return end(OutboxState::unreachable, "the app was removed from the conversation or blocked there");
  }
  const std::string& address = message.conversation_id.empty() ? conversation->id : message.conversation_id;
  protocol::OutgoingMessage outgoing{.text = content->text,
                                     .bot_id = conversation->bot_id,
                                     .conversation_id = address,
                                     .reply_to = message.reply_to,
                                     .alert = message.reply_to.empty()};
  if (content->card) {
    outgoing.card = content->card->json;
    outgoing.summary = content->card->summary;
  }
  auto body = protocol::message_body(outgoing);
  if (!body) return end(OutboxState::dead, body.error().detail);
  return {.step = SendPlan::Step::post,
          .url = protocol::activities_url(conversation->service_url, address, message.reply_to),
          .body = std::move(*body)};
}

}  // namespace pao::bot::delivery
