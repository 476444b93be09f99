// Needs found in the reports and the questions of a vigencia: input to the next review of the guidelines
//
#pragma once

#include "storage/session.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

struct ReviewNeed {
  std::string observed;         // as the recommendation says it
  std::string first_report_id;  // where it was seen first
  std::int64_t reports = 0;     // in how many
  std::int64_t questions = 0;   // how many asked for it; then it is of no report
};

// What the questions of a month ask of one practice's guideline.
struct AskedNeed {
  std::string practice;
  std::string words;
  std::int64_t questions = 0;
};

// What recommendations of that vigencia's reports observed on the practice, the most frequent first.
std::vector<ReviewNeed> review_needs(Session& session, std::string_view practice, int term);

// Keeps those of a month, the most asked first. False, and nothing done, when that month has some already.
bool add_asked_needs(Session& session, std::string_view month, const std::vector<AskedNeed>& needs,
                     Instant at);
bool has_asked_needs(Session& session, std::string_view month);

// What questions of that vigencia asked of the practice, the most asked first.
std::vector<ReviewNeed> asked_needs(Session& session, std::string_view practice, int term);

// "Dos tareas sin avance registrado (3 reportes)", "Falta un criterio para «…» (4 preguntas)".
std::string in_words(const ReviewNeed& need);

}  // namespace pao::storage
