#include "storage/answers_store.hpp"

#include "storage/sha256.hpp"

namespace pao::storage {
namespace {

#define PAO_ANSWER_COLUMNS                                                                                \
  "id, at, asked_by, conversation_id, question, answer, outcome, practice, process_id, criteria, scores," \
  " reason, chosen"

ShownAnswer answer_of(const Row& row) {
  return {.id = row.string(0),
          .at = row.instant(1),
          .asked_by = row.string(2),
          .conversation_id = row.string(3),
          .question = row.string(4),
          .answer = row.string(5),
          .outcome = row.string(6),
          .practice = row.string(7),
          .process_id = row.string(8),
          .criteria = row.string(9),
          .scores = row.string(10),
          .reason = row.string(11),
          .chosen = row.flag(12)};
}

constexpr std::size_t id_digits = 20;

}  // namespace

std::string answer_id(std::string_view conversation_id, std::string_view activity_id) {
  const std::string what =
      std::to_string(conversation_id.size()) + ":" + std::string(conversation_id) + std::string(activity_id);
  return "R-" + sha256_hex(what).substr(0, id_digits);
}

void add_answer(Session& session, const ShownAnswer& answer) {
  session.run(
      "INSERT INTO answers_shown (" PAO_ANSWER_COLUMNS
      ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (id) DO NOTHING",
      {std::string_view(answer.id), to_value(answer.at), std::string_view(answer.asked_by),
       std::string_view(answer.conversation_id), std::string_view(answer.question),
       std::string_view(answer.answer), std::string_view(answer.outcome), std::string_view(answer.practice),
       std::string_view(answer.process_id), std::string_view(answer.criteria),
       std::string_view(answer.scores), std::string_view(answer.reason), to_value(answer.chosen)});
}

void change_answer(Session& session, std::string_view id, std::string_view answer) {
  session.run("UPDATE answers_shown SET answer = $2 WHERE id = $1", {id, answer});
}

std::optional<ShownAnswer> find_answer(Session& session, std::string_view id) {
  return session.first("SELECT " PAO_ANSWER_COLUMNS " FROM answers_shown WHERE id = $1", {id}, answer_of);
}

std::optional<ShownAnswer> latest_answer(Session& session, std::string_view asked_by,
                                         std::string_view conversation_id, Instant since) {
  return session.first("SELECT " PAO_ANSWER_COLUMNS
                       " FROM answers_shown WHERE asked_by = $1 AND conversation_id = $2 AND at >= $3"
                       " ORDER BY at DESC, id LIMIT 1",
                       {asked_by, conversation_id, to_value(since)}, answer_of);
}

std::vector<ShownAnswer> answers_between(Session& session, Instant from, Instant until) {
  return session.all("SELECT " PAO_ANSWER_COLUMNS
                     " FROM answers_shown WHERE at >= $1 AND at < $2 ORDER BY at, id",
                     {to_value(from), to_value(until)}, answer_of);
}

}  // namespace pao::storage
