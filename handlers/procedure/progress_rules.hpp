// What a progress record must hold before it is saved (R-12, R-14, R-15, PLA-08, PLA-09, IND-09) and whether
// its period still accepts one (5.3, GEN-18).
#pragma once

#include "handlers/procedure/model.hpp"
#include "handlers/procedure/period.hpp"
#include "handlers/procedure/result.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pao::procedure {

// How a field is filled in.
enum class FieldKind {
  text,
  percentage,  // 0 to 100, cumulative: never below the previous record
  number,
  pesos,
  date,  // ISO
  choice,
};

// How the field is filled in; a field that is not in the table is free text.
FieldKind field_kind(std::string_view field);
std::vector<const char*> field_choices(std::string_view field);

// Characters (not bytes) that a text may have at most.
inline constexpr std::size_t max_text_length = 4000;

// The field that carries the kind of the evidence ("acta", "informe"), beside the evidence itself.
inline constexpr const char* evidence_kind_field = "tipo_evidencia";

// The field that names the evidence of a practice: "evidencia", or "acta" where the minutes are the evidence
// (REPAC).
std::string evidence_field(const PracticeRules& rules);

// Something to correct: the field, and what to do, in Spanish. The sentence stands beside the field and does
// not repeat its name.
struct FieldProblem {
  std::string field;
  std::string sentence;
};

// What the record is about, beside what the person typed.
struct ProgressContext {
  Period period;
  const ProgressRecord* previous = nullptr;  // the latest record of an earlier period, if any
  std::optional<double> planned_percentage;  // cumulative, of this period (planned_percentage() of the task)
  std::string owner_name = {};               // who answers for the item, when nobody else is named
};

struct ProgressCheck {
  // As it would be stored: numbers with a point and no grouping, texts without surrounding blanks, known
  // fields (period, ids, owner) filled in, an indicator's result computed. Fields that were not
  // asked, and empty ones, are left out.
  std::map<std::string, std::string> values;
  std::vector<FieldProblem> problems;    // empty: may be saved; in the order of the practice's fields
  std::vector<std::string> conditional;  // conditional fields that these values make mandatory
};

// Checks the values of one record. Of an indicator, `resultado` is always computed from its formula and never
// taken from the person; with denominator 0 it stays empty and the analysis must say why (IND-09).
ProgressCheck check_progress(const PracticeRules& rules, const Item& item, const ProgressContext& context,
                             const std::map<std::string, std::string>& typed);

// What every record of the practice says: the required fields in the guideline's order and what its
// conditions are decided by, a programmed amount after the amount it is compared with and questions
// ("asiste_lider") last.
std::vector<std::string> fields_to_fill(const PracticeRules& rules);

// The conditional fields of the practice that these values make mandatory, by name (conditions.hpp).
std::vector<std::string> conditional_fields_due(const PracticeRules& rules,
                                                const std::map<std::string, std::string>& values);

// Whether the obligation accepts a new record now: from its opening to the last second of its due day, or
// until the end of `reopened_until` when an approved SS-5 reopened it (the record stays late). `refused` with
// a Spanish sentence otherwise; for a closed period it points to the SS-5.
Result<void> period_is_open(const Obligation& obligation, Instant now,
                            std::optional<Date> reopened_until = std::nullopt);

// Business days that an approved SS-5 reopens a period for (5.3, GEN-18).
inline constexpr int reopening_business_days = 2;

}  // namespace pao::procedure
