// The one place that reads the machine's clock. Everything below is given instants.
#pragma once

#include "handlers/procedure/bogota_time.hpp"

#include <functional>
#include <optional>

namespace pao::bot {

// Safe from any thread; never goes backwards by more than the machine's own corrections.
using Clock = std::function<Instant()>;

// The machine's time, or a clock that begins at `start` now and runs from there (demo and tests).
Clock make_clock(std::optional<Instant> start);

}  // namespace pao::bot
