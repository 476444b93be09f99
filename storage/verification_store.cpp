#include "storage/verification_store.hpp"

#include "storage/columns.hpp"
#include "storage/record_row.hpp"
#include "storage/words.hpp"

#include <algorithm>

namespace pao::storage {
namespace {

#define PAO_STORED_RECORD_COLUMNS PAO_RECORD_COLUMNS ", returned_at, smgi_number, smgi_reason"

StoredRecord stored_of(const Row& row) {
  return {.record = record_of(row),
          .returned_at = row.optional_instant(record_columns),
          .smgi_number = row.string(record_columns + 1),
          .smgi_reason = row.string(record_columns + 2)};
}

std::int64_t next_in(Session& session, std::string_view sql, std::string_view record_id) {
  return session.first(sql, {record_id}, [](const Row& row) { return row.integer(0); }).value_or(0) + 1;
}

}  // namespace

std::optional<StoredRecord> find_record(Session& session, std::string_view record_id) {
  return session.first("SELECT " PAO_STORED_RECORD_COLUMNS " FROM progress_records WHERE id = $1",
                       {record_id}, stored_of);
}

std::vector<procedure::ProgressRecord> records_to_verify(Session& session,
                                                         const std::vector<std::string>& process_ids) {
  std::vector<procedure::ProgressRecord> records;
  for (const std::string& process_id : process_ids) {
    session.each("SELECT " PAO_STORED_RECORD_COLUMNS
                 " FROM progress_records WHERE process_id = $1"
                 " AND review IN ('registrado', 'en_verificacion') ORDER BY recorded_at, id",
                 {std::string_view(process_id)}, [&](const Row& row) {
                   records.push_back(stored_of(row).record);
                   return true;
                 });
  }
  std::stable_sort(records.begin(), records.end(),
                   [](const auto& left, const auto& right) { return left.recorded_at < right.recorded_at; });
  return records;
}

std::vector<StoredRecord> recent_records(Session& session, std::string_view person_id,
                                         const std::vector<std::string>& process_ids, int limit) {
  auto records =
      session.all("SELECT " PAO_STORED_RECORD_COLUMNS
                  " FROM progress_records WHERE recorded_by = $1 ORDER BY recorded_at DESC, id LIMIT $2",
                  {person_id, to_value(limit)}, stored_of);
  for (const std::string& process_id : process_ids) {
    session.each(
        "SELECT " PAO_STORED_RECORD_COLUMNS
        " FROM progress_records WHERE process_id = $1 AND (channel = 'pao_teams' OR review = 'devuelto')"
        " AND COALESCE(recorded_by, '') <> $2 ORDER BY recorded_at DESC, id LIMIT $3",
        {std::string_view(process_id), person_id, to_value(limit)}, [&](const Row& row) {
          records.push_back(stored_of(row));
          return true;
        });
  }
  std::stable_sort(records.begin(), records.end(), [](const StoredRecord& left, const StoredRecord& right) {
    return left.record.recorded_at > right.record.recorded_at;
  });
  if (records.size() > static_cast<std::size_t>(limit)) records.resize(static_cast<std::size_t>(limit));
  return records;
}

bool set_review(Session& session, std::string_view record_id, procedure::ReviewState from,
                procedure::ReviewState to, Instant at) {
  const bool returned = to == procedure::ReviewState::returned;
  return session.run(
             "UPDATE progress_records SET review = $3,"
             " returned_at = CASE WHEN $4 = 1 THEN $5 ELSE returned_at END WHERE id = $1 AND review = $2",
             {record_id, procedure::to_word(from), procedure::to_word(to), to_value(returned),
              to_value(at)}) == 1;
}

Result<void> change_record(Session& session, const procedure::ProgressRecord& changed,
                           procedure::ReviewState from, std::string_view changed_by, std::string_view reason,
                           Instant at) {
  const auto stored = find_record(session, changed.id);
  if (!stored || stored->record.review != from) {
    return fail(ErrorCode::conflict, "the record was changed or verified meanwhile",
                "Ese avance cambió mientras usted lo corregía. Escriba «mis avances» para ver cómo está.");
  }
  const procedure::ProgressRecord& before = stored->record;
  const std::string old_values = texts_to_json(before.values);
  session.run(
      "INSERT INTO progress_history (record_id, revision, recorded_values, recorded_at, recorded_by, channel,"
      " review, changed_at, changed_by, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      {std::string_view(before.id),
       to_value(
           next_in(session, "SELECT MAX(revision) FROM progress_history WHERE record_id = $1", before.id)),
       std::string_view(old_values), to_value(before.recorded_at), text_or_null(before.recorded_by),
       std::string_view(before.channel), procedure::to_word(before.review), to_value(at), changed_by,
       reason});
  const std::string values = texts_to_json(changed.values);
  const std::string due_on = day_text(changed.due_on);
  session.run(
      "UPDATE progress_records SET recorded_values = $2, recorded_at = $3, recorded_by = $4, channel = $5,"
      " review = $6, filing = 'capturado', smgi_reason = NULL, due_on = $7, timeliness = $8 WHERE id = $1",
      {std::string_view(changed.id), std::string_view(values), to_value(changed.recorded_at),
       text_or_null(changed.recorded_by), std::string_view(changed.channel),
       procedure::to_word(changed.review), text_or_null(due_on),
       text_or_null(procedure::to_word(changed.timeliness))});
  return {};
}

