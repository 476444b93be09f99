#include "storage/reference_revision.hpp"

#include "storage/columns.hpp"

namespace pao::storage {

std::int64_t reference_revision(Session& session) {
  return session
      .first("SELECT value FROM counters WHERE name = 'reference-revision'", {},
             [](const Row& row) { return row.integer(0); })
      .value_or(0);
}

void touch_reference(Session& session) {
  (void)next_number(session, "reference-revision");
}

}  // namespace pao::storage
