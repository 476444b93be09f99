// Parts of more than one card of a follow-up report. Internal to the cards.
#pragma once

#include "cards/card_builder.hpp"
#include "cards/file_card.hpp"
#include "handlers/procedure/follow_up_report.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace pao::cards::report_part {

inline constexpr std::size_t most_rows = 12;  // of a card; the rest is counted

std::string count_of(int count, const char* one, const char* many);  // "1 obligación", "2 obligaciones"
std::string period_of(const procedure::ReportModel& report);  // "Comunicaciones, tercer trimestre de 2026"

// Id and version as a button carries them. A draft is version 0: its button, pressed again, does not send a
// second version.
build::Data of_report(const procedure::ReportModel& report);

void add_figures(build::Blocks& body, const procedure::ReportModel& report);
// The meaning of each acronym in these words.
void add_acronyms(build::Blocks& body, const std::string& words);
void add_answers(build::Blocks& body, const procedure::ReportModel& report, const EvidenceFiles& files);
void add_changes(build::Blocks& body, const procedure::ReportModel& report);
void add_problems(build::Blocks& body, const std::vector<std::string>& problems);

// Recommendations whose comment of the advisor is missing.
void add_to_comment(build::Blocks& body, const std::vector<std::string>& recommendation_ids, bool published);

// What was said about recommendations after the publication.
void add_later(build::Blocks& body, const procedure::ReportModel& report);

build::Blocks recommendation_blocks(const procedure::ReportRecommendation& one);
std::string recommendation_words(const procedure::ReportRecommendation& one);  // everything that people wrote

}  // namespace pao::cards::report_part
