// When a message may leave, so that the channel does not have to refuse it: a token bucket per tenant, the
// windows of each conversation, and the pauses the channel asked for. Pure; not thread-safe.
#pragma once

#include "bot/delivery/rate_window.hpp"
#include "handlers/procedure/bogota_time.hpp"

#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

namespace pao::bot::delivery {

struct ThrottleOptions {
  // Sustained sends per second and tenant; the platform's limit is 50 an app and tenant. A quiet
  // tenant may get an eighth of it at once, and replies run ahead by as much again, which what follows waits
  // for: at the default never more than 49 in one second.
  double requests_per_second = 40;
  bool conversation_windows = true;  // off only against a channel without these limits
  // So many different conversations refused (429) within `refusal_memory` pause the whole tenant, when they
  // are more than a third of what was sent in that time.
  std::size_t refusals_that_pause_all = 5;
  std::chrono::milliseconds refusal_memory{10'000};
};

class Throttle {
 public:
  explicit Throttle(const ThrottleOptions& options) : options_(options) {}

  // The earliest instant for a message into that conversation; `now` when it may leave at once. An empty
  // conversation id stands for a request that belongs to none.
  Instant earliest(const std::string& tenant, const std::string& conversation, bool is_reply, Instant now);

  // A request leaves now; after a restart also those of before, oldest first.
  void record_send(const std::string& tenant, const std::string& conversation, Instant now);

  // The channel answered 429 and wants silence until then: in that conversation, or, without one, before
  // another conversation is opened in that tenant.
  void record_refusal(const std::string& tenant, const std::string& conversation, Instant until, Instant now);

  // Nobody of that tenant is written to until then.
  void pause_tenant(const std::string& tenant, Instant until, Instant now);

 private:
  struct Tenant {
    double tokens = 0;
    Instant filled_at;
    Instant paused_until{};
    Instant opening_paused_until{};                     // for requests without a conversation
    std::unordered_map<std::string, Instant> refusals;  // by conversation: when
    std::deque<Instant> sends;                          // within refusal_memory, oldest first
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
