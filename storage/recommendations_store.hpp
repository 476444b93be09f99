// Recommendations of follow-up reports and what became of them (procedure 5.5, R-34, R-48).
#pragma once

#include "handlers/procedure/recommendation_states.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

struct Recommendation {
  std::string id;
  std::string report_id;
  std::string process_id;
  std::string practice;
  std::string observed;
  std::string suggestion;
  std::optional<Date> target_on;
  procedure::RecommendationState state = procedure::RecommendationState::draft;
  std::string improvement_id;
  std::string reason;
  std::string answered_by;
  std::optional<Instant> answered_at;
  std::string advisor_comment;
  std::string reiterates;
};

std::optional<Recommendation> find_recommendation(Session& session, std::string_view id);
std::vector<Recommendation> recommendations_of(Session& session, std::string_view report_id);
// The link back: those that became that improvement action.
std::vector<Recommendation> recommendations_of_improvement(Session& session, std::string_view improvement_id);
std::vector<Recommendation> recommendations_in_state(Session& session, procedure::RecommendationState state);
// Unanswered ones of the report before: they are repeated in the next.
std::vector<Recommendation> unanswered_before(Session& session, std::string_view process_id,
                                              std::string_view cycle);

// Gives it its id ("REC-COM-T3-3").
Recommendation add_recommendation(Session& session, Recommendation recommendation, std::string_view cycle);
// Writes every field; `conflict` when it is no longer in the expected state.
Result<void> update_recommendation(Session& session, const Recommendation& recommendation,
                                   procedure::RecommendationState expected);
// Of a draft only; false otherwise.
bool remove_recommendation(Session& session, std::string_view id);

}  // namespace pao::storage
