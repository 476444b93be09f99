// Bodies and addresses of what we send to the connector.
// Cards are spliced in as the JSON text they already are; nothing is parsed again.
#pragma once

#include "handlers/procedure/result.hpp"
#include "handlers/reply.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace pao::bot::protocol {

// One message as it goes to a conversation. Views must outlive the call only.
struct OutgoingMessage {
  std::string_view text = {};                 // Markdown; empty when there is a card only
  std::string_view card = {};                 // adaptive card JSON; empty when there is none
  std::string_view summary = {};              // notification line
  std::string_view bot_id = {};               // recipient.id as the channel named us; may be empty
  std::string_view conversation_id = {};      // as in the address
  std::string_view reply_to = {};             // activity answered; empty when proactive
  std::string_view user_id = {};              // of the person in a personal conversation; may be empty
  const handlers::Content* extras = nullptr;  // labels, citations, feedback, suggestions; null: none
  bool alert = false;  // the client shows a notification: messages that nobody asked for just now
};

// Teams refuses above about 100 KB as UTF-16 and advises to stay below 80 (reference 6.1).
inline constexpr std::size_t max_message_utf16_bytes = 80 * 1024;

// The activity's JSON. `invalid` when text and card together exceed max_message_utf16_bytes.
Result<std::string> message_body(const OutgoingMessage& message);

// Bytes the text takes as UTF-16.
std::size_t utf16_bytes(std::string_view utf8);

// The body of POST /v3/conversations for the personal conversation with one person (reference 5.2).
std::string create_conversation_body(std::string_view bot_id, std::string_view tenant_id,
                                     std::string_view member_id);

// Everything but unreserved characters becomes %XX, so that no id can change the route.
std::string percent_encode(std::string_view segment);

// `service_url` with or without slash at the end; `reply_to` empty: a message of its own.
std::string activities_url(std::string_view service_url, std::string_view conversation_id,
                           std::string_view reply_to);
std::string conversations_url(std::string_view service_url);

// Of one activity: PUT changes it, DELETE takes it away.
std::string activity_url(std::string_view service_url, std::string_view conversation_id,
                         std::string_view activity_id);

// GET. `page_size` is brought between 50 and 500; `continuation_token` empty: the first page.
std::string members_page_url(std::string_view service_url, std::string_view conversation_id, int page_size,
                             std::string_view continuation_token);
// GET. `user_id`: "29:…", Entra object id or user principal name.
std::string member_url(std::string_view service_url, std::string_view conversation_id,
                       std::string_view user_id);

// The body of POST /v3/conversations for a new thread in a channel; it must carry its first message.
std::string create_thread_body(std::string_view tenant_id, std::string_view channel_id,
                               std::string_view message_body);

}  // namespace pao::bot::protocol
