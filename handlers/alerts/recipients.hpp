// Who is told, in person: roles as they are held today.
#pragma once

#include "handlers/procedure/alert_rules.hpp"
#include "handlers/reference.hpp"
#include "storage/session.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pao::handlers::alerts {

// Looks each person and role up once. Lives during one run, inside its transaction; used by one thread.
class Directory {
 public:
  Directory(storage::Session& session, const Reference& reference, Date today)
      : session_(session), reference_(reference), today_(today) {}

  // Active people only; nobody when nobody has the role. `owner_id` may be empty.
  std::vector<procedure::Person> recipients(procedure::Recipient kind, const std::string& process_id,
                                            const std::string& owner_id);

 private:
  std::vector<procedure::Person> one(const std::string& id);
  std::vector<procedure::Person> with_role(procedure::Role role, const std::string& process_id);

  storage::Session& session_;
  const Reference& reference_;
  Date today_;
  std::map<std::string, std::optional<procedure::Person>> people_;
  std::map<std::pair<procedure::Role, std::string>, std::vector<procedure::Person>> groups_;
};

}  // namespace pao::handlers::alerts
