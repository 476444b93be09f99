#include "storage/late_invokes_store.hpp"

namespace pao::storage {

void save_late_invoke(Session& session, const LateInvoke& invoke) {
  session.run(
      "INSERT INTO late_invokes (key, activity, answered_at) VALUES ($1, $2, $3) ON CONFLICT (key) DO "
      "NOTHING",
      {std::string_view(invoke.key), std::string_view(invoke.activity), to_value(invoke.answered_at)});
}

bool end_late_invoke(Session& session, std::string_view key) {
  return session.run("DELETE FROM late_invokes WHERE key = $1", {key}) == 1;
}

std::vector<LateInvoke> late_invokes(Session& session) {
  return session.all("SELECT key, activity, answered_at FROM late_invokes ORDER BY answered_at, key", {},
                     [](const Row& row) {
                       return LateInvoke{
                           .key = row.string(0), .activity = row.string(1), .answered_at = row.instant(2)};
                     });
}

}  // namespace pao::storage
