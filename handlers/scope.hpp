// Which processes a person follows, and how much of each (procedure section 2, R-51).
#pragma once

#include "handlers/procedure/model.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pao::handlers {

struct ProcessScope {
  std::string process_id;
  bool whole;  // leader and liaison see every item of it; an owner sees the own ones
};

// The processes in which the person has a role today, each once.
std::vector<ProcessScope> scopes_of(const procedure::Person& person, Date today);

}  // namespace pao::handlers
