#include "bot/delivery/throttle.hpp"

#include <algorithm>
#include <cmath>

namespace pao::bot::delivery {
namespace {

using std::chrono::milliseconds;

constexpr double burst_seconds = 0.125;

}  // namespace

double Throttle::capacity() const {
  return std::max(1.0, options_.requests_per_second * burst_seconds);
}

Throttle::Tenant& Throttle::tenant_at(const std::string& id, Instant now) {
  const auto [found, is_new] = tenants_.try_emplace(id);
  Tenant& tenant = found->second;
  if (is_new) {
    tenant.tokens = capacity();
    tenant.filled_at = now;
  }
  if (now > tenant.filled_at) {
    const double seconds = std::chrono::duration<double>(now - tenant.filled_at).count();
    tenant.tokens = std::min(capacity(), tenant.tokens + seconds * options_.requests_per_second);
    tenant.filled_at = now;
  }
  return tenant;
}

Instant Throttle::earliest(const std::string& tenant_id, const std::string& conversation, bool is_reply,
                           Instant now) {
  const Tenant& tenant = tenant_at(tenant_id, now);
  Instant at = std::max(now, tenant.paused_until);
  if (conversation.empty()) at = std::max(at, tenant.opening_paused_until);
  const double needed = is_reply ? 1.0 - capacity() : 1.0;
  if (tenant.tokens < needed) {
    const double wait_ms = (needed - tenant.tokens) / options_.requests_per_second * 1000.0;
    at = std::max(at, now + milliseconds{static_cast<std::int64_t>(std::ceil(wait_ms))});
  }
  const auto found = conversations_.find(conversation);
  if (found == conversations_.end()) return at;
  at = std::max(at, found->second.paused_until);
  return options_.conversation_windows ? std::max(at, found->second.window.earliest(now)) : at;
}

void Throttle::record_send(const std::string& tenant_id, const std::string& conversation, Instant now) {
  Tenant& tenant = tenant_at(tenant_id, now);
  tenant.tokens -= 1.0;
  tenant.sends.push_back(now);
  while (tenant.sends.front() + options_.refusal_memory <= now) tenant.sends.pop_front();
  if (conversation.empty() || !options_.conversation_windows) return;
  conversations_[conversation].window.record(now);
  forget_idle(now);
}

void Throttle::record_refusal(const std::string& tenant_id, const std::string& conversation, Instant until,
                              Instant now) {
  Tenant& tenant = tenant_at(tenant_id, now);
  (conversation.empty() ? tenant.opening_paused_until : conversations_[conversation].paused_until) = until;
  tenant.refusals[conversation] = now;
  for (auto it = tenant.refusals.begin(); it != tenant.refusals.end();) {
    it = it->second + options_.refusal_memory <= now ? tenant.refusals.erase(it) : std::next(it);
  }
  const bool are_many = tenant.refusals.size() >= options_.refusals_that_pause_all;
  if (are_many && 3 * tenant.refusals.size() > tenant.sends.size()) pause_tenant(tenant_id, until, now);
}

void Throttle::pause_tenant(const std::string& tenant_id, Instant until, Instant now) {
  Tenant& tenant = tenant_at(tenant_id, now);
  tenant.paused_until = std::max(tenant.paused_until, until);
}

void Throttle::forget_idle(Instant now) {
  if (conversations_.size() < forget_at_) return;
  for (auto it = conversations_.begin(); it != conversations_.end();) {
    const bool idle = it->second.window.is_idle(now) && it->second.paused_until <= now;
    it = idle ? conversations_.erase(it) : std::next(it);
  }
  forget_at_ = std::max<std::size_t>(1024, 2 * conversations_.size());
}

}  // namespace pao::bot::delivery
