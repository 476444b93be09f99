#include "handlers/procedure/business_calendar.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <utility>

namespace pao::procedure {
namespace {

using std::chrono::days;

constexpr int table_first_year = 2000;
constexpr int table_last_year = 2050;

bool is_weekend(Date day) {
  const std::chrono::weekday weekday{day};
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

int year_of(Date day) {
  return static_cast<int>(std::chrono::year_month_day{day}.year());
}

bool contains_day(const std::vector<Holiday>& holidays, Date day) {
  return std::any_of(holidays.begin(), holidays.end(),
                     [day](const Holiday& holiday) { return holiday.day == day; });
}

}  // namespace

namespace {

// The statutory days of the years that are looked up, counted once a program: every calendar starts from
// them.
struct StatutoryDays {
  Date first = make_date(table_first_year, 1, 1);
  std::vector<std::int32_t> business_days_before = {0};  // [i]: in [first, first + i)

  StatutoryDays() {
    for (int year = table_first_year; year <= table_last_year; ++year) {
      const auto holidays = holidays_of(year);
      const Date next_year = make_date(year + 1, 1, 1);
      for (Date day = make_date(year, 1, 1); day < next_year; day += days{1}) {
        const bool counts = !is_weekend(day) && !contains_day(holidays, day);
        business_days_before.push_back(business_days_before.back() + (counts ? 1 : 0));
      }
    }
  }

  // Index of the day; −1 outside.
  std::ptrdiff_t index_of(Date day) const {
    const std::ptrdiff_t index = (day - first).count();
    return index >= 0 && index + 1 < std::ssize(business_days_before) ? index : -1;
  }

  bool counts(std::size_t index) const {
    return business_days_before[index] != business_days_before[index + 1];
  }
};

const StatutoryDays& statutory() {
  static const StatutoryDays made;
  return made;
}

}  // namespace

// What the entity's own list changes in the statutory days: a handful of days, so that making a calendar
// costs next to nothing.
struct Calendar::Table {
  // The entity's list makes so many business days more (or less) up to and including that day.
  struct Change {
    Date day;
    std::int32_t more;
  };
  std::vector<EntityDay> entity_days;  // by day
  std::vector<Change> changes;         // by day

  explicit Table(std::vector<EntityDay> listed) : entity_days(std::move(listed)) {
    std::stable_sort(entity_days.begin(), entity_days.end(),
                     [](const EntityDay& left, const EntityDay& right) { return left.day < right.day; });
    std::int32_t more = 0;
    for (auto entry = entity_days.begin(); entry != entity_days.end();) {
      const Date day = entry->day;
      const bool own = *counts_by_list(day);
      while (entry != entity_days.end() && entry->day == day) ++entry;
      const auto index = index_of(day);
      if (index < 0 || own == statutory().counts(static_cast<std::size_t>(index))) continue;
      more += own ? 1 : -1;
      changes.push_back({day, more});
    }
  }

  auto entries_of(Date day) const {
    struct ByDay {
      bool operator()(const EntityDay& entry, Date date) const { return entry.day < date; }
      bool operator()(Date date, const EntityDay& entry) const { return date < entry.day; }
    };
    return std::equal_range(entity_days.begin(), entity_days.end(), day, ByDay{});
  }

  // A working day wins over the others of the same date; nothing when the list does not speak of the day.
  std::optional<bool> counts_by_list(Date day) const {
    const auto [begin, end] = entries_of(day);
    if (begin == end) return std::nullopt;
    return std::any_of(begin, end, [](const EntityDay& entry) { return entry.working; });
  }

  // The rule itself (three conditions, and a working day that wins over them).
  bool counts(Date day) const {
    if (const auto listed = counts_by_list(day)) return *listed;
    if (const auto index = index_of(day); index >= 0)
      return statutory().counts(static_cast<std::size_t>(index));
    return !is_weekend(day) && !contains_day(holidays_of(year_of(day)), day);
  }

  static std::ptrdiff_t index_of(Date day) { return statutory().index_of(day); }

  // Business days in [first, first + index).
  std::int32_t before(std::ptrdiff_t index) const {
    const Date day = statutory().first + days{index};
    const auto next = std::partition_point(changes.begin(), changes.end(),
                                           [day](const Change& change) { return change.day < day; });
    const std::int32_t more = next == changes.begin() ? 0 : std::prev(next)->more;
    return statutory().business_days_before[static_cast<std::size_t>(index)] + more;
  }

