#include "handlers/procedure/record_quality.hpp"

#include "handlers/procedure/numbers.hpp"
#include "handlers/procedure/period.hpp"
#include "handlers/procedure/progress_rules.hpp"
#include "handlers/procedure/record_fields.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace pao::procedure {
namespace {

using Values = std::map<std::string, std::string>;
using Findings = std::vector<QualityFinding>;

// Shorter texts ("ninguna", "sin novedad") are rightly the same each time.
constexpr std::size_t shortest_story = 25;

std::string value_of(const Values& values, const std::string& field) {
  const auto found = values.find(field);
  return found == values.end() ? std::string{} : found->second;
}

// Letters and digits in lower case, words parted by one blank; other bytes (accents) as they are.
std::string words_of(const std::string& text) {
  std::string words;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (c >= 'A' && c <= 'Z') {
      words += static_cast<char>(c - 'A' + 'a');
    } else if (letter) {
      words += c;
    } else if (!words.empty() && words.back() != ' ') {
      words += ' ';
    }
  }
  if (!words.empty() && words.back() == ' ') words.pop_back();
  return words;
}

bool is_evidence(const PracticeRules& rules, const std::string& field) {
  return field == evidence_field(rules);
}

bool is_story(const PracticeRules& rules, const std::string& field, const std::string& value) {
  return field_kind(field) == FieldKind::text && !is_evidence(rules, field) && field != "responsable" &&
         value.size() >= shortest_story;
}

// "2026-09" inside a file's name; the first month that is one.
std::string month_named(const std::string& text) {
  const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  for (std::size_t i = 0; i + 7 <= text.size(); ++i) {
    const bool inside = (i > 0 && digit(i - 1)) || (i + 7 < text.size() && digit(i + 7));
    if (inside || text[i] != '2' || text[i + 1] != '0' || (text[i + 4] != '-' && text[i + 4] != '_'))
      continue;
    std::string month = text.substr(i, 7);
    month[4] = '-';
    const auto period = parse_period(month);
    if (period && period->kind == Periodicity::monthly) return month;
  }
  return {};
}

void look_for_repetition(const PracticeRules& rules, const std::string& field, const std::string& value,
                         const ProgressRecord& previous, Findings& findings) {
  const std::string earlier = field_value(previous.values, field);
  if (earlier.empty()) return;
  if (is_story(rules, field, value) && same_words(value, earlier)) {
    findings.push_back(
        {"texto_repetido", field, Weight::confirm,
         "Es el mismo texto del registro anterior. Cuente lo de este periodo: qué se hizo, qué "
         "resultado dejó y qué falta."});
  } else if (is_evidence(rules, field) && value == earlier) {
    findings.push_back(
        {"evidencia_repetida", field, Weight::confirm,
         "Es la misma evidencia del registro anterior. La evidencia debe ser de este periodo."});
  } else if (field == "porcentaje_avance" && value == earlier && parse_number(value) != 100.0) {
    findings.push_back({"mismo_porcentaje", field, Weight::tell,
                        "El porcentaje acumulado es igual al del registro anterior."});
  }
}

void look_for_other_period(const PracticeRules& rules, const std::string& field, const std::string& value,
                           const std::string& period, Findings& findings) {
  const auto own = parse_period(period);
  if (!own || own->kind != Periodicity::monthly || !is_evidence(rules, field)) return;
  const std::string month = month_named(value);
  if (month.empty() || month == period) return;
  findings.push_back({"evidencia_de_otro_periodo", field, Weight::confirm,
                      "El nombre de la evidencia dice " + month +
                          ", que no es el periodo que registra. Revise que sea la correcta."});
}

// PLA-09: sentences that explain nothing are returned.
void look_for_excuse(const std::string& field, const std::string& value, Findings& findings) {
  if (field != "justificacion_atraso") return;
  const std::string words = words_of(value);
  const bool excuse = words == "en proceso" || words == "por temas administrativos" ||
                      words == "sin novedad" || words == "pendiente" || words.size() < 15;
  if (!excuse) return;
  findings.push_back({"excusa", field, Weight::confirm,
                      "La justificación es muy corta o no explica el atraso, y así se devuelve. Escriba la "
                      "causa, la medida y la fecha en que se pondrá al día."});
}

void look_at_target(const Item& item, const Values& values, Findings& findings) {
  if (item.kind != ItemKind::indicator) return;
  const auto share = share_of_target(item, values);
  if (!share || *share >= 100) return;
  std::string result = value_of(values, "resultado");
  std::replace(result.begin(), result.end(), '.', ',');
  std::string target = value_of(item.attributes, "meta");
  std::replace(target.begin(), target.end(), '.', ',');
  findings.push_back({"por_debajo_de_la_meta", "resultado", Weight::tell,
                      "El resultado (" + result + ") no alcanza la meta (" + target +
                          "). Explique en el análisis por qué y qué hará."});
}

}  // namespace

bool same_words(const std::string& left, const std::string& right) {
  return words_of(left) == words_of(right);
}

std::optional<double> share_of_target(const Item& indicator, const Values& values) {
  const auto result = parse_number(value_of(values, "resultado"));
  const auto target = parse_number(value_of(indicator.attributes, "meta"));
  if (!result || !target || *target == 0) return std::nullopt;
  if (value_of(indicator.attributes, "tendencia") != "decreciente") return *result / *target * 100;
  if (*result <= *target) return 100.0;
  return *target / *result * 100;
}

const char* measurement_state(double share_of_target) {
  if (share_of_target >= 90) return "satisfactorio";
  return share_of_target >= 70 ? "en_riesgo" : "critico";
}

std::vector<QualityFinding> check_quality(const PracticeRules& rules, const Item& item, const Values& values,
                                          const ProgressRecord* previous) {
  Findings findings;
  for (const auto& [field, value] : values) {
    if (previous != nullptr) look_for_repetition(rules, field, value, *previous, findings);
    look_for_other_period(rules, field, value, value_of(values, "periodo"), findings);
    look_for_excuse(field, value, findings);
  }
  look_at_target(item, values, findings);
  return findings;
}

bool needs_confirmation(const std::vector<QualityFinding>& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const QualityFinding& one) { return one.weight == Weight::confirm; });
}

}  // namespace pao::procedure
