// The follow-up cycle of one process as a state machine (procedure 5.4): every state, every event, what it
// needs and where it leads. Pure: what has to be known about the responses comes in as facts.
#pragma once

#include "handlers/procedure/result.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace pao::procedure {

enum class ReportState {
  draft,
  sent,  // only in imported history: sending enters in_validation at once
  in_validation,
  in_adjustment,
  final_version,
  published,
};
inline constexpr std::array all_report_states = {ReportState::draft,         ReportState::sent,
                                                 ReportState::in_validation, ReportState::in_adjustment,
                                                 ReportState::final_version, ReportState::published};

// "borrador", "enviado", "en_validacion", "en_ajustes", "final", "publicado".
std::string_view to_word(ReportState state);
std::optional<ReportState> parse_report_state(std::string_view word);

enum class ReportEvent {
  send,                // the advisor of the process
  accept_as_leader,    // closes the window early
  accept_as_liaison,   // recorded; waits for the leader or the end of the window
  justify,             // with evidence
  request_adjustment,  // an SS-4 was filed
  close_window,        // the last second of day 10 has passed
  resolve,             // a justification or an SS-4 was decided
  publish,
  substitute,   // a corrected preventive report was sent: version n + 1, a new window
  add_erratum,  // fe de erratas
};
inline constexpr std::array all_report_events = {ReportEvent::send,
                                                 ReportEvent::accept_as_leader,
                                                 ReportEvent::accept_as_liaison,
                                                 ReportEvent::justify,
                                                 ReportEvent::request_adjustment,
                                                 ReportEvent::close_window,
                                                 ReportEvent::resolve,
                                                 ReportEvent::publish,
                                                 ReportEvent::substitute,
                                                 ReportEvent::add_erratum};

// What waits for a decision of the advisor after the event. An SS-4 waits until it is decided (approved,
// rejected, withdrawn or closed).
struct OpenMatters {
  int open_adjustments = 0;        // SS-4
  int pending_justifications = 0;  // without a resolution
};

// The state after the event; the same one when only something is recorded. `refused` with a Spanish sentence
// that says what to do instead.
Result<ReportState> next_state(ReportState from, ReportEvent event, const OpenMatters& open);

// Whether the process may answer in that state.
inline bool awaits_answers(ReportState state) {
  return state == ReportState::sent || state == ReportState::in_validation;
}

// Whether what the process said is still being looked at: until it is final, it can be proved.
inline bool is_being_decided(ReportState state) {
  return awaits_answers(state) || state == ReportState::in_adjustment;
}

// ---- What the process said, when the window has ended ----

enum class ResponseKind { accepted, justified, adjustment_requested };
// "aceptado", "justificado", "ajuste_solicitado".
std::string_view to_word(ResponseKind kind);
std::optional<ResponseKind> parse_response_kind(std::string_view word);

struct LastWords {
  std::optional<ResponseKind> of_leader;   // the last one on the report
  std::optional<ResponseKind> of_liaison;  // the last one of any liaison
};

// The leader's word prevails; a liaison's counts when the leader said nothing; silence is
// "sin_pronunciamiento" (procedure section 9, 6 and 8).
std::string_view outcome_word(const LastWords& words);

}  // namespace pao::procedure
