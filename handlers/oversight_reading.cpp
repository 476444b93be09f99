#include "handlers/oversight_reading.hpp"

#include "handlers/procedure/permissions.hpp"
#include "storage/oversight_store.hpp"

#include <utility>

namespace pao::handlers {

namespace {

bool is_oversight(const Turn& turn) {
  return procedure::holds_role(*turn.person, procedure::Role::internal_control, "", local_date(turn.at));
}

}  // namespace

void keep_reading(storage::Session& session, const Turn& turn, const Reading& read) {
  if (!is_oversight(turn)) return;
  storage::add_oversight_reading(session, {.at = turn.at,
                                           .reader = turn.person->id,
                                           .process_id = read.process_id,
                                           .what = read.what,
                                           .item = read.item_id,
                                           .term = read.term,
                                           .page = read.page});
}

Decision keep_reading(const Turn& turn, Reply reply, Reading read) {
  if (!is_oversight(turn)) return Decision(std::move(reply));
  return Decision::storing(
      [turn, reply = std::move(reply), read = std::move(read)](storage::Session& session) -> Result<Reply> {
        keep_reading(session, turn, read);
        return reply;
      });
}

}  // namespace pao::handlers
