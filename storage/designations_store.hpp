// Who named whom liaison (procedure section 2, seed 5, GEN-07): the paper behind the role, and its end. The
// right itself is a row of role_grants with source 'designation'; dates decide whether it holds.
#pragma once

#include "handlers/procedure/model.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

struct Designation {
  std::string id;  // "DES-2026-0001"
  std::string process_id;
  std::string person_id;
  bool principal = true;
  Date since;                 // first day
  std::optional<Date> until;  // last day of a temporary one
  std::string document;       // memorando, correo, resolución
  std::string designated_by;  // person id of the leader
  Instant designated_at;
};

// Gives it its number, stores it and the role that it gives.
Designation add_designation(Session& session, Designation designation);

std::vector<Designation> designations_of(Session& session, std::string_view process_id);  // newest first

struct LiaisonEnding {
  std::string process_id;
  std::string person_id;
  Date last_day;
  std::string reason;
  std::string ended_by;
  Instant ended_at;
};

// The person is liaison of the process until that day at the longest, whatever list gave the role. Gives how
// many roles it shortened: 0 when the person holds none beyond that day, and then nothing is kept.
std::int64_t end_liaison(Session& session, const LiaisonEnding& ending);

// After a list of liaisons was imported again: what was ended here stays ended.
void reapply_liaison_endings(Session& session);

// Everybody who has, had or will have a role in the process; by role, then by first day.
struct ProcessRole {
  std::string person_id;
  std::string name;
  bool active = true;
  procedure::RoleGrant grant;
};
std::vector<ProcessRole> roles_in_process(Session& session, std::string_view process_id);

}  // namespace pao::storage
