// Which turns a route takes: the conditions that the list of routes is written in.
#pragma once

#include "handlers/route.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

namespace pao::handlers {

Matches pressed(const char* verb);                       // a button of one of our cards
Matches says(std::initializer_list<const char*> words);  // the whole message is one of these words, whatever
                                                         // its case and accents
Matches starts_with(std::string_view prefix);
Matches begins(std::initializer_list<const char*> words);  // a short message, no question, that begins so
Matches arrives();
Matches is(TurnKind kind);
Matches any_text();
Matches means(MessageKind kind);
Matches wants(Intent intent);
Matches wants_request_status();  // asks how things stand and names an SS

// The first number of an SS in the text ("SS-2026-0045", "PAO-2026-0003"); "" when there is none.
std::string request_number(const Hearing& hearing);
// The first id in the text that is no number of an SS; "" when there is none.
std::string item_named(const Hearing& hearing);
// Whether it says that something was fulfilled or asks to record it, and neither asks a question nor orders a
// change.
bool tells_fulfilment(const Hearing& hearing);
// Whether it asks to record that a commitment was fulfilled.
bool names_commitment(const Hearing& hearing);
// Whether an order to change something came without naming an SS: then the rule is explained.
bool is_change_order(const Hearing& hearing);

}  // namespace pao::handlers
