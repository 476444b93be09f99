// The entity's own days (días cívicos, closures, compensated Saturdays) as data with their norm.
#pragma once

#include "handlers/procedure/business_calendar.hpp"
#include "storage/session.hpp"

namespace pao::storage {

// The calendar in force: statutory holidays and the stored entity days.
procedure::Calendar load_calendar(Session& session);

// The calendar as shipped, for commands that run without a store (storage/content/entity_days.csv).
procedure::Calendar default_calendar();

}  // namespace pao::storage
