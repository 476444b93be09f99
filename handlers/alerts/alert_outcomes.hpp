// What became of the alerts that were put into digests: told is whom they reached (R-23, procedure 5.6).
#pragma once

#include "storage/session.hpp"

namespace pao::handlers::alerts {

// Moves alerts whose digest has ended to `enviada` or `fallida`, and those of which the due date has passed
// to `vencida`. Entered in the registro. Gives how many it moved. Running twice changes nothing.
int settle_alerts(storage::Session& session, Instant now);

}  // namespace pao::handlers::alerts
