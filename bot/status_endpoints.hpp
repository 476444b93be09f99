// GET /healthz, /readyz and /metrics: what a supervisor asks.
#pragma once

#include "bot/delivery/outbox_worker.hpp"
#include "bot/http/server.hpp"
#include "bot/metrics.hpp"
#include "storage/database.hpp"

#include <string>

namespace pao::bot {

// JSON with each check; `ready` false (503) when the store cannot be written to or read.
struct Readiness {
  bool ready = false;
  std::string body;
};
Readiness check_readiness(storage::Database& database);

// The Prometheus text.
std::string metrics_text(const TurnMetrics& turns, const delivery::DeliveryCounters& delivery,
                         const http::Stats& server, storage::Database& database);

}  // namespace pao::bot
