#include "bot/delivery/outbox_batch.hpp"

#include "bot/delivery/rate_window.hpp"
#include "bot/delivery/send_plan.hpp"

#include <unordered_map>

namespace pao::bot::delivery {
namespace {

using storage::Conversation;
using storage::OutboxMessage;
using storage::OutboxState;
using storage::Session;

// How soon the target of a change is looked at again.
constexpr std::chrono::milliseconds target_pause{1'000};

void store_settled(Session& session, const Settled& one) {
  if (one.withdraws &&
      !storage::withdraw_message(session, *one.withdraws, reason_text(Cause::withdrawn), one.at)) {
    storage::mark_postponed(session, one.id, one.at + target_pause, reason_text(Cause::target_waits));
  } else if (one.state == OutboxState::sent) {
    storage::mark_sent(session, one.id, one.text, one.at, one.sent_to);
  } else if (one.state != OutboxState::pending) {
    storage::mark_ended(session, one.id, one.state, one.text, one.at, one.unconfirmed);
  } else if (one.attempted) {
    storage::mark_retry(session, one.id, one.at, one.text, one.unconfirmed);
  } else {
    storage::mark_postponed(session, one.id, one.at, one.text);
  }
}

}  // namespace

void store_batch(Session& session, const OutboxBatch& batch) {
  for (const Conversation& conversation : batch.opened) storage::save_conversation(session, conversation);
  for (const auto& [id, url] : batch.moved) storage::set_service_url(session, id, url);
  for (const std::string& id : batch.lost) storage::set_installed(session, id, false);
  for (const std::string& id : batch.blocked) storage::set_blocked(session, id);
  for (const Settled& one : batch.settled) store_settled(session, one);
}

std::optional<Conversation> conversation_for(Session& session, const OutboxMessage& message) {
  if (message.conversation_id.empty()) {
    if (message.aad_object_id.empty()) return std::nullopt;
    return storage::personal_conversation_of(session, message.aad_object_id);
  }
  auto named = storage::find_conversation(session, without_thread(message.conversation_id));
  if (!named || named->installed || named->kind != "personal" || named->aad_object_id.empty()) return named;
  auto other = storage::personal_conversation_of(session, named->aad_object_id);
  return other && other->installed ? other : named;
}

Destination destination_of(Session& session, const OutboxMessage& message, Instant now) {
  if (message.operation == storage::OutboxOperation::post) {
    return {.conversation = conversation_for(session, message)};
  }
  if (message.target_key.empty()) {
    return {.conversation = conversation_for(session, message),
            .target = Target{message.conversation_id, message.reply_to}};
  }
  const auto target = storage::find_message(session, message.target_key);
  if (!target) return {.obstacle = Cause::target_not_sent};
  if (target->state == OutboxState::sent) {
    return {.conversation = conversation_for(session, {.conversation_id = target->sent_to}),
            .target = Target{target->sent_to, target->receipt}};
  }
  if (target->state != OutboxState::pending && target->state != OutboxState::sending) {
    return {.obstacle = Cause::target_not_sent};
  }
  const bool removes = message.operation == storage::OutboxOperation::remove;
  if (removes && target->state == OutboxState::pending && target->attempts == 0) {
    return {.obstacle = Cause::target_not_sent, .withdraws = target->id};
  }
  return {.obstacle = Cause::target_waits, .wait_until = now + target_pause};
}

void restore_pace(Session& session, Throttle& throttle, const std::string& tenant, Instant now) {
  std::unordered_map<std::string, std::optional<Conversation>> known;  // by person, or by conversation
  const Instant after = now - conversation_windows.back().span - arrival_tolerance;
  for (const storage::SentLately& sent : storage::sent_since(session, after, now)) {
    const std::string& name = sent.conversation_id.empty() ? sent.aad_object_id : sent.conversation_id;
    const auto [found, is_new] = known.try_emplace(name);
    if (is_new) {
      found->second = conversation_for(
          session, {.conversation_id = sent.conversation_id, .aad_object_id = sent.aad_object_id});
    }
    const auto& conversation = found->second;
    throttle.record_send(conversation ? conversation->tenant_id : tenant,
                         conversation ? conversation->id : std::string{}, std::min(sent.at, now));
  }
}

}  // namespace pao::bot::delivery
