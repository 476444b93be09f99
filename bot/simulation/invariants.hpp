// What must be true of every simulated day, each with its number of checks: a check that never looked at
// anything proves nothing.
#pragma once

#include "bot/simulation/client.hpp"
#include "bot/simulation/independent_dates.hpp"
#include "bot/simulation/invariant.hpp"
#include "bot/simulation/report_invariants.hpp"
#include "bot/simulation/service.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace pao::bot::simulation {

class Invariants {
 public:
  Invariants(Service& service, const Clients& clients, const Channel& channel);

  // At the end of a simulated day; `is_last` looks at what is too slow for every day.
  void check_day(Date day, bool is_last);

  // In a fixed order.
  std::vector<Invariant> results() const;
  bool hold() const;

 private:
  void expect(const std::string& name, bool true_today, const std::string& example);
  void due_dates();
  void alert_hours(Date day);
  void digests(Date day);
  void registro(bool is_last);
  void owners(Date day);
  void delivery(Date day);
  void requests(Date day);
  void answers();
  void reports();

  Service& service_;
  const Clients& clients_;
  const Channel& channel_;
  ReportInvariants reports_;
  std::map<std::string, Invariant> found_;
  std::vector<std::string> order_;
  std::int64_t reference_seen_ = -1;
  std::int64_t registro_seen_ = 0;
  int year_seen_ = 0;
  int days_ = 0;
};

}  // namespace pao::bot::simulation
