#include "storage/activities_store.hpp"

namespace pao::storage {

std::optional<ActivityOutcome> find_outcome(Session& session, std::string_view key) {
  return session.first("SELECT status, body FROM activities WHERE key = $1", {key}, [](const Row& row) {
    return ActivityOutcome{.status = static_cast<int>(row.integer(0)), .body = row.string(1)};
  });
}

bool insert_outcome(Session& session, std::string_view key, const ActivityOutcome& outcome, Instant at) {
  return session.run(
             "INSERT INTO activities (key, status, body, handled_at) VALUES ($1, $2, $3, $4)"
             " ON CONFLICT (key) DO NOTHING",
             {key, to_value(outcome.status), std::string_view(outcome.body), to_value(at)}) == 1;
}

std::int64_t purge_outcomes(Session& session, Instant before) {
  return session.run("DELETE FROM activities WHERE handled_at < $1", {to_value(before)});
}

}  // namespace pao::storage
