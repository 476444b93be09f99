// People, their roles, and the processes. Source of: who may do what is asked of these rows.
#pragma once

#include "handlers/procedure/model.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace pao::storage {

// The person with that Entra object id, roles included; nothing when unknown or no longer active.
std::optional<procedure::Person> find_person_by_aad(Session& session, std::string_view aad_object_id);

// The person whose id that is, or whose Entra object id; nothing when it is neither.
std::optional<procedure::Person> find_person_named(Session& session, std::string_view id);

// The person with that id ("U-015"), active or not.
std::optional<procedure::Person> find_person(Session& session, std::string_view person_id);

// The name of the person with that id, active or not; "" when unknown.
std::string person_name(Session& session, std::string_view person_id);

// Every active person, by id.
std::vector<procedure::Person> active_people(Session& session);

// Active people who hold the role in the process on that day; an empty process id means roles held
// everywhere.
std::vector<procedure::Person> people_with_role(Session& session, procedure::Role role,
                                                std::string_view process_id, Date today);

std::optional<procedure::Process> find_process(Session& session, std::string_view process_id);

// In the order of the entity's process map (order of import).
std::vector<procedure::Process> all_processes(Session& session);

}  // namespace pao::storage
