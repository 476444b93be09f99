// What a record may be looked at for before it is sent, beyond what is refused (PLA-09, PLA-12, PLA-15): the
// person confirms it or corrects it, and the advisor sees it when verifying.
#pragma once

#include "handlers/procedure/model.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pao::procedure {

enum class Weight {
  confirm,  // saved only when the person says that it is so
  tell,     // told, nothing more
};

struct QualityFinding {
  std::string rule;   // "texto_repetido", "evidencia_repetida", "evidencia_de_otro_periodo", "excusa",
                      // "mismo_porcentaje", "por_debajo_de_la_meta"
  std::string field;  // what it is about
  Weight weight = Weight::confirm;
  std::string sentence;  // Spanish, what was seen and what to do
};

// In the order of the values. `values` as check_progress() gives them; `previous`: the last record of an
// earlier period, or null.
std::vector<QualityFinding> check_quality(const PracticeRules& rules, const Item& item,
                                          const std::map<std::string, std::string>& values,
                                          const ProgressRecord* previous);

bool needs_confirmation(const std::vector<QualityFinding>& findings);

// Result against the indicator's target in percent of it, by its tendency (`creciente`, `decreciente`):
// 100 and more is met. Nothing without a result or a target, and for a target of zero.
std::optional<double> share_of_target(const Item& indicator,
                                      const std::map<std::string, std::string>& values);

// "satisfactorio", "en_riesgo" (under 90 % of the target) or "critico" (under 70 %), IND-10.
const char* measurement_state(double share_of_target);

// Whether two texts say the same, whatever their capitals, blanks and punctuation.
bool same_words(const std::string& left, const std::string& right);

}  // namespace pao::procedure
