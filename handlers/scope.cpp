#include "handlers/scope.hpp"

#include <algorithm>

namespace pao::handlers {
namespace {

bool holds_today(const procedure::RoleGrant& grant, Date today) {
  return (!grant.since || *grant.since <= today) && (!grant.until || today <= *grant.until);
}

}  // namespace

std::vector<ProcessScope> scopes_of(const procedure::Person& person, Date today) {
  std::vector<ProcessScope> scopes;
  for (const procedure::RoleGrant& grant : person.roles) {
    const bool whole = grant.role == procedure::Role::leader || grant.role == procedure::Role::liaison;
    if ((!whole && grant.role != procedure::Role::owner) || !holds_today(grant, today)) continue;
    const auto known = std::find_if(scopes.begin(), scopes.end(), [&](const ProcessScope& scope) {
      return scope.process_id == grant.process_id;
    });
    if (known == scopes.end()) {
      scopes.push_back({grant.process_id, whole});
    } else {
      known->whole = known->whole || whole;
    }
  }
  return scopes;
}

}  // namespace pao::handlers
