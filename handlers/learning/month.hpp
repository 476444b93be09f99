// A month of advice as the register holds it: figures and what the questions say about the guidelines
//
#pragma once

#include "handlers/procedure/advice_figures.hpp"
#include "handlers/procedure/learning.hpp"
#include "handlers/reference.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace pao::handlers::learning {

struct Month {
  int year = 0;
  unsigned month = 1;  // 1…12

  Instant from() const;   // 00:00 in Bogotá of its first day
  Instant until() const;  // of the first day after it
  Month before(int months) const;
  std::string word() const;  // "2026-10"
};

// "2026-10"; nothing for anything else.
std::optional<Month> parse_month(std::string_view word);
Month month_of(Instant at);

procedure::MonthlyFigures figures_of(storage::Session& session, const Reference& reference,
                                     const Month& month);

// The questions of the month, oldest first, with what became of each. Feedback given later counts too.
std::vector<procedure::AskedQuestion> questions_of(storage::Session& session, const Month& month);

}  // namespace pao::handlers::learning
