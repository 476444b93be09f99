// Long messages that tell a story and ask one thing in it: "Ayer se cayó todo … ¿eso se reporta?".
#pragma once

#include <string_view>

namespace pao::handlers {

// The one sentence of a message of several that asks: between its marks, or from a question word on. Empty
// when the message is short, one sentence, or asks nothing or more than one thing. Points into `text`.
std::string_view question_within(std::string_view text);

}  // namespace pao::handlers
