// Due dates computed a second time, by another way than handlers/procedure does it: Easter by another
// algorithm, holidays written out as a list, and no table, only steps from one day to the next. It shares no
// code with the calendar it checks, so that a mistake there does not hide here. Slow, and meant to be.
#pragma once

#include "handlers/procedure/bogota_time.hpp"

#include <map>
#include <set>
#include <string_view>

namespace pao::bot::simulation {

class IndependentDates {
 public:
  // `closed`: the entity's own non-working days; `worked`: days worked although they would not be.
  IndependentDates(std::set<Date> closed, std::set<Date> worked);

  bool is_business_day(Date day) const;

  // The n-th business day after `from`, n ≥ 1.
  Date after(Date from, int n) const;

  // Business days in (from, to].
  int between(Date from, Date to) const;

  // The n-th business day of that month.
  Date nth_of_month(int year, unsigned month, int n) const;

  // When the record of a period is due whose guideline says "the first n business days": of the month after
  // it, or of `month` of the period's own year when that is not 0. `period` as in "2026-03", "2026-T1",
  // "2026-C1", "2026-S1", "2026".
  Date record_due(std::string_view period, int n, unsigned month) const;

 private:
  const std::set<Date>& holidays(int year) const;

  std::set<Date> closed_, worked_;
  mutable std::map<int, std::set<Date>> holidays_;
};

}  // namespace pao::bot::simulation
