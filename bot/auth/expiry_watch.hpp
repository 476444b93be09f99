// Secrets and certificates end on a day that is known long before. This says so in time.
#pragma once

#include "handlers/procedure/bogota_time.hpp"

#include <mutex>
#include <string>
#include <vector>

namespace pao::bot::auth {

struct Expiry {
  std::string what;  // "client_secret", "certificate"
  Date day;          // the last (Bogotá) day it is good for, or on which it ends
};

// Whole days until then; negative after it.
struct DaysLeft {
  std::string what;
  int days = 0;
};
DaysLeft days_left(const Expiry& expiry, Instant now);

// What to warn of. Safe from many threads at once.
class ExpiryWatch {
 public:
  explicit ExpiryWatch(std::vector<Expiry> expiries);

  // Those that have come to 60, 30 or 7 days (or less, when nobody looked on that day) since the last look.
  // In the last week and after the end: at every look. The first look tells all that is within 60 days.
  std::vector<DaysLeft> look(Instant now);

  // All of them, to be shown.
  std::vector<DaysLeft> all(Instant now) const;

 private:
  const std::vector<Expiry> expiries_;
  std::mutex mutex_;
  std::vector<int> warned_at_;  // the threshold already warned of, for each; none: one above all thresholds
};

}  // namespace pao::bot::auth
