// Guideline versions and their review (activity 1; ): what is pending, one version with what may
// be done with it, its text, what it changes, and the forms of a review.
#pragma once

#include "cards/card.hpp"
#include "handlers/procedure/guideline_diff.hpp"
#include "handlers/procedure/guideline_states.hpp"
#include "handlers/procedure/model.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pao::cards {

std::string guideline_state_name(procedure::GuidelineState state);  // "En revisión"
std::string review_reason_name(procedure::ReviewReasonKind kind);   // "Directriz"

// Which version a card is about, and how it is named: "Riesgos, vigencia 2027, versión 1".
struct GuidelineRef {
  std::string practice;
  int term = 0;
  int version = 0;
};
std::string guideline_name(const GuidelineRef& ref);

// ---- What is pending (R-01) ----

struct GuidelineBoardLine {
  std::string practice;
  int in_force_term = 0;  // 0: none was ever published
  int in_force_version = 0;
  struct Open {
    GuidelineRef ref;
    procedure::GuidelineState state;
    std::string author_name;  // empty: nobody has taken it
  };
  std::vector<Open> open;  // neither published nor discarded
};
struct GuidelineBoardView {
  int term = 0;                           // of which the guidelines are asked
  std::vector<GuidelineBoardLine> lines;  // of the practices without a version published for it
  std::vector<GuidelineBoardLine> done;   // the others
  bool may_draft = false;
};
Card guideline_board_card(const GuidelineBoardView& view);

// ---- One version ----

struct GuidelineMoveLine {
  Instant at{};
  std::string who;
  std::string what;  // "Enviado a revisión"
  std::string reason;
};
struct GuidelineVersionView {
  GuidelineRef ref;
  procedure::GuidelineState state = procedure::GuidelineState::draft;
  bool sample = false;
  std::string author_name, approved_by_name, published_by_name;
  std::optional<Instant> approved_at, published_at, in_force_from, replaced_at;
  std::vector<procedure::ReviewReason> reasons;
  std::vector<GuidelineMoveLine> history;
  std::size_t criteria = 0;
  // Against the version in force; nothing for one that is or was in force, or when there is none.
  std::optional<std::size_t> added, removed, changed;
  bool control_confirmed = false;
  bool can_take = false, can_edit = false, can_submit = false, can_decide = false, can_publish = false,
       can_discard = false, can_confirm_control = false, can_see_delivery = false;
  std::string problem;  // what stopped the last step
};
Card guideline_version_card(const GuidelineVersionView& view);

// ---- Its text, and what it changes ----

struct GuidelineTextView {
  GuidelineRef ref;
  procedure::GuidelineState state = procedure::GuidelineState::draft;
  bool sample = false;
  std::optional<Instant> in_force_from, replaced_at;
  std::vector<procedure::Criterion> criteria;  // all of them
  std::size_t page = 0;
};
Card guideline_text_card(const GuidelineTextView& view);

struct GuidelineDiffView {
  GuidelineRef before, after;
  std::vector<procedure::CriterionChange> changes;
  std::size_t page = 0;
};
Card guideline_diff_card(const GuidelineDiffView& view);

// ---- Forms ----

struct ReviewFormView {
  std::vector<std::pair<std::string, std::string>> practices;  // id, name
  std::string practice;                                        // chosen
  int this_term = 0;                                           // the next one can be chosen too
  GuidelineRef take;  // a loaded draft to take; version 0: a new review
  // Found in the reports and the questions of the vigencia before: "Falta la frecuencia (3 reportes)",
  // report of the first; empty for questions.
  std::vector<std::pair<std::string, std::string>> needs;
  std::string reason_kind, detail, report_id, term;  // as typed
  std::string problem;
};
Card review_form_card(const ReviewFormView& view);

struct CriterionFormView {
  GuidelineRef ref;
  std::vector<std::pair<std::string, std::string>> criteria;  // code, title: to choose from
  std::vector<std::string> sections;
  // The one being changed; an empty code asks which.
  std::string code, title, text, section;
  bool is_new = false;
  std::string problem;
};
Card criterion_form_card(const CriterionFormView& view);

}  // namespace pao::cards
