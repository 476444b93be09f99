// Every scheduled job of the service in one place: those of the procedure and those that reach outside. What
// `serve` runs is what `jobs list` shows.
#pragma once

#include "bot/auth/expiry_watch.hpp"
#include "bot/clock.hpp"
#include "handlers/jobs.hpp"
#include "handlers/reference.hpp"
#include "handlers/smgi_gateway.hpp"
#include "storage/database.hpp"

#include <functional>
#include <vector>

namespace pao::bot {

struct JobNeeds {
  storage::Database& database;
  const handlers::ReferenceSource& reference;
  handlers::SmgiGateway* smgi = nullptr;      // null: no way to the SMGI is configured
  auth::ExpiryWatch* expiry_watch = nullptr;  // null: no end of a secret or certificate is known
  std::function<Result<int>(Instant answered_before)> finish_late =
      {};                 // of the turn runner; without: not served
  Clock machine_clock;    // certificates do not end by the demo's clock
  bool procedure = true;  // jobs.enabled: another instance may have them
};

// All of them, also those that are off, with the reason. Everything in `needs` outlives them.
std::vector<handlers::Job> all_jobs(const JobNeeds& needs);

}  // namespace pao::bot
