// Business days (días hábiles): Monday to Friday in Bogotá, without the holidays of Ley 51 de 1983 and
// without the entity's own non-working days. Every due date of the product is counted here and can be
// explained day by day: a wrong due date is the worst mistake this product can make.
#pragma once

#include "handlers/procedure/bogota_time.hpp"
#include "handlers/procedure/result.hpp"

#include <memory>
#include <string>
#include <vector>

namespace pao::procedure {

// ---- Statutory holidays ----

// How Ley 51 de 1983, article 1, places an observance.
enum class HolidayRule {
  fixed,               // the calendar date, whatever the weekday; never moved
  next_monday,         // the date itself when it is a Monday, otherwise the next Monday
  easter,              // Jueves Santo and Viernes Santo
  easter_next_monday,  // counted from Easter, then moved to the next Monday
};

// One observance of one year. Two observances can share a day (30 June 2025), so a year has 18 observances
// and 17 or 18 distinct days.
struct Holiday {
  Date day;
  std::string name;  // "San José"
  HolidayRule rule;
  Date nominal;  // before it was moved
};

inline constexpr const char* holiday_norm = "Ley 51 de 1983";

Date easter_sunday(int year);

// The eighteen observances of any year, by day.
std::vector<Holiday> holidays_of(int year);

// Whether somebody compared the computed list of that year with published ones (2024 to 2030). For other
// years the rule still computes, and who shows a date should say that nobody has confirmed the list.
bool holidays_confirmed(int year);

// ---- The calendar ----

// A day of the entity's own list: a día cívico or a closure (`working` false), or a day that is worked
// although it would not be (`working` true, for example a Saturday that makes up for a closed day). A working
// day wins over everything else.
struct EntityDay {
  Date day;
  std::string name;
  std::string norm;  // "Decreto 500 de 2024"
  bool working = false;
};

enum class NonBusinessKind { weekend, holiday, entity_day };

// One reason why a day does not count.
struct NonBusinessReason {
  NonBusinessKind kind;
  std::string name;  // "sábado", "Viernes Santo", "Día Cívico de la Paz con la Naturaleza"
  std::string norm;  // "Ley 51 de 1983"; empty for a weekend
};

// One calendar day of a count.
struct CountedDay {
  Date day;
  int number = 0;                          // 1, 2, … for a business day; 0: it does not count
  std::vector<NonBusinessReason> reasons;  // why it does not count; all of them; empty for a business day
};

// Why a date is what it is: every day from the one after `start` to `end`.
struct CountExplanation {
  Date start;  // never counts
  int business_days = 0;
  Date first;                    // day 1
  Date end;                      // the last day counted
  std::vector<CountedDay> days;  // in order, business days and others
  std::string calendar;          // Calendar::name() at the time

  // Skipped days that fall on Monday to Friday: the ones a person asks about.
  std::vector<CountedDay> skipped_weekdays() const;
};

// An immutable value. Copies share their table; it can be used from any thread at the same time.
// 2000 to 2050 are looked up in a table built once (counting is O(1), adding O(log n)); other years are
// computed by the same rule, day by day.
class Calendar {
 public:
  Calendar();  // statutory holidays only
  explicit Calendar(std::vector<EntityDay> entity_days);

  // "statutory" or "statutory+entity". Stored with each computed deadline, so that it can be reproduced.
  std::string name() const;

  bool is_business_day(Date day) const;

  // n ≥ 1: the n-th business day strictly after `from` (day 1 is the first). n ≤ −1: the |n|-th business day
  // strictly before it. 0: `from` itself, business day or not.
  Date add_business_days(Date from, int n) const;

  // Business days in (from, to]; 0 when `to` ≤ `from`. "Le quedan N días hábiles".
  int business_days_after(Date from, Date to) const;

  // The n-th business day of the month. `invalid` when the month has fewer, when n < 1 or month is not 1…12.
  Result<Date> nth_business_day_of_month(int year, int month, int n) const;

  // Every reason why the day is not a business day; empty when it is one.
  std::vector<NonBusinessReason> why_not_business(Date day) const;

  // How add_business_days(start, n) comes about, for n ≥ 1.
  CountExplanation explain(Date start, int n) const;

  // By day.
  const std::vector<EntityDay>& entity_days() const;

 private:
  struct Table;
  std::shared_ptr<const Table> table_;
};

}  // namespace pao::procedure
