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

bool has_asked_needs(Session& session, std::string_view month) {
  return session
      .first("SELECT 1 FROM asked_needs WHERE month = $1 LIMIT 1", {month},
             [](const Row& row) { return row.integer(0); })
      .has_value();
}

bool add_asked_needs(Session& session, std::string_view month, const std::vector<AskedNeed>& needs,
                     Instant at) {
  if (has_asked_needs(session, month)) return false;
  int position = 0;
  for (const AskedNeed& need : needs)
    session.run(
        "INSERT INTO asked_needs (month, position, practice, words, questions, kept_at)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        {month, to_value(++position), std::string_view(need.practice), std::string_view(need.words),
         to_value(need.questions), to_value(at)});
  return true;
}

std::vector<ReviewNeed> asked_needs(Session& session, std::string_view practice, int term) {
  const std::string months = std::to_string(term) + "-%";
  return session.all(
      "SELECT words, questions FROM asked_needs WHERE practice = $1 AND month LIKE $2"
      " ORDER BY questions DESC, month, position",
      {practice, std::string_view(months)}, [](const Row& row) {
        return ReviewNeed{.observed = row.string(0), .first_report_id = "", .questions = row.integer(1)};
      });
}

std::string in_words(const ReviewNeed& need) {
  if (need.questions > 0) return need.observed + " (" + std::to_string(need.questions) + " preguntas)";
  return need.observed + " (" + std::to_string(need.reports) +
         (need.reports == 1 ? " reporte)" : " reportes)");
}

}  // namespace pao::storage
