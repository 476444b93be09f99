// What the advisor prepares, sends and resolves of a follow-up report (activities 5 and 6).
#pragma once

#include "cards/card.hpp"
#include "cards/file_card.hpp"
#include "handlers/procedure/follow_up_report.hpp"

#include <string>
#include <utility>
#include <vector>

namespace pao::cards {

struct ReportEditView {
  procedure::ReportModel report;
  std::vector<std::string> problems;  // of the language: they block sending
  std::string control_subject;        // of activity 4, unconfirmed: it blocks sending; empty: nothing missing
  std::vector<std::pair<std::string, std::string>> practices;
};
Card report_edit_card(const ReportEditView& view);

// An SS-4 that the report waits for.
struct PendingAdjustment {
  std::string request_id;
  std::string what;             // "Falta decidirla"
  std::string control_subject;  // of the control point that is to be confirmed; empty: the SS has a step left
};

struct ResolveView {
  procedure::ReportModel report;  // final, as it would be now
  std::vector<PendingAdjustment> adjustments;
  std::vector<std::string> to_comment;  // recommendations that the process set aside
  EvidenceFiles files = {};             // of the answers, by their id
};
// What the process said and what is still to be done about it before the report is final.
Card report_resolve_card(const ResolveView& view);

}  // namespace pao::cards
