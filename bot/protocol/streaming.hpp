// Bodies of an answer that appears while it is made (reference 3.12), and of the typing indicator.
#pragma once

#include "bot/protocol/outgoing.hpp"

#include <string>
#include <string_view>

namespace pao::bot::protocol {

enum class StreamPart {
  informative,  // what is being done; only before the first text
  streaming,    // the text so far, all of it
};

// One step. `stream_id` is what the first step's answer gave, "" in the first step; `sequence` begins at 1
// and always grows.
std::string stream_step_body(StreamPart part, std::string_view text, std::string_view stream_id,
                             int sequence);

// The last step: the whole message, with card, sources and labels, which belong here only. Fails as
// message_body does.
Result<std::string> stream_final_body(const OutgoingMessage& message, std::string_view stream_id);

// "Somebody is typing": shown for about three seconds.
std::string typing_body();

}  // namespace pao::bot::protocol
