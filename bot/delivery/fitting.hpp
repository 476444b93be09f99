// A message that is larger than the channel takes is shortened instead of lost (reference 6.1).
#pragma once

#include "handlers/reply.hpp"

#include <string_view>

namespace pao::bot::delivery {

// The content as it is when it fits. Else: a card that alone is too large becomes the card that says so; then
// the text is cut at the end of a paragraph (a line, a sentence, a word when there is none) and ends with the
// sentence that says where the rest is. `number` is the message's number, by which the OAP finds the whole of
// it; empty: it is not told. The result always fits.
handlers::Content fit(const handlers::Content& content, std::string_view number);

}  // namespace pao::bot::delivery
