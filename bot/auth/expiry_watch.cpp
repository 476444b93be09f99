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

DaysLeft days_left(const Expiry& expiry, Instant now) {
  return {expiry.what, static_cast<int>((expiry.day - local_date(now)).count())};
}

ExpiryWatch::ExpiryWatch(std::vector<Expiry> expiries)
    : expiries_(std::move(expiries)), warned_at_(expiries_.size(), far) {
}

std::vector<DaysLeft> ExpiryWatch::look(Instant now) {
  std::lock_guard lock(mutex_);
  std::vector<DaysLeft> warnings;
  for (std::size_t i = 0; i < expiries_.size(); ++i) {
    DaysLeft left = days_left(expiries_[i], now);
    const int reached = threshold(left.days);
    if (reached < warned_at_[i] || reached == thresholds.front()) warnings.push_back(std::move(left));
    warned_at_[i] = reached;
  }
  return warnings;
}

std::vector<DaysLeft> ExpiryWatch::all(Instant now) const {
  std::vector<DaysLeft> left;
  for (const Expiry& expiry : expiries_) left.push_back(days_left(expiry, now));
  return left;
}

}  // namespace pao::bot::auth
