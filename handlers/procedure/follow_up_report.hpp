// What a follow-up report says, as plain values: one model from which the card, the
// HTML page, the JSON and the mail are made. Every line names the record it comes from.
#pragma once

#include "handlers/procedure/model.hpp"
#include "handlers/procedure/recommendation_states.hpp"
#include "handlers/procedure/report_states.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::procedure {

enum class ReportKind { preventive, final_report };
// "preventivo", "final".
std::string_view to_word(ReportKind kind);
std::optional<ReportKind> parse_report_kind(std::string_view word);

// One obligation of the cycle as it stood at the cut-off.
struct ReportLine {
  std::string practice;
  std::string item_id;
  std::string period;
  std::string item_name;
  Date due_on;
  std::string record_id;  // empty: nothing recorded
  std::optional<Instant> recorded_at;
  ObligationState state = ObligationState::future;
  std::optional<ReviewState> review;  // of the record
  int alerts = 0;                     // early alerts sent about it
  std::string treatment;              // "", "justificada", "ajustada": only in a final report
  std::string reason;                 // of the treatment
};

// The obligations of a cycle are those whose period had ended in it: the day before they can first be
// recorded lies in the quarter.
bool belongs_to_cycle(const Obligation& obligation, std::string_view cycle);

// R-26, of one practice.
struct PracticeFigures {
  std::string practice;
  int obligations = 0;  // that can be asked for at the cut-off; what is not yet due is counted apart
  int on_time = 0;
  int late = 0;
  int missing = 0;
  int returned = 0;
  int alerts = 0;
  int recommendations = 0;
  int not_yet_due = 0;
  int justified = 0;  // lines with an accepted justification
};

struct ReportRecommendation {
  std::string id;
  std::string practice;
  std::string observed;
  std::string suggestion;
  std::optional<Date> target_on;
  RecommendationState state = RecommendationState::draft;
  std::string improvement_id;
  std::string reason;           // of the process
  std::string advisor_comment;  // on a no_procede
  std::string reiterates;       // id of the unanswered one that it repeats
};

// What the process said, and what became of it.
struct ReportAnswer {
  std::string id;
  ResponseKind kind = ResponseKind::accepted;
  std::string person_name;  // empty: told by another system
  Role role = Role::liaison;
  std::string practice, item_id, period;  // the line it is about; empty: the whole
  std::string text;
  std::string evidence;
  std::string request_id;  // of an SS-4
  Instant at;
  std::string resolution;         // "aceptada", "aceptada_en_parte", "rechazada"; empty: pending
  std::string resolution_reason;  // why
};

// One field of one line that differs between the preventive and the final report, and why.
struct LineChange {
  std::string practice, item_id, period, item_name;
  std::string field;  // "estado", "registro", "revisión", "tratamiento"
  std::string before, after;
  std::string reason;
};

struct ReportModel {
  std::string id;  // "REP-DIR-2026-T3"
  std::string process_id, process_name;
  std::string cycle;  // "2026-T3"
  ReportKind kind = ReportKind::preventive;
  int version = 1;
  ReportState state = ReportState::draft;
  std::string leader_name, advisor_name;
  Instant cut_off_at;
  std::optional<Instant> sent_at;
  std::optional<Date> deadline_on;
  std::string explanation;   // of the deadline
  std::string introduction;  // the advisor's words; may be empty
  std::string outcome;       // "aceptado", …, "sin_pronunciamiento"; empty while the window is open
  std::vector<PracticeFigures> practices;
  std::vector<ReportLine> lines;
  std::vector<ReportRecommendation> recommendations;
  std::vector<ReportAnswer> answers;
  std::vector<LineChange> changes;  // of a final report
  std::vector<std::string> errata;
  std::string fingerprint;  // of the published document; empty before
  // Recommendations that were answered or commented after the publication, as they are now: no part of what
  // the fingerprint is of.
  std::vector<ReportRecommendation> later;
};

// One entry for each practice that has lines or recommendations, in the order of `lines`.
std::vector<PracticeFigures> figures_of(const std::vector<ReportLine>& lines,
                                        const std::vector<ReportRecommendation>& recommendations);

// Field by field, in the order of the final lines. `reason` is the final line's, or what the change itself
// tells ("Se registró el …").
std::vector<LineChange> changes_between(const std::vector<ReportLine>& preventive,
                                        const std::vector<ReportLine>& final_lines);

// The recommendations that the lines suggest, a practice each for what is missing, late and returned, in
// plain language; `target_on` is the day by which they are to be done. Without ids.
std::vector<ReportRecommendation> suggested_recommendations(const std::vector<ReportLine>& lines,
                                                            Date target_on);

// "2026-T3" of a day in October, November or December 2026: the last quarter that has ended.
std::string last_closed_cycle(Date today);

}  // namespace pao::procedure
