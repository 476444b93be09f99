#include "handlers/oversight_reading.hpp"

#include "handlers/procedure/permissions.hpp"
#include "storage/oversight_store.hpp"

#include <utility>

namespace pao::handlers {

Decision keep_reading(const Turn& turn, Reply reply, Reading read) {
  if (!procedure::holds_role(*turn.person, procedure::Role::internal_control, "", local_date(turn.at)))
    return Decision(std::move(reply));
  return Decision::storing([reply = std::move(reply), read = std::move(read), reader = turn.person->id,
                            now = turn.at](storage::Session& session) -> Result<Reply> {
    storage::add_oversight_reading(session, {.at = now,
                                             .reader = reader,
                                             .process_id = read.process_id,
                                             .what = read.what,
                                             .item = read.item_id,
                                             .term = read.term,
                                             .page = read.page});
    return reply;
  });
}

}  // namespace pao::handlers
