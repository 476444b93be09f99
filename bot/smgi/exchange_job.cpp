#include "bot/smgi/exchange_job.hpp"

#include "handlers/filing/exchange.hpp"

#include <string>

namespace pao::bot {

handlers::Job smgi_job(storage::Database& database, handlers::SmgiGateway* gateway) {
  using namespace std::chrono_literals;
  return {.name = "smgi.exchange",
          .schedule = {.from = 0h, .until = 24h, .business_days_only = false, .every = 5min},
          .run = [&database, gateway](Instant now) -> Result<std::string> {
            const auto done = handlers::filing::exchange(database, *gateway, now);
            if (!done) return tl::unexpected<Error>(done.error());
            return std::to_string(done->sent) + " handed over, " + std::to_string(done->confirmed) +
                   " confirmed, " + std::to_string(done->refused) + " refused, " +
                   std::to_string(done->unknown) + " answers not understood";
          },
          .off = gateway ? "" : "smgi.folder is not configured"};
}

}  // namespace pao::bot
