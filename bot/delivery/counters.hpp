// What delivery has done since the start, for /metrics.
#pragma once

#include "storage/outbox_store.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace pao::bot::delivery {

// Upper bounds of the histogram's buckets, in milliseconds; what takes longer counts in `total` only.
inline constexpr std::array<std::int64_t, 12> latency_bounds_ms{
    5, 10, 25, 50, 100, 250, 500, 1'000, 5'000, 30'000, 120'000, 3'600'000};

struct DeliveryCounters {
  std::uint64_t sent = 0;
  std::uint64_t retried = 0;    // put back after a failure
  std::uint64_t throttled = 0;  // answers 429
  std::uint64_t postponed = 0;  // put back before sending, to keep below a limit or because of a stop
  std::uint64_t obsolete = 0;
  std::uint64_t unreachable = 0;
  std::uint64_t dead = 0;
  std::uint64_t repeated = 0;     // claimed again after a lease ran out: the person may see it twice
  std::uint64_t unconfirmed = 0;  // sends without receipt that may have arrived, `repeated` not among them
  std::uint64_t conversations_created = 0;

  // From storing a message to its receipt: latency[i] took at most latency_bounds_ms[i].
  std::array<std::uint64_t, latency_bounds_ms.size()> latency{};
  std::uint64_t latency_sum_ms = 0;

  // The one that a message which ended without being sent counts in.
  std::uint64_t& ended(storage::OutboxState state) {
    return state == storage::OutboxState::obsolete      ? obsolete
           : state == storage::OutboxState::unreachable ? unreachable
                                                        : dead;
  }

  void record_latency(std::chrono::milliseconds took) {
    for (std::size_t i = 0; i < latency.size(); ++i) {
      if (took.count() <= latency_bounds_ms[i]) ++latency[i];
    }
    latency_sum_ms += static_cast<std::uint64_t>(took.count() < 0 ? 0 : took.count());
  }
};

}  // namespace pao::bot::delivery
