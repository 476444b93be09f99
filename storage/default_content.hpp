// What a new store starts with.
#pragma once

#include "handlers/procedure/business_calendar.hpp"
#include "storage/database.hpp"

#include <vector>

namespace pao::storage {

// The entity days compiled into the program (storage/content/entity_days.csv).
Result<std::vector<procedure::EntityDay>> shipped_entity_days();

// Puts the shipped entity days into a store that was never given any. A list that an operator emptied on
// purpose stays empty.
Result<void> seed_default_content(Database& database);

}  // namespace pao::storage
