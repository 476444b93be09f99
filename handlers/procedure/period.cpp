#include "handlers/procedure/period.hpp"

#include <array>
#include <cstdio>

namespace pao::procedure {
namespace {

int months_in(Periodicity kind) {
  switch (kind) {
    case Periodicity::none:
      return 0;
    case Periodicity::monthly:
      return 1;
    case Periodicity::quarterly:
      return 3;
    case Periodicity::four_monthly:
      return 4;
    case Periodicity::semiannual:
      return 6;
    case Periodicity::annual:
      return 12;
  }
  return 0;
}

std::optional<int> digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<Periodicity> kind_of_letter(char letter) {
  switch (letter) {
    case 'T':
      return Periodicity::quarterly;
    case 'C':
      return Periodicity::four_monthly;
    case 'S':
      return Periodicity::semiannual;
    default:
      return std::nullopt;
  }
}

std::optional<Period> checked(int year, Periodicity kind, int index) {
  if (index < 1 || index > 12 / months_in(kind)) return std::nullopt;
  return Period{year, kind, index};
}

}  // namespace

std::optional<Period> parse_period(std::string_view text) {
  if (text.size() != 4 && text.size() != 7) return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  if (!year) return std::nullopt;
  if (text.size() == 4) return Period{*year, Periodicity::annual, 1};
  if (text[4] != '-') return std::nullopt;
  if (const auto kind = kind_of_letter(text[5])) {
    const auto index = digits(text.substr(6));
    return index ? checked(*year, *kind, *index) : std::nullopt;
  }
  const auto month = digits(text.substr(5));
  return month ? checked(*year, Periodicity::monthly, *month) : std::nullopt;
}

std::string to_text(const Period& period) {
  std::array<char, 16> year{};
  std::snprintf(year.data(), year.size(), "%04d", period.year);
  const std::string index = std::to_string(period.index);
  switch (period.kind) {
    case Periodicity::monthly:
      return std::string(year.data()) + (period.index < 10 ? "-0" : "-") + index;
    case Periodicity::quarterly:
      return std::string(year.data()) + "-T" + index;
    case Periodicity::four_monthly:
      return std::string(year.data()) + "-C" + index;
    case Periodicity::semiannual:
      return std::string(year.data()) + "-S" + index;
    case Periodicity::annual:
    case Periodicity::none:
      break;
  }
  return year.data();
}

Date first_day(const Period& period) {
  return make_date(period.year, static_cast<unsigned>((period.index - 1) * months_in(period.kind) + 1), 1);
}

Date last_day(const Period& period) {
  const int month = period.index * months_in(period.kind);
  return Date{std::chrono::year{period.year} / month / std::chrono::last};
}

std::vector<Period> periods_of_year(int year, Periodicity kind) {
  std::vector<Period> periods;
  if (kind == Periodicity::none) return periods;
  for (int index = 1; index <= 12 / months_in(kind); ++index) periods.push_back({year, kind, index});
  return periods;
}

}  // namespace pao::procedure
