// "¿Qué regía el 15 de marzo de 2025?": the day that a question on the past is about.
#pragma once

#include "handlers/procedure/bogota_time.hpp"

#include <optional>
#include <string_view>

namespace pao::handlers::consult {

// The day when the text asks what was in force at another time ("qué regía", "qué decía", "estaba vigente",
// "según los lineamientos de 2025") and names a day ("15 de marzo de 2025", "15/03/2025", "2025-03-15") or a
// year, which means its last day. Nothing otherwise: a date alone is no question on the past.
std::optional<Date> asked_day(std::string_view text);

}  // namespace pao::handlers::consult
