// How fast one conversation may be written to: the channel counts sends over four windows at once, and all
// of them have to hold (reference 6.2). Pure; time comes in as an argument and never goes back.
#pragma once

#include "handlers/procedure/bogota_time.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <vector>

namespace pao::bot::delivery {

// The channel measures when a request arrives; two requests may come closer together than they left.
inline constexpr std::chrono::milliseconds arrival_tolerance{100};

struct Window {
  std::size_t sends;
  std::chrono::milliseconds span;
};

inline constexpr std::array<Window, 4> conversation_windows{{{7, std::chrono::seconds{1}},
                                                             {8, std::chrono::seconds{2}},
                                                             {60, std::chrono::seconds{30}},
                                                             {1800, std::chrono::hours{1}}}};

class RateWindow {
 public:
  // When the next send keeps to every window; never before `now`.
  Instant earliest(Instant now) const {
    Instant at = now;
    for (const Window& window : conversation_windows) {
      if (sends_.size() >= window.sends) {
        at = std::max(at, sends_[sends_.size() - window.sends] + window.span + arrival_tolerance);
      }
    }
    return at;
  }

  void record(Instant at) {
    constexpr Window longest = conversation_windows.back();
    if (sends_.size() >= 2 * longest.sends) {
      sends_.erase(sends_.begin(), sends_.end() - static_cast<std::ptrdiff_t>(longest.sends));
    }
    sends_.push_back(at);
  }

  // True when no window remembers a send any more.
  bool is_idle(Instant now) const {
    return sends_.empty() || sends_.back() + conversation_windows.back().span + arrival_tolerance <= now;
  }

 private:
  std::vector<Instant> sends_;  // oldest first
};

}  // namespace pao::bot::delivery
