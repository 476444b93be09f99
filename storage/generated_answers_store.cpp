#include "storage/generated_answers_store.hpp"

namespace pao::storage {
namespace {

#define PAO_GENERATED_COLUMNS \
  "id, outbox_key, criteria, asked_at, wait_until, state, text, cited, kept, flaws, done_at"

GeneratedAnswer answer_of(const Row& row) {
  return {.id = row.string(0),
          .outbox_key = row.string(1),
          .criteria = row.string(2),
          .asked_at = row.instant(3),
          .wait_until = row.instant(4),
          .state = row.string(5),
          .text = row.string(6),
          .cited = row.string(7),
          .kept = static_cast<int>(row.integer(8)),
          .flaws = row.string(9),
          .done_at = row.optional_instant(10)};
}

}  // namespace

void add_generated(Session& session, const GeneratedAnswer& answer) {
  session.run("INSERT INTO generated_answers (" PAO_GENERATED_COLUMNS
              ") VALUES ($1, $2, $3, $4, $5, 'esperando', '', '', 0, '', NULL) ON CONFLICT (id) DO NOTHING",
              {std::string_view(answer.id), std::string_view(answer.outbox_key),
               std::string_view(answer.criteria), to_value(answer.asked_at), to_value(answer.wait_until)});
}

std::optional<GeneratedAnswer> find_generated(Session& session, std::string_view id) {
  return session.first("SELECT " PAO_GENERATED_COLUMNS " FROM generated_answers WHERE id = $1", {id},
                       answer_of);
}

bool any_generated_waits(Session& session, Instant now) {
  return session
      .first("SELECT 1 FROM generated_answers WHERE state = 'esperando' AND wait_until > $1 LIMIT 1",
             {to_value(now)}, [](const Row&) { return true; })
      .has_value();
}

std::optional<GeneratedAnswer> claim_generated(Session& session, Instant now) {
  return session.first(
      "UPDATE generated_answers SET state = 'escribiendo' WHERE id ="
      " (SELECT id FROM generated_answers WHERE state = 'esperando' AND wait_until > $1"
      " ORDER BY asked_at, id LIMIT 1) RETURNING " PAO_GENERATED_COLUMNS,
      {to_value(now)}, answer_of);
}

bool finish_generated(Session& session, const GeneratedAnswer& answer, Instant at, Instant send_at) {
  // The message takes what is here when it is sent: once it is on its way, the text comes too late.
  const bool in_time =
      session.run("UPDATE outbox SET next_at = $2 WHERE key = $1 AND state = 'pending' AND attempts = 0",
                  {std::string_view(answer.outbox_key), to_value(send_at)}) > 0;
  session.run(
      "UPDATE generated_answers SET state = $2, text = $3, cited = $4, kept = $5, flaws = $6, done_at = $7"
      " WHERE id = $1",
      {std::string_view(answer.id), std::string_view(in_time ? answer.state : "descartada"),
       std::string_view(in_time ? answer.text : ""), std::string_view(answer.cited), to_value(answer.kept),
       std::string_view(in_time ? answer.flaws : "too_late"), to_value(at)});
  return in_time;
}

}  // namespace pao::storage
