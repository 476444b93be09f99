#include "storage/recommendations_store.hpp"

#include "storage/columns.hpp"
#include "storage/words.hpp"

namespace pao::storage {
namespace {

#define PAO_RECOMMENDATION_COLUMNS                                                               \
  "id, report_id, process_id, practice, observed, suggestion, target_on, state, improvement_id," \
  " reason, answered_by, answered_at, advisor_comment, reiterates"

Recommendation recommendation_of(const Row& row) {
  return {.id = row.string(0),
          .report_id = row.string(1),
          .process_id = row.string(2),
          .practice = row.string(3),
          .observed = row.string(4),
          .suggestion = row.string(5),
          .target_on = row.date(6),
          .state = known(procedure::parse_recommendation_state(row.text(7))),
          .improvement_id = row.string(8),
          .reason = row.string(9),
          .answered_by = row.string(10),
          .answered_at = row.optional_instant(11),
          .advisor_comment = row.string(12),
          .reiterates = row.string(13)};
}

}  // namespace

std::optional<Recommendation> find_recommendation(Session& session, std::string_view id) {
  return session.first("SELECT " PAO_RECOMMENDATION_COLUMNS " FROM recommendations WHERE id = $1", {id},
                       recommendation_of);
}

std::vector<Recommendation> recommendations_of(Session& session, std::string_view report_id) {
  return session.all("SELECT " PAO_RECOMMENDATION_COLUMNS
                     " FROM recommendations WHERE report_id = $1 ORDER BY practice, id",
                     {report_id}, recommendation_of);
}

std::vector<Recommendation> recommendations_of_improvement(Session& session,
                                                           std::string_view improvement_id) {
  return session.all("SELECT " PAO_RECOMMENDATION_COLUMNS
                     " FROM recommendations WHERE improvement_id = $1 ORDER BY id",
                     {improvement_id}, recommendation_of);
}

std::vector<Recommendation> recommendations_in_state(Session& session, procedure::RecommendationState state) {
  return session.all("SELECT " PAO_RECOMMENDATION_COLUMNS
                     " FROM recommendations WHERE state = $1 ORDER BY process_id, id",
                     {procedure::to_word(state)}, recommendation_of);
}

std::vector<Recommendation> unanswered_before(Session& session, std::string_view process_id,
                                              std::string_view cycle) {
  return session.all("SELECT " PAO_RECOMMENDATION_COLUMNS
                     " FROM recommendations WHERE state = 'sin_respuesta' AND report_id ="
                     " (SELECT id FROM follow_up_reports WHERE process_id = $1 AND cycle < $2"
                     " ORDER BY cycle DESC LIMIT 1) ORDER BY practice, id",
                     {process_id, cycle}, recommendation_of);
}

Recommendation add_recommendation(Session& session, Recommendation recommendation, std::string_view cycle) {
  const std::string prefix = "REC-" + recommendation.process_id + "-" +
                             std::string(cycle.substr(cycle.find('-') + 1)) + "-" +
                             std::string(cycle.substr(2, 2)) + "-";
  recommendation.id = prefix + std::to_string(next_number(session, "recommendation." + prefix));
  const std::string target_on = day_text(recommendation.target_on);
  session.run("INSERT INTO recommendations (" PAO_RECOMMENDATION_COLUMNS
              ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
              {std::string_view(recommendation.id), std::string_view(recommendation.report_id),
               std::string_view(recommendation.process_id), std::string_view(recommendation.practice),
               std::string_view(recommendation.observed), std::string_view(recommendation.suggestion),
               text_or_null(target_on), procedure::to_word(recommendation.state),
               text_or_null(recommendation.improvement_id), text_or_null(recommendation.reason),
               text_or_null(recommendation.answered_by), to_value(recommendation.answered_at),
               std::string_view(recommendation.advisor_comment), text_or_null(recommendation.reiterates)});
  return recommendation;
}

Result<void> update_recommendation(Session& session, const Recommendation& recommendation,
                                   procedure::RecommendationState expected) {
  const std::string target_on = day_text(recommendation.target_on);
  const std::int64_t changed = session.run(
      "UPDATE recommendations SET practice = $3, observed = $4, suggestion = $5, target_on = $6, state = $7,"
      " improvement_id = $8, reason = $9, answered_by = $10, answered_at = $11, advisor_comment = $12"
      " WHERE id = $1 AND state = $2",
      {std::string_view(recommendation.id), procedure::to_word(expected),
       std::string_view(recommendation.practice), std::string_view(recommendation.observed),
       std::string_view(recommendation.suggestion), text_or_null(target_on),
       procedure::to_word(recommendation.state), text_or_null(recommendation.improvement_id),
       text_or_null(recommendation.reason), text_or_null(recommendation.answered_by),
       to_value(recommendation.answered_at), std::string_view(recommendation.advisor_comment)});
  if (changed == 1) return {};
  return fail(ErrorCode::conflict, "the recommendation is no longer in the expected state",
              "Esta recomendación cambió mientras usted respondía. Ábrala de nuevo.");
}

bool remove_recommendation(Session& session, std::string_view id) {
  return session.run("DELETE FROM recommendations WHERE id = $1 AND state = 'borrador'", {id}) == 1;
}

}  // namespace pao::storage
