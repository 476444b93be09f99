#include "handlers/reports/improvements.hpp"

#include "handlers/procedure/recommendation_states.hpp"
#include "handlers/reports/notices.hpp"
#include "storage/items_store.hpp"
#include "storage/recommendations_store.hpp"

#include <string>
#include <vector>

namespace pao::handlers::reports {
namespace {

using procedure::RecommendationEvent;
using procedure::RecommendationState;
using storage::Recommendation;
using storage::Session;

procedure::ImprovementProgress progress_of(const procedure::Item& action) {
  const auto state = action.attributes.find("estado");
  return {.starts_on = action.starts_on,
          .state = state == action.attributes.end() ? std::string_view() : state->second};
}

Result<void> move(Session& session, const Reference& reference, Recommendation& one,
                  const procedure::Item& action, RecommendationEvent event, Instant now) {
  const RecommendationState before = one.state;
  const auto after = procedure::next_state(before, event, {.improvement_id = one.improvement_id});
  if (!after) return tl::unexpected<Error>(after.error());
  one.state = *after;
  if (Result<void> stored = storage::update_recommendation(session, one, before); !stored) return stored;
  note(session, "recommendation.improvement", one.report_id,
       {{"recommendation", one.id},
        {"improvement", action.id},
        {"from", std::string(procedure::to_word(before))},
        {"to", std::string(procedure::to_word(*after))}},
       now);
  if (*after != RecommendationState::action_closed) return {};
  tell(session, reference, one.process_id,
       {.report_id = one.report_id,
        .what = "improvement:" + one.id,
        .title = "Acción de mejora cerrada",
        .sentence =
            "Se cerró la acción de mejora " + action.id + ", que nació de la recomendación " + one.id + "."},
       with_advisor, now);
  return {};
}

}  // namespace

Result<int> follow_improvements(storage::Database& database, const Reference& reference, Instant now) {
  return database.write([&](Session& session) -> Result<int> {
    int moves = 0;
    for (const RecommendationState state :
         {RecommendationState::converted, RecommendationState::action_running}) {
      for (Recommendation& one : storage::recommendations_in_state(session, state)) {
        const auto action = storage::find_item(session, one.improvement_id);
        if (!action) continue;  // the SMGI has not told yet
        for (const RecommendationEvent event :
             procedure::improvement_events(one.state, progress_of(*action), local_date(now))) {
          if (const auto moved = move(session, reference, one, *action, event, now); !moved) {
            return tl::unexpected<Error>(moved.error());
          }
          ++moves;
        }
      }
    }
    return moves;
  });
}

}  // namespace pao::handlers::reports
