#include "storage/entries_store.hpp"

#include "storage/columns.hpp"
#include "storage/words.hpp"

#include <utility>

namespace pao::storage {
namespace {

#define PAO_ENTRY_COLUMNS                                                                     \
  "id, practice, term, title, text, consult_id, state, proposed_by, proposed_at, decided_by," \
  " approved_at, retired_at"

#define PAO_ENTRY_SELECT                                                                                \
  "SELECT " PAO_ENTRY_COLUMNS                                                                           \
  ", COALESCE((SELECT max(r.term) FROM entry_renewals r WHERE r.entry_id = approved_entries.id), term)" \
  " FROM approved_entries "

Entry entry_of(const Row& row) {
  return {.id = row.string(0),
          .practice = row.string(1),
          .term = static_cast<int>(row.integer(2)),
          .title = row.string(3),
          .text = row.string(4),
          .consult_id = row.string(5),
          .state = known(procedure::parse_entry_state(row.text(6))),
          .proposed_by = row.string(7),
          .proposed_at = row.instant(8),
          .decided_by = row.string(9),
          .approved_at = row.optional_instant(10),
          .retired_at = row.optional_instant(11),
          .last_term = static_cast<int>(row.integer(12))};
}

void add_step(Session& session, std::string_view id, const EntryStep& step) {
  session.run(
      "INSERT INTO entry_events (entry_id, number, at, actor, kind, words)"
      " SELECT $1, count(*) + 1, $2, $3, $4, $5 FROM entry_events WHERE entry_id = $1",
      {id, to_value(step.at), std::string_view(step.actor), std::string_view(step.kind),
       std::string_view(step.words)});
}

std::string four_digits(std::int64_t number) {
  const std::string digits = std::to_string(number);
  return digits.size() < 4 ? std::string(4 - digits.size(), '0') + digits : digits;
}

}  // namespace

Entry add_entry(Session& session, Entry entry) {
  entry.id = "RES-" + four_digits(next_number(session, "entry"));
  entry.state = procedure::EntryState::proposed;
  entry.last_term = entry.term;
  session.run(
      "INSERT INTO approved_entries (" PAO_ENTRY_COLUMNS
      ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', NULL, NULL)",
      {std::string_view(entry.id), std::string_view(entry.practice), to_value(entry.term),
       std::string_view(entry.title), std::string_view(entry.text), text_or_null(entry.consult_id),
       procedure::to_word(entry.state), std::string_view(entry.proposed_by), to_value(entry.proposed_at)});
  add_step(session, entry.id,
           {.at = entry.proposed_at, .actor = entry.proposed_by, .kind = "propuesta", .words = entry.text});
  return entry;
}

std::optional<Entry> find_entry(Session& session, std::string_view id) {
  return session.first(PAO_ENTRY_SELECT "WHERE id = $1", {id}, entry_of);
}

std::optional<Entry> entry_of_consult(Session& session, std::string_view consult_id) {
  return session.first(PAO_ENTRY_SELECT
                       "WHERE consult_id = $1 AND state NOT IN ('descartada', 'retirada') ORDER BY id DESC",
                       {consult_id}, entry_of);
}

Result<void> move_entry(Session& session, const Entry& entry, procedure::EntryState from,
                        const EntryStep& step) {
  const std::int64_t changed = session.run(
      "UPDATE approved_entries SET state = $3, practice = $4, title = $5, text = $6, decided_by = $7,"
      " approved_at = $8, retired_at = $9 WHERE id = $1 AND state = $2",
      {std::string_view(entry.id), procedure::to_word(from), procedure::to_word(entry.state),
       std::string_view(entry.practice), std::string_view(entry.title), std::string_view(entry.text),
       std::string_view(entry.decided_by), to_value(entry.approved_at), to_value(entry.retired_at)});
  if (changed != 1) return fail(ErrorCode::conflict, "the entry is no longer in the expected state");
  add_step(session, entry.id, step);
  return {};
}

void renew_entry(Session& session, std::string_view id, int term, std::string_view actor, Instant at) {
  session.run(
      "INSERT INTO entry_renewals (entry_id, term, renewed_by, renewed_at) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (entry_id, term) DO NOTHING",
      {id, to_value(term), actor, to_value(at)});
}

std::vector<EntryStep> entry_steps(Session& session, std::string_view id) {
  return session.all("SELECT at, actor, kind, words FROM entry_events WHERE entry_id = $1 ORDER BY number",
                     {id}, [](const Row& row) {
                       return EntryStep{row.instant(0), row.string(1), row.string(2), row.string(3)};
                     });
}

std::vector<Entry> list_entries(Session& session, std::optional<procedure::EntryState> state, int limit) {
  if (!state) {
    return session.all(PAO_ENTRY_SELECT "ORDER BY id DESC LIMIT $1", {to_value(limit)}, entry_of);
  }
  return session.all(PAO_ENTRY_SELECT "WHERE state = $1 ORDER BY id DESC LIMIT $2",
                     {procedure::to_word(*state), to_value(limit)}, entry_of);
}

// Of each entry the vigencia for which it was approved, and those for which it was kept.
#define PAO_ENTRIES_IN_FORCE(COLUMNS)                                                            \
  "SELECT " COLUMNS                                                                              \
  " FROM (SELECT id AS entry, term AS for_term, approved_at AS since FROM approved_entries"      \
  " UNION ALL SELECT entry_id, term, renewed_at FROM entry_renewals) AS held"                    \
  " JOIN approved_entries e ON e.id = held.entry WHERE e.approved_at <= $1 AND held.since <= $1" \
  " AND (e.retired_at IS NULL OR e.retired_at > $1) ORDER BY held.entry, held.for_term"

std::vector<ApprovedEntry> entries_in_force(Session& session, Instant at) {
  return session.all(PAO_ENTRIES_IN_FORCE("e.id, e.practice, e.title, e.text, held.for_term, held.since"),
                     {to_value(at)}, [](const Row& row) {
                       return ApprovedEntry{{.code = row.string(0),
                                             .practice = row.string(1),
                                             .section = "",
                                             .title = row.string(2),
                                             .text = row.string(3),
                                             .term = static_cast<int>(row.integer(4)),
                                             .version = 1},
                                            local_date(row.instant(5))};
                     });
}

std::vector<std::string> entry_keys_in_force(Session& session, Instant at) {
  return session.all(PAO_ENTRIES_IN_FORCE("e.id, held.for_term"), {to_value(at)},
                     [](const Row& row) { return row.string(0) + " " + std::to_string(row.integer(1)); });
}

}  // namespace pao::storage
