// A recommendation of a follow-up report as a state machine (procedure 5.5, R-34, R-48, C-06).
#pragma once

#include "handlers/procedure/bogota_time.hpp"
#include "handlers/procedure/result.hpp"

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace pao::procedure {

enum class RecommendationState {
  draft,
  sent,
  applied,
  converted,       // into an improvement action of the SMGI
  not_applicable,  // no_procede
  unanswered,      // sin_respuesta; comes back in the next report
  action_running,
  action_closed,
};
inline constexpr std::array all_recommendation_states = {
    RecommendationState::draft,          RecommendationState::sent,           RecommendationState::applied,
    RecommendationState::converted,      RecommendationState::not_applicable, RecommendationState::unanswered,
    RecommendationState::action_running, RecommendationState::action_closed};

// "borrador", "enviada", "aplicada", "convertida_en_mejora", "no_procede", "sin_respuesta",
// "mejora_en_ejecucion", "mejora_cerrada".
std::string_view to_word(RecommendationState state);
std::optional<RecommendationState> parse_recommendation_state(std::string_view word);

enum class RecommendationEvent {
  send,          // with its report
  apply,         // the process: done
  convert,       // the process: registered as improvement action; needs its id in the SMGI
  set_aside,     // the process: does not apply; needs a reason
  close_window,  // the deadline has passed
  start_action,  // the SMGI: the improvement action runs
  close_action,
};
inline constexpr std::array all_recommendation_events = {
    RecommendationEvent::send,        RecommendationEvent::apply,        RecommendationEvent::convert,
    RecommendationEvent::set_aside,   RecommendationEvent::close_window, RecommendationEvent::start_action,
    RecommendationEvent::close_action};

// What the process wrote with its answer.
struct RecommendationAnswer {
  std::string_view improvement_id = {};
  std::string_view reason = {};
};

// The state after the event; `refused` or `invalid` with a Spanish sentence.
Result<RecommendationState> next_state(RecommendationState from, RecommendationEvent event,
                                       const RecommendationAnswer& answer);

// What the SMGI tells about the improvement action that a recommendation became.
struct ImprovementProgress {
  std::optional<Date> starts_on;
  std::string_view state = {};  // "abierta", "vencida", "cerrada"; may be empty
};

// What that means for the recommendation on that day, in order; nothing when it is not one that became an
// action, or when nothing happened.
std::vector<RecommendationEvent> improvement_events(RecommendationState from,
                                                    const ImprovementProgress& progress, Date today);

}  // namespace pao::procedure
