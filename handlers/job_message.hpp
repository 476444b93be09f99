// A notice of a job as a message to be sent: what the turn runner does for the notices of a turn.
#pragma once

#include "handlers/reply.hpp"
#include "storage/outbox_store.hpp"

namespace pao::handlers {

inline constexpr std::chrono::days job_notice_lives{7};

inline storage::OutboxMessage job_message(const Notice& notice, Instant now) {
  storage::OutboxMessage message{
      .key = notice.key,
      .kind = "notice",
      .priority = storage::Priority::notice,
      .lane = notice.conversation_id.empty() ? "person:" + notice.aad_object_id : notice.conversation_id,
      .conversation_id = notice.conversation_id,
      .aad_object_id = notice.aad_object_id,
      .reply_to = notice.reply_to,
      .subject = notice.subject,
      .text = notice.content.text,
      .not_before = now,
      .expires_at = now + job_notice_lives,
      .created_at = now};
  if (notice.content.card) {
    message.card = notice.content.card->json;
    message.summary = notice.content.card->summary;
  }
  return message;
}

}  // namespace pao::handlers
