// The time that a question is about: "¿qué regía el 15 de marzo de 2025?", "¿hasta cuándo el avance de
// octubre?".
#pragma once

#include "handlers/procedure/bogota_time.hpp"

#include <optional>
#include <string_view>

namespace pao::handlers::consult {

// The day when the text asks what was in force at another time ("qué regía", "qué pedía", "estaba vigente",
// "según los lineamientos de 2025") and names a day ("15 de marzo de 2025", "15/03/2025", "2025-03-15"), a
// month with its year beside a verb ("regía en marzo de 2025") or a year; the latter two mean their last day.
// Nothing otherwise: a date alone is no question on the past. Numbers of items and SS name no year.
std::optional<Date> asked_day(std::string_view text);

// The same whatever the text asks: where the conversation is about the past already ("¿y en 2024?").
std::optional<Date> named_day(std::string_view text);

// Whether the text asks about today ("¿y ahora quién lo aprueba?").
bool asks_for_today(std::string_view text);

// Whether it names another day and asks nothing else ("¿y hoy?", "¿y en marzo de 2025?").
bool asks_only_for_a_day(std::string_view text);

// The day that a button carries ("2025-03-15"); nothing when it is none that can be asked about.
std::optional<Date> carried_day(std::string_view iso);

// The first day of the month that the text names by its name ("el avance de octubre"), in the year that it
// names or else the one nearest to `today`. Nothing when it names none, more than one, or a month as part of
// a day ("el 7 de diciembre").
std::optional<Date> asked_month(std::string_view text, Date today);

}  // namespace pao::handlers::consult
