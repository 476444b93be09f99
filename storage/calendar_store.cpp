#include "storage/calendar_store.hpp"

#include "storage/database_failure.hpp"
#include "storage/default_content.hpp"

namespace pao::storage {

procedure::Calendar load_calendar(Session& session) {
  return procedure::Calendar(
      session.all("SELECT day, name, norm, working FROM entity_days ORDER BY day", {}, [](const Row& row) {
        const std::optional<Date> day = row.date(0);
        if (!day) throw DatabaseFailure(ErrorCode::internal, "an entity day has no date");
        return procedure::EntityDay{
            .day = *day, .name = row.string(1), .norm = row.string(2), .working = row.flag(3)};
      }));
}

procedure::Calendar default_calendar() {
  // The shipped list is compiled in and read by a test: it cannot be wrong at run time.
  return procedure::Calendar(shipped_entity_days().value());
}

}  // namespace pao::storage
