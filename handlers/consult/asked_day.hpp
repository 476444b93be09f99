// The time that a question is about: "¿qué regía el 15 de marzo de 2025?", "¿hasta cuándo el avance de
// octubre?".
#pragma once

#include "handlers/procedure/bogota_time.hpp"

#include <optional>
#include <string_view>

namespace pao::handlers::consult {

// The day when the text asks what was in force at another time ("qué regía", "qué decía", "estaba vigente",
// "según los lineamientos de 2025") and names a day ("15 de marzo de 2025", "15/03/2025", "2025-03-15") or a
// year, which means its last day. Nothing otherwise: a date alone is no question on the past.
std::optional<Date> asked_day(std::string_view text);

// The first day of the month that the text names by its name ("el avance de octubre"), in the year that it
// names or else the one nearest to `today`. Nothing when it names none, more than one, or a month as part of
// a day ("el 7 de diciembre").
std::optional<Date> asked_month(std::string_view text, Date today);

}  // namespace pao::handlers::consult
