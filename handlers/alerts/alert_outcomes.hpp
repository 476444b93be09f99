// What became of the alerts that were put into digests: told is whom they reached (R-23, procedure 5.6).
#pragma once

#include "handlers/reference.hpp"
#include "storage/alerts_store.hpp"
#include "storage/session.hpp"

#include <vector>

namespace pao::handlers::alerts {

// Moves alerts whose digest has ended to `enviada` or `fallida`, and those of which the due date has passed
// to `vencida`. Entered in the registro. Gives how many it moved. Running twice changes nothing.
int settle_alerts(storage::Session& session, Instant now);

// Open alerts of obligations that are met by now; reads only.
Result<std::vector<storage::Alert>> alerts_done(storage::Session& session, const Reference& reference,
                                                Instant now);

// Moves those to `resuelta`, as above.
int resolve_alerts(storage::Session& session, const std::vector<storage::Alert>& done, Instant now);

}  // namespace pao::handlers::alerts
