// What must be true of every follow-up report that was sent: its windows end at their second, its lines are
// those that were sent, each in one state, and each can be traced to the record it comes from (R-26, R-29,
//
#pragma once

#include "bot/simulation/independent_dates.hpp"
#include "bot/simulation/invariant.hpp"
#include "storage/reports_store.hpp"
#include "storage/session.hpp"

#include <map>
#include <string>

namespace pao::bot::simulation {

class ReportInvariants {
 public:
  // `now`: after everything of the day has happened.
  void check(storage::Session& session, const IndependentDates& dates, Instant now, const Expect& expect);

 private:
  std::map<std::string, std::string> checked_;  // by report: the state and version its lines were seen in
};

}  // namespace pao::bot::simulation
