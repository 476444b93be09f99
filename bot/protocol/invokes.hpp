// The invokes that Teams sends and we know: one table of name, how the value is read, how it is answered, and
// how long the work may take (reference 4). The answer to an invoke is the body of our own HTTP answer.
#pragma once

#include "bot/protocol/activity.hpp"

#include <nlohmann/json_fwd.hpp>

#include <chrono>
#include <span>
#include <string_view>

namespace pao::bot::protocol {

enum class AnswerForm {
  card,         // adaptiveCard/action: a card in place of the one pressed, a notice under it, or an error
  dialog,       // a dialog opens, shows the next card, or says a sentence
  results,      // of the compose box: what was found, or the one card chosen
  suggestions,  // of a field of a card
  message,      // nothing in the body: what there is to say goes out as a message
  done,         // an empty object: taken, nothing is shown
  no_sign_in,   // nobody signs in to us: no code and no token can be right
};

struct InvokeKind {
  std::string_view name;  // as the channel sends it; "" is the button of an old card, without name
  // Reads the activity's JSON into verb, values or signal; `invalid` is answered 400.
  Result<void> (*read)(const nlohmann::json& json, Activity& activity);
  AnswerForm form;
  // From the arrival to the late answer: the channel gives up after 5 s on searches and after 10 to 15 s on
  // the others (reference 4.1).
  std::chrono::milliseconds budget;
};

// Every invoke that is not answered 501.
std::span<const InvokeKind> invoke_kinds();

// Null for what nobody knows.
const InvokeKind* find_invoke(std::string_view name);

}  // namespace pao::bot::protocol
