#include "storage/context_store.hpp"

namespace pao::storage {

std::optional<ConversationContext> find_context(Session& session, std::string_view conversation_id,
                                                std::string_view actor) {
  return session.first(
      "SELECT conversation_id, actor, practice, criterion, question, follow_ups, at"
      " FROM conversation_context WHERE conversation_id = $1 AND actor = $2",
      {conversation_id, actor}, [](const Row& row) {
        return ConversationContext{.conversation_id = row.string(0),
                                   .actor = row.string(1),
                                   .practice = row.string(2),
                                   .criterion = row.string(3),
                                   .question = row.string(4),
                                   .follow_ups = static_cast<int>(row.integer(5)),
                                   .at = row.instant(6)};
      });
}

void save_context(Session& session, const ConversationContext& context, Instant forget_before) {
  session.run("DELETE FROM conversation_context WHERE at < $1", {to_value(forget_before)});
  session.run(
      "INSERT INTO conversation_context (conversation_id, actor, practice, criterion, question, follow_ups,"
      " at) VALUES ($1, $2, $3, $4, $5, $6, $7)"
      " ON CONFLICT (conversation_id, actor) DO UPDATE SET practice = excluded.practice,"
      " criterion = excluded.criterion, question = excluded.question, follow_ups = excluded.follow_ups,"
      " at = excluded.at",
      {context.conversation_id, context.actor, context.practice, context.criterion, context.question,
       to_value(context.follow_ups), to_value(context.at)});
}

}  // namespace pao::storage
