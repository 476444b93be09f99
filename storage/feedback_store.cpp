#include "storage/feedback_store.hpp"

namespace pao::storage {
namespace {

Feedback feedback_of(const Row& row) {
  return {.conversation_id = row.string(0),
          .answer_id = row.string(1),
          .person = row.string(2),
          .source = row.string(3),
          .question_id = row.string(4),
          .reaction = row.string(5),
          .reason = row.string(6),
          .at = row.instant(7)};
}

}  // namespace

void save_feedback(Session& session, const Feedback& feedback) {
  session.run(
      "INSERT INTO answer_feedback (conversation_id, answer_id, person, source, question_id, reaction, "
      "reason,"
      " at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
      " ON CONFLICT (conversation_id, answer_id, person, source) DO UPDATE SET"
      " question_id = excluded.question_id, reaction = excluded.reaction, reason = excluded.reason,"
      " at = excluded.at",
      {std::string_view(feedback.conversation_id), std::string_view(feedback.answer_id),
       std::string_view(feedback.person), std::string_view(feedback.source),
       std::string_view(feedback.question_id), std::string_view(feedback.reaction),
       std::string_view(feedback.reason), to_value(feedback.at)});
}

bool withdraw_reaction(Session& session, const Feedback& feedback) {
  return session.run(
             "DELETE FROM answer_feedback WHERE conversation_id = $1 AND answer_id = $2 AND person = $3"
             " AND source = 'reaction' AND reaction = $4",
             {std::string_view(feedback.conversation_id), std::string_view(feedback.answer_id),
              std::string_view(feedback.person), std::string_view(feedback.reaction)}) == 1;
}

std::optional<std::string> question_of_answer(Session& session, std::string_view conversation_id,
                                              std::string_view answer_id) {
  // Proactive messages carry no conversation, and a reply in a thread carries its root behind the id.
  return session.first(
      "SELECT reply_to FROM outbox WHERE receipt = $1 AND (conversation_id IS NULL OR conversation_id = $2"
      " OR lane = $2) ORDER BY id DESC LIMIT 1",
      {answer_id, conversation_id}, [](const Row& row) { return row.string(0); });
}

std::vector<Feedback> feedback_since(Session& session, Instant from) {
  return session.all(
      "SELECT conversation_id, answer_id, person, source, question_id, reaction, reason, at"
      " FROM answer_feedback WHERE at >= $1 ORDER BY at, conversation_id, answer_id, person, source",
      {to_value(from)}, feedback_of);
}

}  // namespace pao::storage
