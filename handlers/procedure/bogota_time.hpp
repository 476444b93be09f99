// Instants and calendar days. Instants are UTC; days are Bogotá's (UTC−05:00 all year, no daylight saving).
// The two types do not convert into each other by accident. Nothing here reads a clock.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace pao {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using Date = std::chrono::local_days;  // a day in Bogotá

inline constexpr std::chrono::hours bogota_offset{-5};

// The Bogotá day on which the instant falls.
Date local_date(Instant at);

// 00:00:00 in Bogotá of that day.
Instant start_of_day(Date day);

// The instant of a Bogotá wall-clock time: at_local_time(day, 8h) is 08:00.
Instant at_local_time(Date day, std::chrono::milliseconds since_midnight);

// Time since midnight in Bogotá.
std::chrono::milliseconds local_time_of_day(Instant at);

inline Date make_date(int year, unsigned month, unsigned day) {
  return Date{std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(day)};
}

// "2026-04-09". Nothing when the text is not exactly that form or the day does not exist.
std::optional<Date> parse_date(std::string_view iso);
std::string iso_date(Date day);

// "2026-03-05T17:03:51-05:00", "…Z", optional fraction of a second. An offset is required.
std::optional<Instant> parse_instant(std::string_view iso);

// "2026-03-05T17:03:51-05:00": Bogotá time, whole seconds.
std::string iso_instant(Instant at);

}  // namespace pao
