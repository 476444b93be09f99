#include "bot/delivery/send_plan.hpp"

#include "bot/delivery/fitting.hpp"
#include "bot/protocol/outgoing.hpp"

namespace pao::bot::delivery {
namespace {

using storage::OutboxOperation;

SendPlan end(Cause cause, std::string detail = {}) {
  return {.step = SendPlan::Step::end, .cause = cause, .detail = std::move(detail)};
}

std::string_view without_slash(std::string_view url) {
  return url.ends_with('/') ? url.substr(0, url.size() - 1) : url;
}

SendPlan open_conversation(const storage::OutboxMessage& message, const Sender& sender) {
  if (!message.conversation_id.empty() || message.aad_object_id.empty()) {
    return end(Cause::conversation_unknown);
  }
  if (sender.fallback_service_url.empty()) {
    return end(Cause::never_opened);
  }
  return {.step = SendPlan::Step::create_conversation,
          .url = protocol::conversations_url(sender.fallback_service_url),
          .body = protocol::create_conversation_body(sender.bot_id, sender.tenant_id, message.aad_object_id)};
}

protocol::OutgoingMessage outgoing_of(const storage::Conversation& conversation,
                                      const handlers::Content& content, std::string_view address) {
  protocol::OutgoingMessage outgoing{.text = content.text,
                                     .bot_id = conversation.bot_id,
                                     .conversation_id = address,
                                     .user_id = conversation.user_id,
                                     .extras = &content};
  if (content.card) {
    outgoing.card = content.card->json;
    outgoing.summary = content.card->summary;
  }
  return outgoing;
}

SendPlan plan_post(const storage::OutboxMessage& message, const storage::Conversation& conversation,
                   const handlers::Content& content) {
  // An update that has nothing to change is a message of its own.
  const bool answers = message.operation == OutboxOperation::post &&
                       without_thread(message.conversation_id) == conversation.id;
  const std::string& address =
      without_thread(message.conversation_id) == conversation.id ? message.conversation_id : conversation.id;
  const std::string reply_to = answers ? message.reply_to : std::string{};
  const handlers::Content fitted = fit(content, std::to_string(message.id));
  protocol::OutgoingMessage outgoing = outgoing_of(conversation, fitted, address);
  outgoing.reply_to = reply_to;
  outgoing.alert = reply_to.empty();
  auto body = protocol::message_body(outgoing);
  if (!body) return end(Cause::too_large, body.error().detail);
  return {.step = SendPlan::Step::post,
          .url = protocol::activities_url(conversation.service_url, address, reply_to),
          .body = std::move(*body),
          .address = address};
}

SendPlan plan_update(const storage::OutboxMessage& message, const storage::Conversation& conversation,
                     const handlers::Content& content, const Target& target) {
  const handlers::Content fitted = fit(content, std::to_string(message.id));
  auto body = protocol::message_body(outgoing_of(conversation, fitted, target.conversation_id));
  if (!body) return end(Cause::too_large, body.error().detail);
  return {.step = SendPlan::Step::update,
          .url = protocol::activity_url(conversation.service_url, target.conversation_id, target.activity_id),
          .body = std::move(*body)};
}

}  // namespace

SendPlan plan_reopening(const storage::OutboxMessage& message, const storage::Conversation& stale,
                        const Sender& sender) {
  const std::string& member = stale.aad_object_id.empty() ? message.aad_object_id : stale.aad_object_id;
  if (stale.kind != "personal" || member.empty()) return end(Cause::conversation_not_found);
  const std::string& tenant = stale.tenant_id.empty() ? sender.tenant_id : stale.tenant_id;
  return {.step = SendPlan::Step::create_conversation,
          .url = protocol::conversations_url(stale.service_url),
          .body = protocol::create_conversation_body(sender.bot_id, tenant, member)};
}

std::string other_service_url(std::string_view service_url, Cause cause, const Sender& sender) {
  const std::string& other =
      cause == Cause::wrong_host ? sender.gcc_service_url : sender.fallback_service_url;
  return without_slash(other) == without_slash(service_url) ? std::string{} : other;
}

std::string_view without_thread(std::string_view conversation_id) {
  return conversation_id.substr(0, conversation_id.find(";messageid="));
}

SendPlan plan_send(const storage::OutboxMessage& message,
                   const std::optional<storage::Conversation>& conversation,
                   const std::optional<handlers::Content>& content, const Sender& sender,
                   const std::optional<Target>& target) {
  if (message.channel != "teams") {
    return end(Cause::no_such_channel, message.channel);
  }
  const bool removes = message.operation == OutboxOperation::remove;
  if (!removes && !content) return end(Cause::no_longer_true);
  if (!removes && content->text.empty() && !content->card) return end(Cause::empty);
  if (!conversation && message.operation == OutboxOperation::post) return open_conversation(message, sender);
  if (!conversation) return end(Cause::conversation_unknown);
  if (!conversation->installed) {
    return end(conversation->blocked ? Cause::blocked : Cause::app_removed,
               "known from an earlier event or answer");
  }
  const bool can_change =
      target && !target->activity_id.empty() && without_thread(target->conversation_id) == conversation->id;
  if (removes) {
    if (!can_change) return end(Cause::target_not_sent);
    return {.step = SendPlan::Step::remove,
            .url = protocol::activity_url(conversation->service_url, target->conversation_id,
                                          target->activity_id)};
  }
  if (can_change) return plan_update(message, *conversation, *content, *target);
  return plan_post(message, *conversation, *content);
}

}  // namespace pao::bot::delivery
