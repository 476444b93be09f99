// The records that prove a control point over a period: what an evidence pack holds.
#pragma once

#include "handlers/procedure/control_points.hpp"
#include "storage/session.hpp"

#include <vector>

namespace pao::storage {

// The confirmations first, then what was confirmed: versions and their history (1), the sample of the
// register (3), the records of the process and period (4), the requests (6). Tables without rows are there
// too. The same store gives the same tables.
std::vector<procedure::EvidenceTable> control_evidence(Session& session, procedure::ControlPoint control,
                                                       const procedure::Period& period);

}  // namespace pao::storage
