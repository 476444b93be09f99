// Why a message waits or was not delivered, in one table: the word that the store keeps, the state in which a
// message ends for that reason, and what an operator reads and can do about it (reference 5.4).
#pragma once

#include "storage/outbox_store.hpp"

#include <span>
#include <string>
#include <string_view>

namespace pao::bot::delivery {

enum class Cause {
  // Answers of the channel.
  malformed,
  refused,
  token_refused,
  not_registered,
  tenant_suspended,
  app_removed,
  blocked,
  not_installed,
  wrong_host,
  wrong_region,
  no_permission,
  streaming_refused,
  forbidden,
  conversation_not_found,
  activity_not_found,
  not_found,
  not_allowed_here,
  concurrent,
  too_large,
  throttled,
  channel_failed,
  gateway_failed,
  not_connected,
  no_answer,
  no_conversation_id,
  // Of the mail server.
  mail_refused,
  mail_failed,
  // Our own.
  mail_off,
  mail_no_address,
  expired,
  no_longer_true,
  never_opened,
  conversation_unknown,
  target_waits,
  target_not_sent,
  withdrawn,
  empty,
  no_such_channel,
  not_rendered,
  address_refused,
  no_token,
  kept_back,
  service_stopped,
  store_failed,
  cancelled,
};

struct EndReason {
  Cause cause;
  std::string_view word;       // first word of a stored reason
  storage::OutboxState state;  // when it ends the message
  std::string_view sentence;   // Spanish, for the operator
  std::string_view remedy;     // Spanish; what to do, or that nothing has to be done
};

// Every cause once.
std::span<const EndReason> end_reasons();
const EndReason& end_reason(Cause cause);

// As kept in the store and written to the log: "blocked: HTTP 403 ConversationBlockedByUser". `detail` holds
// codes and English words, never text of a message.
std::string reason_text(Cause cause, std::string_view detail = {});

// The row that a stored reason belongs to; null when it is empty or was written by somebody else.
const EndReason* end_reason_of(std::string_view stored_reason);

// Whether a stored reason is that cause, with whatever detail.
bool is_reason(std::string_view stored_reason, Cause cause);

}  // namespace pao::bot::delivery
