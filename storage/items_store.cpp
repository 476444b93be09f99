#include "storage/items_store.hpp"

#include "storage/columns.hpp"
#include "storage/record_row.hpp"
#include "storage/words.hpp"

namespace pao::storage {
namespace {

#define PAO_ITEM_COLUMNS                                                                    \
  "id, kind, practice, process_id, parent_id, name, owner_id, periodicity, planned_months," \
  " starts_on, ends_on, attributes"

procedure::Item item_of(const Row& row) {
  return {.id = row.string(0),
          .kind = known(procedure::parse_item_kind(row.text(1))),
          .practice = row.string(2),
          .process_id = row.string(3),
          .parent_id = row.string(4),
          .name = row.string(5),
          .owner_id = row.string(6),
          .periodicity = known(procedure::parse_periodicity(row.text(7))),
          .planned_months = months_from_text(row.text(8)),
          .starts_on = row.date(9),
          .ends_on = row.date(10),
          .attributes = texts_from_json(row.text(11))};
}

int year_of(Instant at) {
  return static_cast<int>(std::chrono::year_month_day(local_date(at)).year());
}

}  // namespace

std::optional<procedure::Item> find_item(Session& session, std::string_view item_id) {
  return session.first("SELECT " PAO_ITEM_COLUMNS " FROM items WHERE id = $1", {item_id}, item_of);
}

std::vector<procedure::Item> items_of(Session& session, std::string_view process_id) {
  if (process_id.empty()) {
    return session.all("SELECT " PAO_ITEM_COLUMNS " FROM items ORDER BY position", {}, item_of);
  }
  return session.all("SELECT " PAO_ITEM_COLUMNS " FROM items WHERE process_id = $1 ORDER BY position",
                     {process_id}, item_of);
}

// The kind stands in the statements as it is, so that the index of commitments serves.
std::vector<procedure::Item> commitments_of(Session& session, std::string_view process_id) {
  return session.all("SELECT " PAO_ITEM_COLUMNS
                     " FROM items WHERE process_id = $1 AND kind = 'compromiso' ORDER BY position",
                     {process_id}, item_of);
}

std::vector<procedure::Item> commitments_of_owner(Session& session, std::string_view person_id) {
  return session.all("SELECT " PAO_ITEM_COLUMNS
                     " FROM items WHERE owner_id = $1 AND kind = 'compromiso' ORDER BY position",
                     {person_id}, item_of);
}

std::vector<procedure::ProgressRecord> records_of(Session& session, std::string_view process_id, int year) {
  // Every period starts with its year: "2026", "2026-03", "2026-T1".
  const std::string from = std::to_string(year);
  const std::string to = std::to_string(year + 1);
  if (process_id.empty()) {
    return session.all("SELECT " PAO_RECORD_COLUMNS
                       " FROM progress_records WHERE period >= $1 AND period < $2"
                       " ORDER BY process_id, period, item_id",
                       {std::string_view(from), std::string_view(to)}, record_of);
  }
  return session.all("SELECT " PAO_RECORD_COLUMNS
                     " FROM progress_records WHERE process_id = $1 AND period >= $2 AND period < $3"
                     " ORDER BY period, item_id",
                     {process_id, std::string_view(from), std::string_view(to)}, record_of);
}

bool has_records(Session& session, std::string_view practice, int year) {
  const std::string from = std::to_string(year);
  const std::string to = std::to_string(year + 1);
  return session
      .first("SELECT id FROM progress_records WHERE practice = $1 AND period >= $2 AND period < $3 LIMIT 1",
             {practice, std::string_view(from), std::string_view(to)},
             [](const Row& row) { return row.string(0); })
      .has_value();
}

std::vector<procedure::ProgressRecord> records_of_item(Session& session, std::string_view item_id) {
  return session.all("SELECT " PAO_RECORD_COLUMNS " FROM progress_records WHERE item_id = $1 ORDER BY period",
                     {item_id}, record_of);
}

Result<procedure::ProgressRecord> add_record(Session& session, procedure::ProgressRecord record) {
  const auto same = session.first("SELECT id FROM progress_records WHERE item_id = $1 AND period = $2",
                                  {std::string_view(record.item_id), std::string_view(record.period)},
                                  [](const Row& row) { return row.string(0); });
  if (same) return fail(ErrorCode::conflict, "the period has record " + *same);
  const int year = year_of(record.recorded_at);
  record.id = numbered_id("AV", year, next_number(session, "record-" + std::to_string(year)), 6);
  record.review = procedure::ReviewState::registered;
  record.filing = procedure::FilingState::captured;
  const std::string values = texts_to_json(record.values);
  const std::string due_on = day_text(record.due_on);
  session.run(
      "INSERT INTO progress_records (" PAO_RECORD_COLUMNS
      ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
      {std::string_view(record.id), std::string_view(record.practice), std::string_view(record.item_id),
       std::string_view(record.process_id), std::string_view(record.period), std::string_view(values),
       to_value(record.recorded_at), text_or_null(record.recorded_by), std::string_view(record.channel),
       procedure::to_word(record.review), procedure::to_word(record.filing), text_or_null(due_on),
       text_or_null(procedure::to_word(record.timeliness))});
  return record;
}

}  // namespace pao::storage
