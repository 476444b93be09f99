// The dice of a simulation: the same seed gives the same throws on every machine, which the distributions of
// the standard library do not promise.
#pragma once

#include <cstdint>

namespace pao::bot::simulation {

// SplitMix64 (Steele, Lea, Flood 2014). A value: copies go on from where they were taken.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }

  // 0 ≤ result < n; n ≥ 1. The bias is below n / 2^64.
  std::uint64_t below(std::uint64_t n) { return next() % n; }

  // In [0, 1).
  double share() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

  bool happens(double probability) { return share() < probability; }

 private:
  std::uint64_t state_;
};

}  // namespace pao::bot::simulation
