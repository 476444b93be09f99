#include "bot/expiry_job.hpp"

#include "bot/log.hpp"

#include <string>
#include <utility>

namespace pao::bot {

std::size_t warn_of_expiry(auth::ExpiryWatch& watch, Instant now) {
  const std::vector<auth::DaysLeft> due = watch.look(now);
  for (const auth::DaysLeft& left : due) {
    const std::string days = std::to_string(left.days);
    if (left.days < 0)
      log::error("credential.expired", {{"credential", left.what}, {"days_left", days}});
    else
      log::warn("credential.expires", {{"credential", left.what}, {"days_left", days}});
  }
  return due.size();
}

handlers::Job expiry_job(auth::ExpiryWatch* watch, Clock machine_clock) {
  using std::chrono::hours;
  return {.name = "credential_expiry",
          .schedule = {.from = hours{0}, .until = hours{24}, .business_days_only = false},
          .run = [watch, clock = std::move(machine_clock)](Instant) -> Result<std::string> {
            return std::to_string(warn_of_expiry(*watch, clock())) + " warnings";
          },
          .off = watch ? "" : "no secret or certificate with a known end"};
}

}  // namespace pao::bot
