// The bot's own daily job: warns in the log before its secret or certificate ends.
#pragma once

#include "bot/auth/expiry_watch.hpp"
#include "bot/clock.hpp"
#include "handlers/jobs.hpp"

namespace pao::bot {

// One line for each that is due: "credential.expires" (warn) or, after the end, "credential.expired" (error).
// Gives how many.
std::size_t warn_of_expiry(auth::ExpiryWatch& watch, Instant now);

// That, once each day. `watch` outlives the job; without one it is off. `machine_clock`: certificates do not
// end by the demo's clock.
handlers::Job expiry_job(auth::ExpiryWatch* watch, Clock machine_clock);

}  // namespace pao::bot
