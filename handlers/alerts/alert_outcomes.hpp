// What became of the alerts that were put into digests: told is whom they reached (R-23, procedure 5.6).
#pragma once

#include "handlers/alerts/digest.hpp"
#include "handlers/reference.hpp"
#include "storage/alerts_store.hpp"
#include "storage/session.hpp"

#include <vector>

namespace pao::handlers::alerts {

// Moves alerts whose digest has ended to `enviada` or `fallida`, and on to `vencida` when their due date has
// passed by then. Entered in the registro. Gives how many it moved. Running twice changes nothing.
int settle_alerts(storage::Session& session, Instant now);

// Open alerts that have ended: their due date has passed, or nothing is left to do because the obligation is
// met, the condition of the rule has ended, the source says it no more. By key and person. Reads only.
struct EndedAlert {
  storage::Alert alert;
  procedure::AlertEvent event;
  const char* reason;  // for the registro
};
std::vector<EndedAlert> ended_alerts(storage::Session& session, const Reference& reference,
                                     const Standing& standing, Instant now);

// Moves those to `vencida` or `resuelta`, as above.
int end_alerts(storage::Session& session, const std::vector<EndedAlert>& ended, Instant now);

}  // namespace pao::handlers::alerts
