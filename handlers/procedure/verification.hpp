// What the advisor checks in a record (activity 4, R-19), made from the practice's front matter: nothing is
// written per practice. And what a decision must hold.
#pragma once

#include "handlers/procedure/model.hpp"
#include "handlers/procedure/result.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pao::procedure {

enum class CheckKind {
  on_time,    // oportunidad: saved by the due date
  complete,   // the required fields are there
  evidence,   // of an accepted kind, of this period and item
  texts,      // what the texts say: clear, and of this period
  figures,    // percentages and figures agree with what is told
  condition,  // a conditional field that is due explains enough
};

struct CheckItem {
  std::string
      id;  // "oportunidad", "completo", "evidencia", "descripcion", "cifras", or the conditional field
  CheckKind kind;
  std::vector<std::string> fields;  // what to look at; empty for on_time
  // What the record itself already tells; none: only a person can say.
  std::optional<bool> known;
};

// In the order in which one checks.
std::vector<CheckItem> verification_checklist(const PracticeRules& rules, const ProgressRecord& record,
                                              Timeliness timeliness);

inline constexpr const char* check_met = "cumple";
inline constexpr const char* check_not_met = "no_cumple";

struct VerificationDraft {
  bool accept = false;
  std::map<std::string, std::string> marks;  // CheckItem::id: check_met or check_not_met
  std::string note;                          // of the advisor
  std::string correction;                    // what to correct, when returned
};

inline constexpr std::size_t shortest_correction = 10;  // characters

// A decision can be stored when every check has a mark, a returned record says what to correct, and an
// accepted one has no quality check unmet (a late record may be accepted: it stays late). `refused` with the
// sentence of what is missing.
Result<void> check_decision(const std::vector<CheckItem>& checklist, const VerificationDraft& draft);

}  // namespace pao::procedure
