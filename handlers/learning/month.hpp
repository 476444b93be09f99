// A month of advice as the register holds it: figures and what the questions say about the guidelines
//
#pragma once

#include "handlers/procedure/advice_figures.hpp"
#include "handlers/procedure/learning.hpp"
#include "handlers/reference.hpp"
#include "storage/answers_store.hpp"
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

// The answers of the month, oldest first, with what became of each. Feedback given later counts too.
std::vector<procedure::AskedQuestion> questions_of(storage::Session& session, const Month& month);

// How many of them somebody asked: what was picked from a list is none.
int asked_in(const std::vector<procedure::AskedQuestion>& questions);

// One question of the register, with everything that became of it.
struct RegisterLine {
  storage::ShownAnswer shown;
  bool generated = false;                     // a language model wrote what was shown
  std::string consult_id;                     // that it became; empty: none
  int level = 0;                              // of attention that it reached; 0: the assistant's
  std::optional<bool> helped = std::nullopt;  // nothing: nobody said
  std::string reason = {};                    // why not
};

// The questions of the month, oldest first.
std::vector<RegisterLine> register_of(storage::Session& session, const Month& month);

}  // namespace pao::handlers::learning
