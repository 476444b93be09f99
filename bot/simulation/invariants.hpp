// What must be true of every simulated day, each with its number of checks: a check that never looked at
// anything proves nothing.
#pragma once

#include "bot/simulation/client.hpp"
#include "bot/simulation/independent_dates.hpp"
#include "bot/simulation/invariant.hpp"
#include "bot/simulation/mail_invariants.hpp"
#include "bot/simulation/report_invariants.hpp"
#include "bot/simulation/service.hpp"
#include "bot/simulation/smgi_invariants.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace pao::bot::simulation {

// What is looked at; all of it outlives the checks.
struct World {
  Service& service;
  const Clients& clients;
  const Channel& channel;
  const MailServer& mail;
  const Smgi& smgi;
};

// What the day was: some checks are too slow for every day, and due when something may have been damaged.
enum class DayEnd { ordinary, after_a_kill, of_the_span };

class Invariants {
 public:
  explicit Invariants(World world) : world_(world) {}

  // At the end of a simulated day. What happened that day is looked at; the whole registro, all SS and the
  // whole exchange every thirty days and at the end of the span, all SS after a kill too.
  void check_day(Date day, DayEnd end);

  // In a fixed order.
  std::vector<Invariant> results() const;
  bool hold() const;

 private:
  void expect(const char* name, bool true_today, const std::string& example);
  void due_dates();
  void alert_hours(Date day);
  void digests();
  void registro(bool whole);
  void owners(Date day);
  void delivery(Date day);
  void requests(Date day, bool whole);
  void clock_of(storage::Session& session, const procedure::ServiceRequest& request,
                const IndependentDates& dates);
  void answers();
  void reports();
  void outside(bool whole);
  Expect expectation();

  const World world_;
  ReportInvariants reports_;
  MailInvariants mails_;
  SmgiInvariants smgi_;
  std::map<std::string, Invariant> found_;
  std::vector<std::string> order_;
  std::int64_t reference_seen_ = -1;
  std::int64_t registro_seen_ = 0;
  std::int64_t request_event_seen_ = 0;
  int year_seen_ = 0;
  int days_ = 0;
};

}  // namespace pao::bot::simulation
