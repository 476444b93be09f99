#include "bot/auth/expiry_watch.hpp"

#include <array>
#include <limits>
#include <utility>

namespace pao::bot::auth {

namespace {

constexpr std::array<int, 3> thresholds = {7, 30, 60};
constexpr int far = std::numeric_limits<int>::max();

// The smallest threshold that has been reached.
int threshold(int days) {
  for (const int each : thresholds)
    if (days <= each) return each;
  return far;
}

}  // namespace

int days_left(const Expiry& expiry, Instant now) {
  return static_cast<int>((expiry.day - local_date(now)).count());
}

ExpiryWatch::ExpiryWatch(std::vector<Expiry> expiries)
    : expiries_(std::move(expiries)), warned_at_(expiries_.size(), far) {
}

std::vector<ExpiryWatch::Warning> ExpiryWatch::look(Instant now) {
  std::lock_guard lock(mutex_);
  std::vector<Warning> warnings;
  for (std::size_t i = 0; i < expiries_.size(); ++i) {
    const int days = days_left(expiries_[i], now);
    const int reached = threshold(days);
    if (reached < warned_at_[i] || reached == thresholds.front())
      warnings.push_back({expiries_[i].what, days});
    warned_at_[i] = reached;
  }
  return warnings;
}

}  // namespace pao::bot::auth
