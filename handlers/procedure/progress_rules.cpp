#include "handlers/procedure/progress_rules.hpp"

#include "handlers/procedure/characters.hpp"
#include "handlers/procedure/conditions.hpp"
#include "handlers/procedure/numbers.hpp"
#include "handlers/procedure/obligations.hpp"
#include "handlers/procedure/record_fields.hpp"
#include "handlers/procedure/record_quality.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <utility>

namespace pao::procedure {
namespace {

using Values = std::map<std::string, std::string>;

struct FieldRule {
  const char* field;
  FieldKind kind;
  std::vector<const char*> choices;  // of a choice
};

const std::vector<FieldRule>& field_rules() {
  static const std::vector<FieldRule> rules{
      {"porcentaje_avance", FieldKind::percentage, {}},
      {"avance_fisico_producto", FieldKind::percentage, {}},
      {"avance_gestion", FieldKind::percentage, {}},
      {"numerador", FieldKind::number, {}},
      {"denominador", FieldKind::number, {}},
      {"rto_logrado", FieldKind::number, {}},
      {"compromisos_cop", FieldKind::pesos, {}},
      {"obligaciones_cop", FieldKind::pesos, {}},
      {"obligaciones_programadas_cop", FieldKind::pesos, {}},
      {"pagos_cop", FieldKind::pesos, {}},
      {"fecha_reunion", FieldKind::date, {}},
      {"fecha_revision", FieldKind::date, {}},
      {"fecha_compromiso_actualizacion", FieldKind::date, {}},
      {"control_ejecutado", FieldKind::choice, {"si", "no", "no_se_presento"}},
      {"materializado", FieldKind::choice, {"si", "no"}},
      {"hubo_interrupcion", FieldKind::choice, {"si", "no"}},
      {"asiste_lider", FieldKind::choice, {"si", "no"}},
      {"resultado_revision", FieldKind::choice, {"vigente", "actualizar", "eliminar"}},
  };
  return rules;
}

const FieldRule* find_rule(std::string_view field) {
  const auto& rules = field_rules();
  const auto found =
      std::find_if(rules.begin(), rules.end(), [&](const FieldRule& rule) { return rule.field == field; });
  return found == rules.end() ? nullptr : &*found;
}

// "obligaciones_cop" for "obligaciones_programadas_cop", empty for another field.
std::string programmed_beside(const std::string& field) {
  constexpr std::string_view ending = "_programadas_cop";
  return field.ends_with(ending) ? field.substr(0, field.size() - ending.size()) + "_cop" : std::string{};
}

std::string value_of(const Values& values, const std::string& field) {
  const auto found = values.find(field);
  return found == values.end() ? std::string{} : found->second;
}

bool asks_for(const PracticeRules& rules, const char* field) {
  return std::find(rules.required_fields.begin(), rules.required_fields.end(), field) !=
         rules.required_fields.end();
}

void fill_if_empty(Values& values, const char* field, const std::string& known) {
  std::string& value = values[field];
  if (value.empty()) value = known;
}

// What the assistant knows and nobody has to type.
void fill_known_fields(Values& values, const PracticeRules& rules, const Item& item,
                       const ProgressContext& context) {
  values["periodo"] = to_text(context.period);
  if (asks_for(rules, "responsable")) fill_if_empty(values, "responsable", context.owner_name);
  switch (item.kind) {
    case ItemKind::plan_task:
      values["actividad_id"] = item.parent_id.empty() ? item.id : item.parent_id;
      break;
    case ItemKind::project:
      values["codigo_bpin"] = item.id;
      break;
    case ItemKind::indicator:
      values["indicador_id"] = item.id;
      break;
    case ItemKind::risk_control:
      values["control_id"] = item.id;
      values["riesgo_id"] = item.parent_id;
      break;
    case ItemKind::improvement:
      values["mejora_id"] = item.id;
      break;
    case ItemKind::continuity_plan:
      values["plan_id"] = item.id;
      break;
    case ItemKind::document:
      if (!stands_for_process(item)) values["codigo_documento"] = item.id;
      break;
    case ItemKind::plan_activity:
    case ItemKind::risk:
    case ItemKind::commitment:
      break;
  }
}

// Each of the following returns the problem of one value, or nothing; a good value is normalised in place.
using Problem = std::optional<std::string>;

Problem check_percentage(const std::string& field, std::string& value, const ProgressRecord* previous) {
  std::string_view digits = value;
  if (!digits.empty() && digits.back() == '%') digits.remove_suffix(1);
  const auto number = parse_number(digits);
  if (!number) return "Escriba un número, por ejemplo 93,5.";
  if (*number < 0 || *number > 100) return "El porcentaje debe estar entre 0 y 100.";
  value = stored_number(*number);
  if (previous == nullptr) return std::nullopt;
  const auto before = parse_number(field_value(previous->values, field));
  if (!before || *number >= *before) return std::nullopt;
  std::string shown = stored_number(*before);
  std::replace(shown.begin(), shown.end(), '.', ',');
  return "El porcentaje es acumulado y no puede bajar: el último registro tiene " + shown + " %.";
}

Problem check_number(std::string& value) {
  const auto number = parse_number(value);
  if (!number) return "Escriba un número, por ejemplo 93,5.";
  value = stored_number(*number);
  return std::nullopt;
}

Problem check_pesos(std::string& value) {
  const auto number = parse_pesos(value);
  if (!number) return "Escriba el valor en pesos, sin decimales, por ejemplo 1.500.000.";
  value = stored_number(*number);
  return std::nullopt;
}

Problem check_value(const std::string& field, std::string& value, const ProgressRecord* previous) {
  switch (field_kind(field)) {
    case FieldKind::percentage:
      return check_percentage(field, value, previous);
    case FieldKind::number:
      return check_number(value);
    case FieldKind::pesos:
      return check_pesos(value);
    case FieldKind::date:
      if (!parse_date(value))
        return "Escriba una fecha que exista, con año, mes y día, por ejemplo 2026-04-09.";
      return std::nullopt;
    case FieldKind::choice: {
      const auto choices = field_choices(field);
      if (std::find(choices.begin(), choices.end(), std::string_view(value)) != choices.end())
        return std::nullopt;
      return "Elija una de las opciones de la lista.";
    }
    case FieldKind::text:
      if (count_characters(value) <= max_text_length) return std::nullopt;
      return "El texto es demasiado largo. Escriba máximo 4.000 caracteres.";
  }
  return std::nullopt;
}

bool is_indicator(const PracticeRules& rules) {
  return rules.practice == practice::indicators;
}

bool has_zero_denominator(const Values& values) {
  return parse_number(value_of(values, "denominador")) == 0.0;
}

// The two formulas of the indicator sheets; nothing for another one, whose result only the SMGI can compute.
std::optional<double> computed_result(const Item& item, const Values& values) {
  const auto numerator = parse_number(value_of(values, "numerador"));
  const auto denominator = parse_number(value_of(values, "denominador"));
  if (!numerator || !denominator || *denominator == 0) return std::nullopt;
  std::string formula = value_of(item.attributes, "formula");
  formula.erase(std::remove(formula.begin(), formula.end(), ' '), formula.end());
  double factor = 0;
  if (formula.empty() || formula == "numerador/denominador*100") factor = 100;
  if (formula == "numerador/denominador") factor = 1;
  if (factor == 0) return std::nullopt;
  return std::round(*numerator / *denominator * factor * 100) / 100;
}

bool contains(const std::vector<std::string>& fields, std::string_view field) {
  return std::find(fields.begin(), fields.end(), field) != fields.end();
}

// Fields the record must have, in the order of the guideline: required ones, then conditional ones that hold,
// then what the evidence needs.
std::vector<std::string> mandatory_fields(const PracticeRules& rules, const Values& values) {
  std::vector<std::string> fields = fields_to_fill(rules);
  for (auto& field : conditional_fields_due(rules, values)) fields.push_back(std::move(field));
  if (rules.evidence_required) {
    fields.push_back(evidence_field(rules));
    if (!rules.evidence_kinds.empty()) fields.push_back(evidence_kind_field);
  }
  std::vector<std::string> unique;
  for (auto& field : fields) {
    if (!contains(unique, field)) unique.push_back(std::move(field));
  }
  return unique;
}

std::string missing_sentence(const PracticeRules& rules, const std::string& field, const Values& values) {
  if (field == "justificacion_atraso") {
    return "El avance es menor que lo programado. Escriba la causa, la medida y la fecha en que se pondrá al "
           "día.";
  }
  if (field == "alerta_ejecucion") {
    return "La ejecución es baja frente a lo programado. Escriba la causa, el plan de recuperación y la "
           "fecha.";
  }
  if (field == "accion_correctiva") {
    return "El resultado necesita atención por segunda vez seguida. Escriba la causa y la acción inmediata.";
  }
  if (rules.evidence_required && field == evidence_field(rules)) return "Esta práctica exige una evidencia.";
  if (field == evidence_kind_field) return "Elija qué clase de evidencia es.";
  if (is_indicator(rules) && field == "analisis" && has_zero_denominator(values)) {
    return "El denominador es cero. Explique por qué no hubo casos en el periodo.";
  }
  return "Este dato es obligatorio.";
}

// Everything the practice may ask for.
std::vector<std::string> asked_fields(const PracticeRules& rules) {
  std::vector<std::string> asked = fields_to_fill(rules);
  for (const auto& conditional : rules.conditional_fields) asked.push_back(conditional.field);
  asked.push_back(evidence_field(rules));
  asked.emplace_back(evidence_kind_field);
  return asked;
}

// What is typed beside the fields that are asked is not stored.
Values asked_values(const PracticeRules& rules, const Values& typed) {
  Values values;
  for (const auto& field : asked_fields(rules)) {
    if (const auto found = typed.find(field); found != typed.end()) values[field] = trimmed(found->second);
  }
  return values;
}

void add_measurement(Values& values, const std::string& name, const Item& item, const Values& recorded) {
  if (const auto share = share_of_target(item, recorded)) values[name] = measurement_state(*share);
}

// What conditions are compared with: the record, what the item says of itself ("estado"), and what follows
// from both and from the record before.
Values condition_values(const PracticeRules& rules, const Item& item, const ProgressContext& context,
                        Values values) {
  const auto asked = asked_fields(rules);
  for (const auto& [name, value] : item.attributes) {
    if (!contains(asked, name)) values[name] = value;
  }
  if (context.planned_percentage)
    values["porcentaje_programado"] = stored_number(*context.planned_percentage);
  if (context.previous != nullptr) {
    for (const auto& [name, value] : context.previous->values) values[earlier_prefix + name] = value;
  }
  if (item.kind != ItemKind::indicator) return values;
  add_measurement(values, "estado", item, values);
  if (context.previous != nullptr)
    add_measurement(values, std::string(earlier_prefix) + "estado", item, context.previous->values);
  return values;
}

bool is_allowed_evidence(const PracticeRules& rules, const std::string& kind) {
  return rules.evidence_kinds.empty() || std::find(rules.evidence_kinds.begin(), rules.evidence_kinds.end(),
                                                   kind) != rules.evidence_kinds.end();
}

// A result is empty when there was nothing to divide by, or when only the SMGI knows the formula.
bool may_be_empty(const PracticeRules& rules, const std::string& field) {
  return is_indicator(rules) && field == "resultado";
}

}  // namespace

FieldKind field_kind(std::string_view field) {
  const FieldRule* rule = find_rule(field);
  return rule == nullptr ? FieldKind::text : rule->kind;
}

std::vector<const char*> field_choices(std::string_view field) {
  const FieldRule* rule = find_rule(field);
  return rule == nullptr ? std::vector<const char*>{} : rule->choices;
}

std::string evidence_field(const PracticeRules& rules) {
  return !asks_for(rules, "evidencia") && asks_for(rules, "acta") ? "acta" : "evidencia";
}

std::vector<std::string> fields_to_fill(const PracticeRules& rules) {
  std::vector<std::string> fields = rules.required_fields;
  for (const auto& conditional : rules.conditional_fields) {
    const std::string field = condition_field(conditional.condition);
    const std::string amount = programmed_beside(field);
    const bool decides = !amount.empty() || !field_choices(field).empty();
    if (!decides || contains(fields, field)) continue;
    const auto beside = std::find(fields.begin(), fields.end(), amount);
    fields.insert(beside == fields.end() ? beside : std::next(beside), field);
  }
  return fields;
}

std::vector<std::string> conditional_fields_due(const PracticeRules& rules, const Values& values) {
  std::vector<std::string> fields;
  for (const auto& [field, condition] : rules.conditional_fields) {
    if (condition_holds(condition, values)) fields.push_back(field);
  }
  return fields;
}

ProgressCheck check_progress(const PracticeRules& rules, const Item& item, const ProgressContext& context,
                             const Values& typed) {
  ProgressCheck check;
  Values& values = check.values = asked_values(rules, typed);
  fill_known_fields(values, rules, item, context);
  if (is_indicator(rules)) values["resultado"].clear();

  std::map<std::string, std::string> bad;
  for (auto& [field, value] : values) {
    if (value.empty()) continue;
    if (auto problem = check_value(field, value, context.previous)) bad[field] = std::move(*problem);
  }
  if (const auto kind = value_of(values, evidence_kind_field);
      !kind.empty() && !is_allowed_evidence(rules, kind)) {
    bad[evidence_kind_field] = "Esta clase de evidencia no se acepta en la práctica. Elija una de la lista.";
  }
  if (is_indicator(rules)) {
    if (const auto result = computed_result(item, values)) values["resultado"] = stored_number(*result);
  }

  const Values conditions = condition_values(rules, item, context, values);
  check.conditional = conditional_fields_due(rules, conditions);
  for (const auto& field : mandatory_fields(rules, conditions)) {
    if (const auto found = bad.find(field); found != bad.end()) {
      check.problems.push_back({field, found->second});
      bad.erase(found);
    } else if (value_of(values, field).empty() && !may_be_empty(rules, field)) {
      check.problems.push_back({field, missing_sentence(rules, field, values)});
    }
  }
  for (auto& [field, sentence] : bad) check.problems.push_back({field, std::move(sentence)});
  std::erase_if(values, [](const auto& entry) { return entry.second.empty(); });
  return check;
}

Result<void> period_is_open(const Obligation& obligation, Instant now, std::optional<Date> reopened_until) {
  const auto end_of = [](Date day) { return start_of_day(day + std::chrono::days{1}); };
  if (now < start_of_day(obligation.opens_on)) {
    return fail(ErrorCode::refused, "the period has not ended yet",
                "Este periodo todavía no termina. Podrá registrar el avance cuando termine.");
  }
  if (now < end_of(obligation.due_on) || (reopened_until && now < end_of(*reopened_until))) return {};
  return fail(
      ErrorCode::refused, "the period is closed",
      "El plazo de este periodo ya cerró. Para registrar, pida la reapertura con una SS-5 y explique la "
      "razón. Si se aprueba, tendrá dos días hábiles y el registro quedará como extemporáneo (GEN-18).");
}

}  // namespace pao::procedure
