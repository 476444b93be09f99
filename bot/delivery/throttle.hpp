// When a message may leave, so that the channel does not have to refuse it: a token bucket per tenant, the
// windows of each conversation, and the pauses the channel asked for. Pure; not thread-safe.
#pragma once

#include "bot/delivery/rate_window.hpp"
#include "handlers/procedure/bogota_time.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace pao::bot::delivery {

struct ThrottleOptions {
  // Sustained sends per second and tenant; the platform's limit is 50 an app and tenant. Replies may run
  // ahead by a quarter of it, and what follows waits for them.
  double requests_per_second = 40;
  bool conversation_windows = true;  // off only against a channel without these limits
  // So many different conversations refused (429) within `refusal_memory` pause the whole tenant.
  std::size_t refusals_that_pause_all = 5;
  std::chrono::milliseconds refusal_memory{10'000};
};

class Throttle {
 public:
  explicit Throttle(const ThrottleOptions& options) : options_(options) {}

  // The earliest instant for a message into that conversation; `now` when it may leave at once. An empty
  // conversation id stands for a request that belongs to none.
  Instant earliest(const std::string& tenant, const std::string& conversation, bool is_reply, Instant now);

  // A request leaves now.
  void record_send(const std::string& tenant, const std::string& conversation, Instant now);

  // The channel answered 429 and wants silence until then.
  void record_refusal(const std::string& tenant, const std::string& conversation, Instant until, Instant now);

 private:
  struct Tenant {
    double tokens = 0;
    Instant filled_at;
    Instant paused_until{};
    std::unordered_map<std::string, Instant> refusals;  // by conversation: when
  };
  struct Conversation {
    RateWindow window;
    Instant paused_until{};
  };

  Tenant& tenant_at(const std::string& id, Instant now);
  void forget_idle(Instant now);
  double capacity() const;

  ThrottleOptions options_;
  std::unordered_map<std::string, Tenant> tenants_;
  std::unordered_map<std::string, Conversation> conversations_;
  std::size_t forget_at_ = 1024;  // conversations remembered before idle ones are dropped
};

}  // namespace pao::bot::delivery
