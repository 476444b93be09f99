// Counters and histograms, in the Prometheus text format. Safe from any thread; counting costs one atomic
// addition.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

namespace pao::bot {

// Durations in buckets from 0.5 ms to 10 s.
class Histogram {
 public:
  static constexpr std::array<double, 14> bounds_seconds = {0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05,
                                                            0.1,    0.2,   0.5,   1,     2,    5,    10};

  void observe(std::chrono::nanoseconds duration);
  void append(std::string& out, const std::string& name, const std::string& help) const;

 private:
  std::array<std::atomic<std::uint64_t>, bounds_seconds.size() + 1> buckets_{};
  std::atomic<std::uint64_t> sum_nanoseconds_{0};
};

// What the service counts about turns. Delivery and the HTTP server count for themselves.
struct TurnMetrics {
  std::atomic<std::uint64_t> messages{0};  // typed
  std::atomic<std::uint64_t> actions{0};   // buttons
  std::atomic<std::uint64_t> others{0};
  std::atomic<std::uint64_t> repeated{0};      // answered with the stored outcome
  std::atomic<std::uint64_t> late{0};          // invokes answered before their work was done
  std::atomic<std::uint64_t> refused{0};       // not allowed, stale, invalid values
  std::atomic<std::uint64_t> failed{0};        // our fault or the disk's
  std::atomic<std::uint64_t> unauthorized{0};  // 401 and 403
  std::atomic<std::uint64_t> malformed{0};     // 400
  struct {  // where the trust in an activity's service URL came from, see auth::ServiceUrlTrust
    std::atomic<std::uint64_t> claimed{0}, remembered{0}, none{0}, development{0};
    std::atomic<std::uint64_t> refused{0};  // the token names none, and nothing else vouched for it
  } service_url;
  Histogram duration;  // from the parsed request to the durable answer
};

// Appends "# HELP", "# TYPE" and one sample line. `labels` like {kind="message"} or empty.
void append_counter(std::string& out, const std::string& name, const std::string& help, std::uint64_t value);
void append_sample(std::string& out, const std::string& name, const std::string& labels, double value);
void append_header(std::string& out, const std::string& name, const std::string& help,
                   const std::string& type);

void append_turn_metrics(std::string& out, const TurnMetrics& metrics);

}  // namespace pao::bot
