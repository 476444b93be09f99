// What a conversation was about: the last question answered to a person there, for follow-ups.
#pragma once

#include "storage/session.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pao::storage {

struct ConversationContext {
  std::string conversation_id;
  std::string actor;      // who asked, as the registro names the person: in a group everybody has an own one
  std::string practice;   // of the criterion that answered
  std::string criterion;  // its code
  std::string question;   // what was asked, as it was understood: the first line stands on its own
  int follow_ups = 0;     // since the last question that stood on its own
  Instant at;             // of the last answer
};

std::optional<ConversationContext> find_context(Session& session, std::string_view conversation_id,
                                                std::string_view actor);

// Inserts or replaces the one of that conversation and person, and deletes every one from before
// `forget_before`: what is forgotten is not kept.
void save_context(Session& session, const ConversationContext& context, Instant forget_before);

}  // namespace pao::storage
