// GET /healthz, /readyz and /metrics: what a supervisor asks.
#pragma once

#include "bot/auth/expiry_watch.hpp"
#include "bot/delivery/counters.hpp"
#include "bot/http/server.hpp"
#include "bot/metrics.hpp"
#include "storage/database.hpp"

#include <string>
#include <vector>

namespace pao::bot {

// JSON with each check; `ready` false (503) when the store cannot be written to or read. The days that
// secrets and certificates have left are told, too, and change nothing.
struct Readiness {
  bool ready = false;
  std::string body;
};
Readiness check_readiness(storage::Database& database, const std::vector<auth::DaysLeft>& credentials = {});

// The Prometheus text. `delivery` is what went to Teams, `mail` what went to the mail server.
std::string metrics_text(const TurnMetrics& turns, const delivery::DeliveryCounters& delivery,
                         const delivery::DeliveryCounters& mail, const http::Stats& server,
                         storage::Database& database, const std::vector<auth::DaysLeft>& credentials = {});

}  // namespace pao::bot
