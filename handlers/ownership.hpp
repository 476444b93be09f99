// Nobody without an owner: processes that lack leader, liaison or advisor, and matters whose person is gone.
// Shared by the coordination's view, the leaver's card, the command line and the simulation.
#pragma once

#include "handlers/procedure/designation_rules.hpp"
#include "handlers/reference.hpp"
#include "storage/session.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pao::handlers {

struct Unowned {
  enum class Kind { no_leader, no_liaison, no_advisor, request_without_advisor, item_of_somebody_gone };
  Kind kind;
  std::string process_id;
  std::string what = {};  // number of the request or id of the item; empty for a role
};

// By process, in the order of the process map.
std::vector<Unowned> unowned(storage::Session& session, const Reference& reference, Date today);

// What stays open in a process when that person leaves it.
struct OpenMatters {
  std::vector<std::string> requests;  // numbers of SS that he or she filed and that are not ended
  std::vector<std::string> items;     // ids of items that he or she answers for
};
OpenMatters open_matters(storage::Session& session, std::string_view process_id, std::string_view person_id,
                         Date today);

}  // namespace pao::handlers
