// What is remembered of a conversation with the reply, in the same transaction, and the day that it is about.
#pragma once

#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "storage/context_store.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace pao::handlers::consult {

// After a question that nothing was said to yet; `question` as in storage::ConversationContext.
storage::ConversationContext context_of_question(const Turn& turn, std::string_view question);

// After an answer.
storage::ConversationContext context_after(const Turn& turn, const procedure::Criterion& answered,
                                           std::string_view question, int follow_ups,
                                           std::optional<Date> as_of);

// After a question back.
storage::ConversationContext context_to_choose(const Turn& turn,
                                               const std::vector<procedure::Criterion>& options,
                                               std::string_view question, int follow_ups,
                                               std::optional<Date> as_of);

// The reply, and what a follow-up needs to know; or that there is nothing to go on from.
handlers::Decision remembering(Reply reply, storage::ConversationContext context);
handlers::Decision forgetting(Reply reply, const Turn& turn);

// The day whose guidelines the text asks for: the one that it names, else that of the conversation; nothing
// for those in force.
std::optional<Date> day_meant(std::string_view text,
                              const std::optional<storage::ConversationContext>& before);

// The day of a button (`dia`); of one on a card from before it carried any, the one that its question names.
// `invalid` when it carries something else.
Result<std::optional<Date>> day_of_button(const Turn& turn);

}  // namespace pao::handlers::consult
