// Who may read a follow-up report: for the reports, and for the files that prove what is said in one.
#pragma once

#include "handlers/procedure/model.hpp"
#include "storage/reports_store.hpp"

namespace pao::handlers {

// A draft is its advisor's; internal control reads published ones.
bool may_read(const procedure::Person& person, const storage::FollowUpReport& report, Date today);

}  // namespace pao::handlers
