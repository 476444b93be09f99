#include "bot/simulation/independent_dates.hpp"

#include <string>
#include <utility>

namespace pao::bot::simulation {
namespace {

constexpr std::chrono::days one_day{1};

// Oudin's algorithm (1940).
Date easter(int year) {
  const int century = year / 100;
  const int golden = year % 19;
  const int k = (century - 17) / 25;
  int i = (century - century / 4 - (century - k) / 3 + 19 * golden + 15) % 30;
  i -= (i / 28) * (1 - (i / 28) * (29 / (i + 1)) * ((21 - golden) / 11));
  const int j = (year + year / 4 + i + 2 - century + century / 4) % 7;
  const int l = i - j;
  const int month = 3 + (l + 40) / 44;
  const int day = l + 28 - 31 * (month / 4);
  return make_date(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

Date next_monday(Date day) {
  while (std::chrono::weekday{day} != std::chrono::Monday) day += one_day;
  return day;
}

int number(std::string_view digits) {
  return std::stoi(std::string(digits));
}

// The month after the period, counted from January of its year: 4 for a first quarter, 13 for the year.
unsigned month_after(std::string_view period) {
  if (period.size() == 4) return 13;
  const std::string_view part = period.substr(5);
  if (part[0] == 'T') return static_cast<unsigned>(3 * number(part.substr(1)) + 1);
  if (part[0] == 'C') return static_cast<unsigned>(4 * number(part.substr(1)) + 1);
  if (part[0] == 'S') return static_cast<unsigned>(6 * number(part.substr(1)) + 1);
  return static_cast<unsigned>(number(part) + 1);
}

}  // namespace

IndependentDates::IndependentDates(std::set<Date> closed, std::set<Date> worked)
    : closed_(std::move(closed)), worked_(std::move(worked)) {
}

const std::set<Date>& IndependentDates::holidays(int year) const {
  const auto [entry, is_new] = holidays_.try_emplace(year);
  if (is_new) {
    const auto on = [&](unsigned month, unsigned day) { return make_date(year, month, day); };
    const Date sunday = easter(year);
    entry->second = {on(1, 1),
                     on(5, 1),
                     on(7, 20),
                     on(8, 7),
                     on(12, 8),
                     on(12, 25),
                     next_monday(on(1, 6)),
                     next_monday(on(3, 19)),
                     next_monday(on(6, 29)),
                     next_monday(on(8, 15)),
                     next_monday(on(10, 12)),
                     next_monday(on(11, 1)),
                     next_monday(on(11, 11)),
                     sunday - std::chrono::days{3},
                     sunday - std::chrono::days{2},
                     sunday + std::chrono::days{43},
                     sunday + std::chrono::days{64},
                     sunday + std::chrono::days{71}};
  }
  return entry->second;
}

bool IndependentDates::is_business_day(Date day) const {
  if (worked_.contains(day)) return true;
  const std::chrono::weekday weekday{day};
  if (weekday == std::chrono::Saturday || weekday == std::chrono::Sunday || closed_.contains(day))
    return false;
  return !holidays(static_cast<int>(std::chrono::year_month_day{day}.year())).contains(day);
}

Date IndependentDates::after(Date from, int n) const {
  while (n > 0) {
    from += one_day;
    if (is_business_day(from)) --n;
  }
  return from;
}

int IndependentDates::between(Date from, Date to) const {
  int count = 0;
  for (Date day = from + one_day; day <= to; day += one_day) count += is_business_day(day) ? 1 : 0;
  return count;
}

Date IndependentDates::nth_of_month(int year, unsigned month, int n) const {
  return after(make_date(year, month, 1) - one_day, n);
}

Date IndependentDates::record_due(std::string_view period, int n, unsigned month) const {
  const int year = number(period.substr(0, 4));
  if (month != 0) return nth_of_month(year, month, n);
  const unsigned next = month_after(period);
  return next > 12 ? nth_of_month(year + 1, next - 12, n) : nth_of_month(year, next, n);
}

}  // namespace pao::bot::simulation
