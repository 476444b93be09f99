#include "storage/consult_store.hpp"

#include "storage/columns.hpp"
#include "storage/database_failure.hpp"
#include "storage/words.hpp"

namespace pao::storage {
namespace {

#define PAO_CONSULT_COLUMNS                                                                        \
  "id, asked_by, process_id, practice, question, answer_shown, conversation_id, reply_to,"         \
  " advisor_id, level, asked_at, due_on, reply, replied_by, replied_at, state, answer_id, scores," \
  " level_since, waiting_since, waited_days"

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
          .replied_at = row.optional_instant(14),
          .state = known(procedure::parse_consult_state(row.text(15))),
          .answer_id = row.string(16),
          .scores = row.string(17),
          .level_since = row.instant(18),
          .waiting_since = row.optional_instant(19),
          .waited_days = static_cast<int>(row.integer(20))};
}

ConsultStep step_of(const Row& row) {
  return {.number = static_cast<int>(row.integer(0)),
          .at = row.instant(1),
          .actor = row.string(2),
          .kind = row.string(3),
          .from_state = row.string(4),
          .to_state = row.string(5),
          .level = static_cast<int>(row.integer(6)),
          .advisor_id = row.string(7),
          .due_on = row.string(8),
          .words = row.string(9)};
}

int add_step(Session& session, const Consult& consult, const ConsultStep& step) {
  const std::int64_t number =
      session
          .first("SELECT count(*) FROM consult_events WHERE consult_id = $1", {std::string_view(consult.id)},
                 [](const Row& row) { return row.integer(0); })
          .value_or(0) +
      1;
  const std::string due_on = iso_date(consult.due_on);
  session.run(
      "INSERT INTO consult_events (consult_id, number, at, actor, kind, from_state, to_state, level,"
      " advisor_id, due_on, words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      {std::string_view(consult.id), to_value(number), to_value(step.at), std::string_view(step.actor),
       std::string_view(step.kind), std::string_view(step.from_state), procedure::to_word(consult.state),
       to_value(consult.level), std::string_view(consult.advisor_id), std::string_view(due_on),
       std::string_view(step.words)});
  return static_cast<int>(number);
}

}  // namespace

Result<Consult> add_consult(Session& session, Consult consult) {
  const int year = static_cast<int>(std::chrono::year_month_day(local_date(consult.asked_at)).year());
  consult.id = numbered_id("C", year, next_number(session, "consult-" + std::to_string(year)), 4);
  consult.reply.clear();
  consult.replied_by.clear();
  consult.replied_at.reset();
  consult.state = procedure::ConsultState::assigned;
  consult.level_since = consult.asked_at;
  consult.waiting_since.reset();
  consult.waited_days = 0;
  const std::string due_on = iso_date(consult.due_on);
  session.run(
      "INSERT INTO consults (" PAO_CONSULT_COLUMNS
      ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', NULL, NULL, $13, $14, $15,"
      " $16, NULL, 0)",
      {std::string_view(consult.id), text_or_null(consult.asked_by), text_or_null(consult.process_id),
       text_or_null(consult.practice), std::string_view(consult.question),
       std::string_view(consult.answer_shown), std::string_view(consult.conversation_id),
       std::string_view(consult.reply_to), text_or_null(consult.advisor_id), to_value(consult.level),
       to_value(consult.asked_at), std::string_view(due_on), procedure::to_word(consult.state),
       text_or_null(consult.answer_id), std::string_view(consult.scores), to_value(consult.level_since)});
  add_step(
      session, consult,
      {.at = consult.asked_at, .actor = consult.asked_by, .kind = "preguntada", .words = consult.question});
  return consult;
}

std::optional<Consult> find_consult(Session& session, std::string_view id) {
  return session.first("SELECT " PAO_CONSULT_COLUMNS " FROM consults WHERE id = $1", {id}, consult_of);
}

Result<int> move_consult(Session& session, const Consult& consult, ConsultStep step) {
  const std::string due_on = iso_date(consult.due_on);
  const std::int64_t changed = session.run(
      "UPDATE consults SET state = $3, advisor_id = $4, level = $5, due_on = $6, reply = $7, replied_by = $8,"
      " replied_at = $9, level_since = $10, waiting_since = $11, waited_days = $12, practice = $13"
      " WHERE id = $1 AND state = $2",
      {std::string_view(consult.id), std::string_view(step.from_state), procedure::to_word(consult.state),
       text_or_null(consult.advisor_id), to_value(consult.level), std::string_view(due_on),
       std::string_view(consult.reply), text_or_null(consult.replied_by), to_value(consult.replied_at),
       to_value(consult.level_since), to_value(consult.waiting_since), to_value(consult.waited_days),
       text_or_null(consult.practice)});
  if (changed == 1) return add_step(session, consult, step);
  if (!find_consult(session, consult.id)) return fail(ErrorCode::not_found, "no such consult");
  return fail(ErrorCode::conflict, "the consult is no longer in the expected state");
}

std::vector<ConsultStep> steps_of(Session& session, std::string_view consult_id) {
  return session.all(
      "SELECT number, at, actor, kind, from_state, to_state, level, advisor_id, due_on, words"
      " FROM consult_events WHERE consult_id = $1 ORDER BY number",
      {consult_id}, step_of);
}

std::vector<Consult> open_consults_of(Session& session, std::string_view advisor_id) {
  return session.all("SELECT " PAO_CONSULT_COLUMNS
                     " FROM consults WHERE advisor_id = $1 AND state IN ('asignada', 'en_espera_informacion')"
                     " ORDER BY asked_at, id",
                     {advisor_id}, consult_of);
}

std::vector<Consult> open_consults(Session& session) {
  return session.all("SELECT " PAO_CONSULT_COLUMNS
                     " FROM consults WHERE state IN ('asignada', 'en_espera_informacion') ORDER BY asked_at,"
                     " id",
                     {}, consult_of);
}

std::vector<Consult> consults_asked_by(Session& session, std::string_view person_id, int limit) {
  return session.all("SELECT " PAO_CONSULT_COLUMNS
                     " FROM consults WHERE asked_by = $1 ORDER BY asked_at DESC, id DESC LIMIT $2",
                     {person_id, to_value(limit)}, consult_of);
}

std::vector<Consult> consults_between(Session& session, Instant from, Instant until) {
  return session.all("SELECT " PAO_CONSULT_COLUMNS
                     " FROM consults WHERE asked_at >= $1 AND asked_at < $2 ORDER BY asked_at, id",
                     {to_value(from), to_value(until)}, consult_of);
}

std::set<std::string> reopened_consults(Session& session, Instant from, Instant until) {
  std::set<std::string> ids;
  session.each(
      "SELECT c.id FROM consults c JOIN consult_events e ON e.consult_id = c.id"
      " WHERE c.asked_at >= $1 AND c.asked_at < $2 AND e.kind = $3",
      {to_value(from), to_value(until), procedure::to_word(procedure::ConsultEvent::reopen)},
      [&](const Row& row) {
        ids.insert(row.string(0));
        return true;
      });
  return ids;
}

std::string thematic_advisor_of(Session& session, std::string_view practice) {
  return session
      .first("SELECT person_id FROM thematic_advisors WHERE practice = $1", {practice},
             [](const Row& row) { return row.string(0); })
      .value_or("");
}

}  // namespace pao::storage
