// The life of a guideline version (procedure 5.1): who may move it, from where to where.
#pragma once

#include "handlers/procedure/bogota_time.hpp"
#include "handlers/procedure/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pao::procedure {

enum class GuidelineState { draft, in_review, approved, published, replaced, discarded };

// "borrador", "en_revision", "aprobado", "publicado", "reemplazado", "descartado": on cards, in exports.
std::string_view to_word(GuidelineState state);

enum class GuidelineEvent {
  edit,       // the text of a draft changes; the state does not
  submit,     // the author gives it to review
  send_back,  // returned to the author with a reason
  approve,
  publish,
  replace,  // the next version of the same practice and vigencia was published
  discard,
};

// Where the event leads; nothing when 5.1 has no such arrow.
std::optional<GuidelineState> next_state(GuidelineState state, GuidelineEvent event);

// What somebody wants to do with a version, and what is known about it.
struct GuidelineMove {
  GuidelineState state = GuidelineState::draft;
  GuidelineEvent event = GuidelineEvent::submit;
  std::string author_id;  // empty: nobody has taken it
  std::string actor_id;
  bool actor_coordinates = false;  // holds COORD today
  bool has_reasons = false;        // the review says why it was made
  bool control_confirmed = false;  // control point of activity 1
  std::string reason;              // of a return or a discard
};

// The state after it, or why not: `conflict` when 5.1 has no such arrow, `refused` when the person may not
// (only coordination approves, sends back and publishes, and never the own draft), `invalid` when something
// is missing (author, reasons, confirmation, reason). `replace` is never asked for by a person.
Result<GuidelineState> decide(const GuidelineMove& move);

// When a version of that vigencia begins to answer questions: once it is published, and not before its
// vigencia begins.
Instant rules_from(int term, Instant published_at);

// Why a guideline is reviewed.
enum class ReviewReasonKind {
  directive,     // a directive of Función Pública or another governing body
  oap_strategy,  // the strategy of the planning office
  need,          // a need found in a named report of the vigencia before
};
std::string_view to_word(ReviewReasonKind kind);  // "directriz", "estrategia_oap", "necesidad"
std::optional<ReviewReasonKind> parse_review_reason(std::string_view word);

struct ReviewReason {
  ReviewReasonKind kind;
  std::string detail;     // which directive, what was found
  std::string report_id;  // of a need
};

// `invalid` without words, or for a need that names no report.
Result<void> check_reason(const ReviewReason& reason);

}  // namespace pao::procedure
