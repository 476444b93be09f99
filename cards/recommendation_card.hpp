// Recommendations of a follow-up report in the chat: the answer of the process and the comment of the advisor
// (procedure 5.5, R-34), and the form in which the advisor writes one.
#pragma once

#include "cards/card.hpp"
#include "cards/file_card.hpp"
#include "handlers/procedure/follow_up_report.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pao::cards {

struct RecommendationView {
  procedure::ReportRecommendation recommendation;
  std::string process_name;
  std::optional<Date> answer_by;  // end of the window
  int business_days_left = 0;
  bool can_answer = false;
  bool can_comment = false;  // the advisor, on one that the process set aside
  std::string problem;
  std::vector<EvidenceFile> files = {};  // of what was done about it
};

struct RecommendationsView {
  std::string report_id;
  std::string title;
  std::vector<RecommendationView> shown;  // of the page
  int page = 0;
  int total = 0;
};
inline constexpr int recommendations_page_size = 5;
// The recommendations of a report, each with its answer control (R-34, C-06).
Card recommendations_card(const RecommendationsView& view);
Card recommendation_form_card(const RecommendationView& view);

// `recommendation.id` empty: a new one.
Card recommendation_edit_card(const std::string& report_id,
                              const procedure::ReportRecommendation& recommendation,
                              const std::vector<std::pair<std::string, std::string>>& practices,
                              const std::vector<std::string>& problems);

}  // namespace pao::cards