std::vector<RecordRevision> revisions_of(Session& session, std::string_view record_id) {
  return session.all(
      "SELECT revision, recorded_values, recorded_at, recorded_by, review, changed_at, changed_by, reason"
      " FROM progress_history WHERE record_id = $1 ORDER BY revision",
      {record_id}, [](const Row& row) {
        return RecordRevision{.revision = static_cast<int>(row.integer(0)),
                              .values = texts_from_json(row.text(1)),
                              .recorded_at = row.instant(2),
                              .recorded_by = row.string(3),
                              .review = known(procedure::parse_review_state(row.text(4))),
                              .changed_at = row.instant(5),
                              .changed_by = row.string(6),
                              .reason = row.string(7)};
      });
}

int add_verification(Session& session, const Verification& verification) {
  const std::int64_t round =
      next_in(session, "SELECT MAX(round) FROM verifications WHERE record_id = $1", verification.record_id);
  const std::string checklist = texts_to_json(verification.checklist);
  const std::string until = day_text(verification.correct_until);
  session.run(
      "INSERT INTO verifications (record_id, round, verified_by, verified_at, result, timeliness, checklist,"
      " note, correction, correct_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      {std::string_view(verification.record_id), to_value(round), std::string_view(verification.verified_by),
       to_value(verification.verified_at),
       procedure::to_word(verification.accepted ? procedure::ReviewState::accepted
                                                : procedure::ReviewState::returned),
       procedure::to_word(verification.timeliness), std::string_view(checklist),
       std::string_view(verification.note), std::string_view(verification.correction), text_or_null(until)});
  return static_cast<int>(round);
}

std::vector<Verification> verifications_of(Session& session, std::string_view record_id) {
  return session.all(
      "SELECT record_id, round, verified_by, verified_at, result, timeliness, checklist, note, correction,"
      " correct_until FROM verifications WHERE record_id = $1 ORDER BY round",
      {record_id}, [](const Row& row) {
        return Verification{.record_id = row.string(0),
                            .round = static_cast<int>(row.integer(1)),
                            .verified_by = row.string(2),
                            .verified_at = row.instant(3),
                            .accepted = row.text(4) == procedure::to_word(procedure::ReviewState::accepted),
                            .timeliness = timeliness_from(row.text(5)),
                            .checklist = texts_from_json(row.text(6)),
                            .note = row.string(7),
                            .correction = row.string(8),
                            .correct_until = row.date(9)};
      });
}

}  // namespace pao::storage
