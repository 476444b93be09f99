#include "storage/designations_store.hpp"

#include "storage/columns.hpp"
#include "storage/reference_revision.hpp"
#include "storage/words.hpp"

namespace pao::storage {
namespace {

#define PAO_SHORTEN_LIAISON                                                                        \
  "UPDATE role_grants SET until = $3 WHERE role = 'enlace' AND process_id = $1 AND person_id = $2" \
  " AND since <= $3 AND (until IS NULL OR until > $3)"

}  // namespace

Designation add_designation(Session& session, Designation designation) {
  const int year =
      static_cast<int>(std::chrono::year_month_day(local_date(designation.designated_at)).year());
  designation.id = numbered_id("DES", year, next_number(session, "designation-" + std::to_string(year)), 4);
  const std::string since = iso_date(designation.since), until = day_text(designation.until);
  session.run(
      "INSERT INTO designations (id, process_id, person_id, principal, since, until, document,"
      " designated_by, designated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      {std::string_view(designation.id), std::string_view(designation.process_id),
       std::string_view(designation.person_id), to_value(designation.principal), std::string_view(since),
       text_or_null(until), std::string_view(designation.document),
       std::string_view(designation.designated_by), to_value(designation.designated_at)});
  session.run(
      "INSERT INTO role_grants (person_id, role, process_id, since, until, principal, source)"
      " VALUES ($1, 'enlace', $2, $3, $4, $5, 'designation') ON CONFLICT (person_id, role, process_id,"
      " since, source) DO UPDATE SET until = excluded.until, principal = excluded.principal",
      {std::string_view(designation.person_id), std::string_view(designation.process_id),
       std::string_view(since), text_or_null(until), to_value(designation.principal)});
  touch_reference(session);
  return designation;
}

std::vector<Designation> designations_of(Session& session, std::string_view process_id) {
  return session.all(
      "SELECT id, process_id, person_id, principal, since, until, document, designated_by, designated_at"
      " FROM designations WHERE process_id = $1 ORDER BY designated_at DESC, id DESC",
      {process_id}, [](const Row& row) {
        return Designation{.id = row.string(0),
                           .process_id = row.string(1),
                           .person_id = row.string(2),
                           .principal = row.flag(3),
                           .since = known(row.date(4)),
                           .until = row.date(5),
                           .document = row.string(6),
                           .designated_by = row.string(7),
                           .designated_at = row.instant(8)};
      });
}

std::int64_t end_liaison(Session& session, const LiaisonEnding& ending) {
  const std::string last_day = iso_date(ending.last_day);
  const std::int64_t shortened = session.run(
      PAO_SHORTEN_LIAISON,
      {std::string_view(ending.process_id), std::string_view(ending.person_id), std::string_view(last_day)});
  if (shortened == 0) return 0;
  session.run(
      "INSERT INTO liaison_endings (process_id, person_id, last_day, reason, ended_by, ended_at)"
      " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (process_id, person_id, last_day) DO UPDATE SET"
      " reason = excluded.reason, ended_by = excluded.ended_by, ended_at = excluded.ended_at",
      {std::string_view(ending.process_id), std::string_view(ending.person_id), std::string_view(last_day),
       std::string_view(ending.reason), std::string_view(ending.ended_by), to_value(ending.ended_at)});
  touch_reference(session);
  return shortened;
}

void reapply_liaison_endings(Session& session) {
  struct Key {
    std::string process_id, person_id, last_day;
  };
  const std::vector<Key> endings =
      session.all("SELECT process_id, person_id, last_day FROM liaison_endings ORDER BY last_day DESC", {},
                  [](const Row& row) {
                    return Key{row.string(0), row.string(1), row.string(2)};
                  });
  for (const Key& ending : endings) {
    session.run(PAO_SHORTEN_LIAISON, {std::string_view(ending.process_id), std::string_view(ending.person_id),
                                      std::string_view(ending.last_day)});
  }
}

std::vector<ProcessRole> roles_in_process(Session& session, std::string_view process_id) {
  return session.all(
      "SELECT p.id, p.name, p.active, g.role, g.principal, g.since, g.until FROM role_grants g"
      " JOIN people p ON p.id = g.person_id WHERE g.process_id = $1 ORDER BY g.role, g.since, p.id",
      {process_id}, [process_id](const Row& row) {
        return ProcessRole{.person_id = row.string(0),
                           .name = row.string(1),
                           .active = row.flag(2),
                           .grant = {.role = known(procedure::parse_role(row.text(3))),
                                     .process_id = std::string(process_id),
                                     .principal = row.flag(4),
                                     .since = row.date(5),
                                     .until = row.date(6)}};
      });
}

}  // namespace pao::storage
