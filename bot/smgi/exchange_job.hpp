// The exchange with the SMGI as a job of every few minutes.
#pragma once

#include "handlers/jobs.hpp"
#include "handlers/smgi_gateway.hpp"
#include "storage/database.hpp"

namespace pao::bot {

// Both outlive the job. Without gateway it is off.
handlers::Job smgi_job(storage::Database& database, handlers::SmgiGateway* gateway);

}  // namespace pao::bot
