#include "storage/review_needs_store.hpp"

namespace pao::storage {

std::vector<ReviewNeed> review_needs(Session& session, std::string_view practice, int term) {
  const std::string cycles = std::to_string(term) + "-%";
  return session.all(
      "SELECT c.observed, MIN(c.report_id), COUNT(DISTINCT c.report_id) FROM recommendations c"
      " JOIN follow_up_reports r ON r.id = c.report_id WHERE c.practice = $1 AND r.cycle LIKE $2"
      " GROUP BY c.observed ORDER BY COUNT(DISTINCT c.report_id) DESC, c.observed",
      {practice, std::string_view(cycles)}, [](const Row& row) {
        return ReviewNeed{row.string(0), row.string(1), row.integer(2)};
      });
}

std::string in_words(const ReviewNeed& need) {
  return need.observed + " (" + std::to_string(need.reports) +
         (need.reports == 1 ? " reporte)" : " reportes)");
}

}  // namespace pao::storage
