#include "handlers/procedure/bogota_time.hpp"

#include <array>
#include <cstdio>

namespace pao {
namespace {

using std::chrono::milliseconds;

// Reads exactly `width` digits and moves the text past them.
std::optional<int> take_digits(std::string_view& text, std::size_t width) {
  if (text.size() < width) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(width);
  return value;
}

bool take_char(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Date> take_date(std::string_view& text) {
  const auto year = take_digits(text, 4);
  if (!year || !take_char(text, '-')) return std::nullopt;
  const auto month = take_digits(text, 2);
  if (!month || !take_char(text, '-')) return std::nullopt;
  const auto day = take_digits(text, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return Date{date};
}

// "17:03:51", optionally with a fraction, of which milliseconds are kept.
std::optional<milliseconds> take_time(std::string_view& text) {
  const auto hour = take_digits(text, 2);
  if (!hour || *hour > 23 || !take_char(text, ':')) return std::nullopt;
  const auto minute = take_digits(text, 2);
  if (!minute || *minute > 59 || !take_char(text, ':')) return std::nullopt;
  const auto second = take_digits(text, 2);
  if (!second || *second > 59) return std::nullopt;
  milliseconds time =
      std::chrono::hours{*hour} + std::chrono::minutes{*minute} + std::chrono::seconds{*second};
  if (!take_char(text, '.')) return time;
  int scale = 100;
  std::size_t digits = 0;
  while (const auto digit = take_digits(text, 1)) {
    time += milliseconds{*digit * scale};
    scale /= 10;
    ++digits;
  }
  if (digits == 0) return std::nullopt;
  return time;
}

// "Z", "-05:00", "+00:00".
std::optional<std::chrono::minutes> take_offset(std::string_view& text) {
  if (take_char(text, 'Z')) return std::chrono::minutes{0};
  const bool west = !text.empty() && text.front() == '-';
  if (!west && (text.empty() || text.front() != '+')) return std::nullopt;
  text.remove_prefix(1);
  const auto hours = take_digits(text, 2);
  if (!hours || *hours > 23 || !take_char(text, ':')) return std::nullopt;
  const auto minutes = take_digits(text, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  const std::chrono::minutes offset = std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
  return west ? -offset : offset;
}

}  // namespace

Date local_date(Instant at) {
  const auto wall_clock = (at + bogota_offset).time_since_epoch();
  return Date{std::chrono::floor<std::chrono::days>(wall_clock)};
}

Instant start_of_day(Date day) {
  return at_local_time(day, milliseconds{0});
}

Instant at_local_time(Date day, milliseconds since_midnight) {
  return Instant{day.time_since_epoch() + since_midnight - bogota_offset};
}

milliseconds local_time_of_day(Instant at) {
  return at - start_of_day(local_date(at));
}

std::optional<Date> parse_date(std::string_view iso) {
  const auto date = take_date(iso);
  if (!iso.empty()) return std::nullopt;
  return date;
}

std::string iso_date(Date day) {
  const std::chrono::year_month_day date{day};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

std::optional<Instant> parse_instant(std::string_view iso) {
  const auto date = take_date(iso);
  if (!date || !take_char(iso, 'T')) return std::nullopt;
  const auto time = take_time(iso);
  if (!time) return std::nullopt;
  const auto offset = take_offset(iso);
  if (!offset || !iso.empty()) return std::nullopt;
  return Instant{date->time_since_epoch() + *time - *offset};
}

std::string iso_instant(Instant at) {
  const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(local_time_of_day(at))};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "T%02d:%02d:%02d-05:00", static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
  return iso_date(local_date(at)) + text.data();
}

}  // namespace pao
