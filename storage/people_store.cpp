#include "storage/people_store.hpp"

#include "storage/words.hpp"

namespace pao::storage {
namespace {

#define PAO_PERSON_COLUMNS "p.id, p.name, p.email, p.aad_object_id, p.active"

procedure::Person person_of(const Row& row) {
  return {.id = row.string(0),
          .name = row.string(1),
          .email = row.string(2),
          .aad_object_id = row.string(3),
          .active = row.flag(4),
          .roles = {}};
}

std::vector<procedure::RoleGrant> roles_of(Session& session, std::string_view person_id) {
  return session.all(
      "SELECT role, process_id, MAX(principal), since, until FROM role_grants WHERE person_id = $1"
      " GROUP BY role, process_id, since, until ORDER BY role, process_id, since",
      {person_id}, [](const Row& row) {
        return procedure::RoleGrant{.role = known(procedure::parse_role(row.text(0))),
                                    .process_id = row.string(1),
                                    .principal = row.flag(2),
                                    .since = row.date(3),
                                    .until = row.date(4)};
      });
}

std::optional<procedure::Person> with_roles(Session& session, std::optional<procedure::Person> person) {
  if (person) person->roles = roles_of(session, person->id);
  return person;
}

#define PAO_PROCESS_COLUMNS "id, name, kind, area, leader_id, advisor_id, continuity_critical"

procedure::Process process_of(const Row& row) {
  return {.id = row.string(0),
          .name = row.string(1),
          .kind = row.string(2),
          .area = row.string(3),
          .leader_id = row.string(4),
          .advisor_id = row.string(5),
          .continuity_critical = row.flag(6)};
}

}  // namespace

std::optional<procedure::Person> find_person_by_aad(Session& session, std::string_view aad_object_id) {
  return with_roles(session, session.first("SELECT " PAO_PERSON_COLUMNS
                                           " FROM people p WHERE p.aad_object_id = $1 AND p.active = 1",
                                           {aad_object_id}, person_of));
}

std::optional<procedure::Person> find_person(Session& session, std::string_view person_id) {
  return with_roles(session, session.first("SELECT " PAO_PERSON_COLUMNS " FROM people p WHERE p.id = $1",
                                           {person_id}, person_of));
}

std::string person_name(Session& session, std::string_view person_id) {
  return session
      .first("SELECT name FROM people WHERE id = $1", {person_id},
             [](const Row& row) { return row.string(0); })
      .value_or("");
}

std::vector<procedure::Person> active_people(Session& session) {
  std::vector<procedure::Person> people = session.all(
      "SELECT " PAO_PERSON_COLUMNS " FROM people p WHERE p.active = 1 ORDER BY p.id", {}, person_of);
  for (procedure::Person& person : people) person.roles = roles_of(session, person.id);
  return people;
}

std::vector<procedure::Person> people_with_role(Session& session, procedure::Role role,
                                                std::string_view process_id, Date today) {
  const std::string day = iso_date(today);
  std::vector<procedure::Person> people =
      session.all("SELECT DISTINCT " PAO_PERSON_COLUMNS
                  " FROM role_grants g JOIN people p ON p.id = g.person_id"
                  " WHERE g.role = $1 AND g.process_id = $2 AND p.active = 1"
                  " AND g.since <= $3 AND (g.until IS NULL OR g.until >= $3) ORDER BY p.id",
                  {procedure::to_word(role), process_id, std::string_view(day)}, person_of);
  for (procedure::Person& person : people) person.roles = roles_of(session, person.id);
  return people;
}

std::optional<procedure::Process> find_process(Session& session, std::string_view process_id) {
  return session.first("SELECT " PAO_PROCESS_COLUMNS " FROM processes WHERE id = $1", {process_id},
                       process_of);
}

std::vector<procedure::Process> all_processes(Session& session) {
  return session.all("SELECT " PAO_PROCESS_COLUMNS " FROM processes ORDER BY position", {}, process_of);
}

std::optional<procedure::Person> find_person_named(Session& session, std::string_view id) {
  auto found = find_person(session, id);
  return found ? found : find_person_by_aad(session, id);
}

}  // namespace pao::storage
