#include "bot/clock.hpp"

namespace pao::bot {

Clock make_clock(std::optional<Instant> start) {
  const auto machine_now = [] {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
  };
  if (!start) return machine_now;
  const std::chrono::milliseconds ahead = *start - machine_now();
  return [machine_now, ahead] { return machine_now() + ahead; };
}

}  // namespace pao::bot
