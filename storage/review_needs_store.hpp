// Needs found in the reports and consults of a vigencia: input to the next review of the guidelines.
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
};

// What recommendations of that vigencia's reports observed on the practice, the most frequent first.
std::vector<ReviewNeed> review_needs(Session& session, std::string_view practice, int term);

// "Dos tareas sin avance registrado (3 reportes)".
std::string in_words(const ReviewNeed& need);

}  // namespace pao::storage
