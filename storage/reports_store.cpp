#include "storage/reports_store.hpp"

namespace pao::storage {

std::optional<FollowUpReport> latest_report_of(Session& session, std::string_view process_id) {
  return session.first(
      "SELECT id, process_id, cycle, state, sent_at FROM follow_up_reports "
      "WHERE process_id = $1 AND sent_at IS NOT NULL ORDER BY sent_at DESC LIMIT 1",
      {process_id}, [](const Row& row) {
        return FollowUpReport{.id = row.string(0),
                              .process_id = row.string(1),
                              .cycle = row.string(2),
                              .state = row.string(3),
                              .sent_at = row.optional_instant(4)};
      });
}

}  // namespace pao::storage
