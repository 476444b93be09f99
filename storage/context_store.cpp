#include "storage/context_store.hpp"

#include "storage/columns.hpp"

#include <sstream>

namespace pao::storage {
namespace {

std::string joined(const std::vector<std::string>& codes) {
  std::string line;
  for (const std::string& code : codes) line += (line.empty() ? "" : " ") + code;
  return line;
}

std::vector<std::string> split(const std::string& line) {
  std::istringstream stream(line);
  std::vector<std::string> codes;
  for (std::string code; stream >> code;) codes.push_back(code);
  return codes;
}

}  // namespace

std::optional<ConversationContext> find_context(Session& session, std::string_view conversation_id,
                                                std::string_view actor) {
  return session.first(
      "SELECT conversation_id, actor, practice, criterion, question, follow_ups, at, as_of, options,"
      " offered_answer FROM conversation_context WHERE conversation_id = $1 AND actor = $2",
      {conversation_id, actor}, [](const Row& row) {
        return ConversationContext{.conversation_id = row.string(0),
                                   .actor = row.string(1),
                                   .practice = row.string(2),
                                   .criterion = row.string(3),
                                   .question = row.string(4),
                                   .follow_ups = static_cast<int>(row.integer(5)),
                                   .at = row.instant(6),
                                   .as_of = row.date(7),
                                   .options = split(row.string(8)),
                                   .offered_answer = row.string(9)};
      });
}

void save_context(Session& session, const ConversationContext& context, Instant forget_before) {
  session.run("DELETE FROM conversation_context WHERE at < $1", {to_value(forget_before)});
  const std::string as_of = day_text(context.as_of);
  const std::string options = joined(context.options);
  session.run(
      "INSERT INTO conversation_context (conversation_id, actor, practice, criterion, question, follow_ups,"
      " at, as_of, options, offered_answer) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
      " ON CONFLICT (conversation_id, actor) DO UPDATE SET practice = excluded.practice,"
      " criterion = excluded.criterion, question = excluded.question, follow_ups = excluded.follow_ups,"
      " at = excluded.at, as_of = excluded.as_of, options = excluded.options,"
      " offered_answer = excluded.offered_answer",
      {context.conversation_id, context.actor, context.practice, context.criterion, context.question,
       to_value(context.follow_ups), to_value(context.at), text_or_null(as_of), std::string_view(options),
       std::string_view(context.offered_answer)});
}

void forget_context(Session& session, std::string_view conversation_id, std::string_view actor) {
  session.run("DELETE FROM conversation_context WHERE conversation_id = $1 AND actor = $2",
              {conversation_id, actor});
}

}  // namespace pao::storage
