// Tells when to read again what the service keeps in memory: guidelines, people, processes, calendar.
#pragma once

#include "storage/session.hpp"

#include <cstdint>

namespace pao::storage {

// A number that grows whenever any of them may have changed; 0 in a new store.
std::int64_t reference_revision(Session& session);

// To be called in the transaction that changes one of them.
void touch_reference(Session& session);

}  // namespace pao::storage
