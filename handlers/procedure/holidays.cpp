#include "handlers/procedure/business_calendar.hpp"

#include <algorithm>
#include <array>

namespace pao::procedure {
namespace {

struct Observance {
  const char* name;
  HolidayRule rule;
  int month;          // 0: counted from Easter
  int day_or_offset;  // day of the month, or days after Easter before moving
};

// Ley 51 de 1983, article 1.
constexpr std::array<Observance, 18> observances{{
    {"Año Nuevo", HolidayRule::fixed, 1, 1},
    {"Reyes Magos", HolidayRule::next_monday, 1, 6},
    {"San José", HolidayRule::next_monday, 3, 19},
    {"Jueves Santo", HolidayRule::easter, 0, -3},
    {"Viernes Santo", HolidayRule::easter, 0, -2},
    {"Día del Trabajo", HolidayRule::fixed, 5, 1},
    {"Ascensión del Señor", HolidayRule::easter_next_monday, 0, 39},
    {"Corpus Christi", HolidayRule::easter_next_monday, 0, 60},
    {"Sagrado Corazón de Jesús", HolidayRule::easter_next_monday, 0, 68},
    {"San Pedro y San Pablo", HolidayRule::next_monday, 6, 29},
    {"Día de la Independencia", HolidayRule::fixed, 7, 20},
    {"Batalla de Boyacá", HolidayRule::fixed, 8, 7},
    {"Asunción de la Virgen", HolidayRule::next_monday, 8, 15},
    {"Día de la Raza (Diversidad Étnica y Cultural)", HolidayRule::next_monday, 10, 12},
    {"Todos los Santos", HolidayRule::next_monday, 11, 1},
    {"Independencia de Cartagena", HolidayRule::next_monday, 11, 11},
    {"Inmaculada Concepción", HolidayRule::fixed, 12, 8},
    {"Navidad", HolidayRule::fixed, 12, 25},
}};

Date monday_on_or_after(Date day) {
  const std::chrono::weekday weekday{day};
  return day + (std::chrono::Monday - weekday);
}

}  // namespace

// The anonymous Gregorian computus; the letters are those of the published algorithm.
Date easter_sunday(int year) {
  const int a = year % 19;
  const int b = year / 100;
  const int c = year % 100;
  const int d = b / 4;
  const int e = b % 4;
  const int f = (b + 8) / 25;
  const int g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30;
  const int i = c / 4;
  const int k = c % 4;
  const int l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int n = h + l - 7 * m + 114;
  return make_date(year, static_cast<unsigned>(n / 31), static_cast<unsigned>(n % 31 + 1));
}

std::vector<Holiday> holidays_of(int year) {
  const Date easter = easter_sunday(year);
  std::vector<Holiday> holidays;
  holidays.reserve(observances.size());
  for (const Observance& observance : observances) {
    const Date nominal = observance.month == 0 ? easter + std::chrono::days{observance.day_or_offset}
                                               : make_date(year, static_cast<unsigned>(observance.month),
                                                           static_cast<unsigned>(observance.day_or_offset));
    const bool moves =
        observance.rule == HolidayRule::next_monday || observance.rule == HolidayRule::easter_next_monday;
    holidays.push_back(
        {moves ? monday_on_or_after(nominal) : nominal, observance.name, observance.rule, nominal});
  }
  std::stable_sort(holidays.begin(), holidays.end(),
                   [](const Holiday& left, const Holiday& right) { return left.day < right.day; });
  return holidays;
}

bool holidays_confirmed(int year) {
  return year >= 2024 && year <= 2030;
}

}  // namespace pao::procedure
