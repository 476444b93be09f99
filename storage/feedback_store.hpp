// What people think of the answers they got: the thumbs under an answer, and reactions to it
// (reference 3.11).
#pragma once

#include "storage/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

struct Feedback {
  std::string conversation_id;
  std::string answer_id;    // activity id of the message that is rated
  std::string person;       // as the registro names people: person id or "aad:<id>"
  std::string source;       // "form": the thumbs, perhaps with a reason; "reaction": an emoji
  std::string question_id;  // activity id that the message answered (registro field "activity"); may be empty
  std::string reaction;     // "like", "dislike"; of an emoji its name in Teams ("heart", "1f440_eyes")
  std::string reason;       // the person's own words; empty when there are none
  Instant at;
};

// Stores it; what the same person said about the same answer in the same way before is replaced.
void save_feedback(Session& session, const Feedback& feedback);

// Takes back a reaction of that name; false when it is not (or no longer) there.
bool withdraw_reaction(Session& session, const Feedback& feedback);

// The activity that a message of ours answered, by the id the channel gave the message. "" when the message
// answered none, nothing when it is not ours.
std::optional<std::string> question_of_answer(Session& session, std::string_view conversation_id,
                                              std::string_view answer_id);

// What was said from `from` on, oldest first.
std::vector<Feedback> feedback_since(Session& session, Instant from);

}  // namespace pao::storage
