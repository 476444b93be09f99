// The period an obligation is about: a month, a quarter (trimestre), four months (cuatrimestre), a half
// (semestre) or a year.
#pragma once

#include "handlers/procedure/model.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::procedure {

struct Period {
  int year = 0;
  Periodicity kind = Periodicity::none;
  int index = 1;  // 1 is the first of its kind in the year

  bool operator==(const Period&) const = default;
};

// "2026-03", "2026-T1", "2026-C1", "2026-S1", "2026". Nothing for another form or a period that does not
// exist.
std::optional<Period> parse_period(std::string_view text);
std::string to_text(const Period& period);

Date first_day(const Period& period);
Date last_day(const Period& period);

// All periods of that kind in the year, in order; none for Periodicity::none.
std::vector<Period> periods_of_year(int year, Periodicity kind);

}  // namespace pao::procedure
