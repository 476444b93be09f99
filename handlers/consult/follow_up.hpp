// Questions that only make sense with the one before: "¿y si es anual?", "¿y para riesgos?", "¿y cuándo
// vence?".
#pragma once

#include "handlers/understanding.hpp"
#include "storage/context_store.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace pao::handlers::consult {

inline constexpr int most_follow_ups = 5;
inline constexpr std::chrono::minutes context_life{30};

// Whether the wording leans on what was said before: short, and begins like a continuation or names no topic
// of its own. It says nothing about whether there was something before, and nothing about the person's own
// records ("¿y lo mío?" is no follow-up to a question on guidelines).
bool leans_on_before(std::string_view text);

// Whether the text alone means something that no earlier question changes: thanks, an order, a topic of
// somebody else's, or anything about an item, an SS or a criterion that it names. Unknown wordings, a
// question on due dates ("¿y cuándo vence?") and a case of what was asked ("¿y si está de vacaciones?") do
// not.
bool stands_by_itself(std::string_view text, const Understanding& understood);

// Whether the context still counts at `now`; and whether a question can go on from it: something was answered
// or asked back, and not too much has gone on from it already.
bool is_recent(const storage::ConversationContext& context, Instant now);
bool is_alive(const storage::ConversationContext& context, Instant now);

struct FollowUp {
  Understanding understood;
  // For the next follow-up: on the first line the question that all go on from, then what was asked of it.
  std::string question;
};

// A new practice ("¿y para riesgos?") asks the earlier question again about that practice; anything else asks
// something more about the practice of before, where the new words count most. One that could stand on its
// own is understood on its own.
FollowUp understand_follow_up(std::string_view text, const storage::ConversationContext& before,
                              const Knowledge& knowledge);

}  // namespace pao::handlers::consult
