// The HTTP answers to invokes: what a handler replied, in the form that each kind of invoke asks for
// (reference 4.2 to 4.5).
#pragma once

#include "bot/protocol/invokes.hpp"
#include "handlers/reply.hpp"

#include <string>
#include <string_view>

namespace pao::bot::protocol {

struct InvokeAnswer {
  int status = 200;       // of HTTP
  std::string body = {};  // JSON; empty: none
};

// `error`: 0, or 400 (a card that nobody knows) or 500 (we failed); the reply then holds the sentence that
// the person reads. A refusal is no error but an answer. A form that has no place for what the reply holds
// shows what it can: a dialog the card or else the text, the compose box what was found or else the card or
// else the text.
InvokeAnswer invoke_answer(const Activity& activity, const handlers::Reply& reply, int error = 0);

// What is said when the work takes longer than the invoke's budget: searches give nothing and say so;
// everything else is finished later, and the person is told that.
InvokeAnswer late_answer(const Activity& activity);

// Whether the work of an invoke that was answered late is worth finishing: not when only the answer to a
// search would come of it.
bool finishes_late(const Activity& activity);

// Whether the outcome then takes the place of the card that was pressed: it is known, and nobody else reads
// it.
bool finishes_on_card(const Activity& activity);

// The answer to adaptiveCard/action for a failure: `status` 400 or 500 stands inside the body, the HTTP
// status stays 200; `message` is what the person reads.
std::string card_error_body(int status, std::string_view code, std::string_view message);

}  // namespace pao::bot::protocol
