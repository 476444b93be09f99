// Follow-up reports in the chat: what is read and answered.
#pragma once

#include "cards/card.hpp"
#include "cards/file_card.hpp"
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
  bool is_advisor = false;                   // of the process
  std::vector<std::string> deliveries = {};  // for the advisor: "Teams: llegó a 2 de 3 personas. …"
  std::vector<std::string> to_comment = {};  // recommendations without the advisor's comment
  EvidenceFiles files = {};                  // of the answers, by their id
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

struct JustifyView {
  std::string report_id;
  int version = 1;
  std::string title;                                       // of the report
  std::vector<std::pair<std::string, std::string>> lines;  // value, text; the whole report comes first
  std::string text, evidence, line;                        // as typed before
  std::string problem;                                     // what is missing; empty at first
};
Card report_justify_card(const JustifyView& view);

// After an action: one sentence and the way back to the report.
Card report_notice_card(const std::string& title, const std::string& sentence, const std::string& report_id);

}  // namespace pao::cards
