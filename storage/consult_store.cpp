#include "storage/consult_store.hpp"

#include "storage/columns.hpp"
#include "storage/database_failure.hpp"

namespace pao::storage {
namespace {

#define PAO_CONSULT_COLUMNS                                                                \
  "id, asked_by, process_id, practice, question, answer_shown, conversation_id, reply_to," \
  " advisor_id, level, asked_at, due_on, reply, replied_by, replied_at"

Consult consult_of(const Row& row) {
  const std::optional<Date> due_on = row.date(11);
  if (!due_on) throw DatabaseFailure(ErrorCode::internal, "a consult has no due date");
  return {.id = row.string(0),
          .asked_by = row.string(1),
          .process_id = row.string(2),
          .practice = row.string(3),
          .question = row.string(4),
          .answer_shown = row.string(5),
          .conversation_id = row.string(6),
          .reply_to = row.string(7),
          .advisor_id = row.string(8),
          .level = static_cast<int>(row.integer(9)),
          .asked_at = row.instant(10),
          .due_on = *due_on,
          .reply = row.string(12),
          .replied_by = row.string(13),
          .replied_at = row.optional_instant(14)};
}

}  // namespace

Result<Consult> add_consult(Session& session, Consult consult) {
  const int year = static_cast<int>(std::chrono::year_month_day(local_date(consult.asked_at)).year());
  consult.id = numbered_id("C", year, next_number(session, "consult-" + std::to_string(year)), 4);
  const std::string due_on = iso_date(consult.due_on);
  session.run("INSERT INTO consults (" PAO_CONSULT_COLUMNS
              ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', NULL, NULL)",
              {std::string_view(consult.id), text_or_null(consult.asked_by), text_or_null(consult.process_id),
               text_or_null(consult.practice), std::string_view(consult.question),
               std::string_view(consult.answer_shown), std::string_view(consult.conversation_id),
               std::string_view(consult.reply_to), text_or_null(consult.advisor_id), to_value(consult.level),
               to_value(consult.asked_at), std::string_view(due_on)});
  consult.reply.clear();
  consult.replied_by.clear();
  consult.replied_at.reset();
  return consult;
}

std::optional<Consult> find_consult(Session& session, std::string_view id) {
  return session.first("SELECT " PAO_CONSULT_COLUMNS " FROM consults WHERE id = $1", {id}, consult_of);
}

std::vector<Consult> open_consults_of(Session& session, std::string_view advisor_id) {
  return session.all("SELECT " PAO_CONSULT_COLUMNS
                     " FROM consults WHERE advisor_id = $1 AND replied_at IS NULL ORDER BY asked_at, id",
                     {advisor_id}, consult_of);
}

Result<void> answer_consult(Session& session, std::string_view id, std::string_view replied_by,
                            std::string_view reply, Instant at) {
  const std::int64_t changed = session.run(
      "UPDATE consults SET reply = $2, replied_by = $3, replied_at = $4 WHERE id = $1 AND replied_at IS NULL",
      {id, reply, text_or_null(replied_by), to_value(at)});
  if (changed == 1) return {};
  if (!find_consult(session, id)) return fail(ErrorCode::not_found, "no such consult");
  return fail(ErrorCode::conflict, "the consult was already answered");
}

}  // namespace pao::storage
