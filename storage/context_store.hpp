// What a conversation was about: the last question of a person there and what was said to it, for follow-ups
// and for short replies to what the assistant asked back or offered.
#pragma once

#include "storage/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

struct ConversationContext {
  std::string conversation_id;
  std::string actor;      // who asked, as the registro names the person: in a group everybody has an own one
  std::string practice;   // of the criterion that answered; empty when none did
  std::string criterion;  // its code; empty when none did
  std::string question;   // what was asked, as it was understood: the first line stands on its own
  int follow_ups = 0;     // since the last question that stood on its own
  Instant at;             // of what was said to it
  std::optional<Date> as_of = std::nullopt;  // the past day that was asked about; none: today
  std::vector<std::string> options = {};     // codes that the person was asked to choose from
  // The answer (answers_store) whose last word was the offer to pass the question on; empty: there was none.
  std::string offered_answer = {};
};

std::optional<ConversationContext> find_context(Session& session, std::string_view conversation_id,
                                                std::string_view actor);

// Inserts or replaces the one of that conversation and person, and deletes every one from before
// `forget_before`: what is forgotten is not kept.
void save_context(Session& session, const ConversationContext& context, Instant forget_before);

void forget_context(Session& session, std::string_view conversation_id, std::string_view actor);

}  // namespace pao::storage
