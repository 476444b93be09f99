// Follow-up reports in the chat: what the process reads and answers, and what the
// advisor prepares, sends, resolves and publishes.
#pragma once

#include "cards/card.hpp"
#include "handlers/procedure/follow_up_report.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pao::cards {

struct ReportCardView {
  procedure::ReportModel report;
  int business_days_left = 0;  // of the window; shown while it is open
  bool window_open = false;
  bool may_respond = false;  // leader or liaison of the process
  bool is_leader = false;
  bool liaison_accepted = false;  // waits for the leader
  int unanswered_recommendations = 0;
  bool is_advisor = false;  // of the process
};
// The preventive report with what can be done about it.
Card report_card(const ReportCardView& view);

// The final report: what was answered and decided, what changed, its fingerprint.
Card final_report_card(const ReportCardView& view);

// One line of a list of reports.
struct ReportRow {
  std::string id;
  std::string process_name;
  std::string cycle;
  std::string state;   // in words: "En validación"
  std::string detail;  // "Vence el …, le quedan 6 días hábiles"; may be empty
};
// `intro` says whose list it is and what waits.
Card report_list_card(const std::string& title, const std::string& intro, const std::vector<ReportRow>& rows);
std::string report_state_name(procedure::ReportState state);

struct JustifyView {
  std::string report_id;
  int version = 1;
  std::string title;                                       // of the report
  std::vector<std::pair<std::string, std::string>> lines;  // value, text; the whole report comes first
  std::string text, evidence, line;                        // as typed before
  std::string problem;                                     // what is missing; empty at first
};
Card report_justify_card(const JustifyView& view);

struct RecommendationView {
  procedure::ReportRecommendation recommendation;
  std::string process_name;
  std::optional<Date> answer_by;  // end of the window
  int business_days_left = 0;
  bool can_answer = false;
  std::string problem;
};
// The recommendations of a report, each with its answer control (R-34, C-06).
Card recommendations_card(const std::string& title, const std::vector<RecommendationView>& all);
Card recommendation_form_card(const RecommendationView& view);

// ---- The advisor ----

struct ReportEditView {
  procedure::ReportModel report;
  std::vector<std::string> problems;  // of the language: they block sending
  std::vector<std::pair<std::string, std::string>> practices;
};
Card report_edit_card(const ReportEditView& view);
// `recommendation.id` empty: a new one.
Card recommendation_edit_card(const std::string& report_id,
                              const procedure::ReportRecommendation& recommendation,
                              const std::vector<std::pair<std::string, std::string>>& practices,
                              const std::vector<std::string>& problems);

struct ResolveView {
  procedure::ReportModel report;                           // final, as it would be now
  std::vector<std::pair<std::string, std::string>> lines;  // that an SS-4 may adjust
  std::vector<std::string> approved_requests;              // SS-4 that were approved
  std::string problem;
};
// What the process said and is still to be decided, line adjustments, comments on what does not apply.
Card report_resolve_card(const ResolveView& view);

// After an action: one sentence and the way back to the report.
Card report_notice_card(const std::string& title, const std::string& sentence, const std::string& report_id);

}  // namespace pao::cards
