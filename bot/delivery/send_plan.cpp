#include "bot/delivery/send_plan.hpp"

#include "bot/protocol/outgoing.hpp"

namespace pao::bot::delivery {
namespace {

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
                   const std::optional<handlers::Content>& content, const Sender& sender) {
  if (message.channel != "teams") {
    return end(Cause::no_such_channel, message.channel);
  }
  if (!content) return end(Cause::no_longer_true);
  if (content->text.empty() && !content->card) return end(Cause::empty);
  if (!conversation) return open_conversation(message, sender);
  if (!conversation->installed) return end(Cause::app_removed, "known from an earlier event or answer");
  const bool is_there = without_thread(message.conversation_id) == conversation->id;
  const std::string& address = is_there ? message.conversation_id : conversation->id;
  const std::string reply_to = is_there ? message.reply_to : std::string{};
  protocol::OutgoingMessage outgoing{.text = content->text,
                                     .bot_id = conversation->bot_id,
                                     .conversation_id = address,
                                     .reply_to = reply_to,
                                     .alert = reply_to.empty()};
  if (content->card) {
    outgoing.card = content->card->json;
    outgoing.summary = content->card->summary;
  }
  auto body = protocol::message_body(outgoing);
  if (!body) return end(Cause::too_large, body.error().detail);
  return {.step = SendPlan::Step::post,
          .url = protocol::activities_url(conversation->service_url, address, reply_to),
          .body = std::move(*body)};
}

}  // namespace pao::bot::delivery
