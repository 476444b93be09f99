// What a message carries beside text and card, as JSON: how the outbox keeps it, and the members of the
// activity that show it (reference 3.8, 3.10, 3.11).
#pragma once

#include "handlers/reply.hpp"

#include <string>
#include <string_view>

namespace pao::bot::protocol {

// For storage::OutboxMessage::extras. "" when the content has none of it. Limits are applied here: what is
// above them is cut or left out.
std::string stored_extras(const handlers::Content& content);

// Puts stored extras into the content they were taken from; what cannot be read changes nothing.
void restore_extras(std::string_view stored, handlers::Content& content);

// The `entities` array of a message with these extras; "" for none. One root entity at most, or the channel
// refuses the message.
std::string entities_json(const handlers::Content& content);

// The value of `suggestedActions`; "" when there are none, or a card stands in the way.
std::string suggested_actions_json(const handlers::Content& content, std::string_view user_id);

// The attachment that shows an offered or delivered file (reference 3.9); "" for none.
std::string file_attachment_json(const handlers::Content& content);

}  // namespace pao::bot::protocol