  // The day that is the n-th business day of the table (1 is the first), when it is in the table.
  std::optional<Date> nth_day(std::int64_t n) const {
    std::ptrdiff_t low = 0, high = std::ssize(statutory().business_days_before) - 1;
    if (n < 1 || n > before(high)) return std::nullopt;
    while (high - low > 1) {  // before(low) < n ≤ before(high)
      const std::ptrdiff_t middle = low + (high - low) / 2;
      (before(middle) < n ? low : high) = middle;
    }
    return statutory().first + days{low};
  }
};

Calendar::Calendar() : Calendar(std::vector<EntityDay>{}) {
}

Calendar::Calendar(std::vector<EntityDay> entity_days)
    : table_(std::make_shared<const Table>(std::move(entity_days))) {
}

std::string Calendar::name() const {
  return table_->entity_days.empty() ? "statutory" : "statutory+entity";
}

const std::vector<EntityDay>& Calendar::entity_days() const {
  return table_->entity_days;
}

bool Calendar::is_business_day(Date day) const {
  return table_->counts(day);
}

Date Calendar::add_business_days(Date from, int n) const {
  if (n == 0) return from;
  if (const auto index = table_->index_of(from); index >= 0) {
    // Strictly after: what lies up to and including `from` is behind us. Strictly before: the mirror of it.
    const std::int64_t ordinal =
        n > 0 ? std::int64_t{table_->before(index + 1)} + n : std::int64_t{table_->before(index)} + n + 1;
    if (const auto day = table_->nth_day(ordinal)) return *day;
  }
  const days step{n > 0 ? 1 : -1};
  Date day = from;
  for (int left = std::abs(n); left > 0;) {
    day += step;
    if (is_business_day(day)) --left;
  }
  return day;
}

int Calendar::business_days_after(Date from, Date to) const {
  if (to <= from) return 0;
  const auto begin = table_->index_of(from);
  const auto end = table_->index_of(to);
  if (begin >= 0 && end >= 0) {
    return table_->before(end + 1) - table_->before(begin + 1);
  }
  int count = 0;
  for (Date day = from + days{1}; day <= to; day += days{1}) count += is_business_day(day) ? 1 : 0;
  return count;
}

Result<Date> Calendar::nth_business_day_of_month(int year, int month, int n) const {
  if (month < 1 || month > 12 || n < 1) return fail(ErrorCode::invalid, "month or business day out of range");
  const std::chrono::year_month_day first{std::chrono::year{year} / month / 1};
  // No month has more: checked before counting, so that a huge n costs nothing.
  if (n > 31) return fail(ErrorCode::invalid, "the month has fewer business days than asked");
  const Date day = add_business_days(Date{first} - days{1}, n);
  const std::chrono::year_month_day found{day};
  if (found.year() != first.year() || found.month() != first.month()) {
    return fail(ErrorCode::invalid, "the month has fewer business days than asked");
  }
  return day;
}

std::vector<NonBusinessReason> Calendar::why_not_business(Date day) const {
  std::vector<NonBusinessReason> reasons;
  if (is_business_day(day)) return reasons;
  if (is_weekend(day)) {
    const bool saturday = std::chrono::weekday{day} == std::chrono::Saturday;
    reasons.push_back({NonBusinessKind::weekend, saturday ? "sábado" : "domingo", ""});
  }
  for (const Holiday& holiday : holidays_of(year_of(day))) {
    if (holiday.day == day) reasons.push_back({NonBusinessKind::holiday, holiday.name, holiday_norm});
  }
  const auto [begin, end] = table_->entries_of(day);
  for (auto entry = begin; entry != end; ++entry) {
    reasons.push_back({NonBusinessKind::entity_day, entry->name, entry->norm});
  }
  return reasons;
}

CountExplanation Calendar::explain(Date start, int n) const {
  CountExplanation explanation;
  explanation.start = start;
  explanation.business_days = n;
  explanation.first = add_business_days(start, 1);
  explanation.end = add_business_days(start, n);
  explanation.calendar = name();
  int number = 0;
  for (Date day = start + days{1}; day <= explanation.end; day += days{1}) {
    auto reasons = why_not_business(day);
    const bool business = reasons.empty();
    explanation.days.push_back({day, business ? ++number : 0, std::move(reasons)});
  }
  return explanation;
}

std::vector<CountedDay> CountExplanation::skipped_weekdays() const {
  std::vector<CountedDay> skipped;
  std::copy_if(days.begin(), days.end(), std::back_inserter(skipped),
               [](const CountedDay& counted) { return counted.number == 0 && !is_weekend(counted.day); });
  return skipped;
}

}  // namespace pao::procedure
