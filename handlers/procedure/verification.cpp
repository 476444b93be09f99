#include "handlers/procedure/verification.hpp"

#include "handlers/procedure/characters.hpp"
#include "handlers/procedure/conditions.hpp"
#include "handlers/procedure/progress_rules.hpp"
#include "handlers/procedure/record_fields.hpp"

#include <algorithm>

namespace pao::procedure {
namespace {

bool has(const ProgressRecord& record, const std::string& field) {
  return !field_value(record.values, field).empty();
}

// Fields that only name what the record is about.
bool names_the_item(const std::string& field) {
  return field == "periodo" || field == "responsable" || field.ends_with("_id") ||
         field.starts_with("codigo_");
}

std::vector<std::string> fields_of_kind(const PracticeRules& rules, bool figures) {
  std::vector<std::string> fields;
  for (const std::string& field : rules.required_fields) {
    const FieldKind kind = field_kind(field);
    const bool is_text = kind == FieldKind::text || kind == FieldKind::choice || kind == FieldKind::date;
    if (names_the_item(field) || field == evidence_field(rules) || is_text == figures) continue;
    fields.push_back(field);
  }
  return fields;
}

const char* marks_missing = "Marque cada punto de la lista con «cumple» o «no cumple» antes de decidir.";

}  // namespace

std::vector<CheckItem> verification_checklist(const PracticeRules& rules, const ProgressRecord& record,
                                              Timeliness timeliness) {
  std::vector<CheckItem> checks;
  checks.push_back({"oportunidad", CheckKind::on_time, {}, timeliness == Timeliness::on_time});
  std::vector<std::string> missing;
  for (const std::string& field : rules.required_fields) {
    if (!names_the_item(field) && !has(record, field)) missing.push_back(field);
  }
  // What is missing in an imported record may stand in the SMGI, so that only "all there" is known.
  checks.push_back(
      {"completo", CheckKind::complete, missing, missing.empty() ? std::optional(true) : std::nullopt});
  if (rules.evidence_required)
    checks.push_back({"evidencia", CheckKind::evidence, {evidence_field(rules)}, std::nullopt});
  if (auto texts = fields_of_kind(rules, false); !texts.empty())
    checks.push_back({"descripcion", CheckKind::texts, std::move(texts), std::nullopt});
  if (auto figures = fields_of_kind(rules, true); !figures.empty())
    checks.push_back({"cifras", CheckKind::figures, std::move(figures), std::nullopt});
  for (const auto& [field, condition] : rules.conditional_fields) {
    // What was asked for stands in the record, also when the condition needed more than the record says.
    if (has(record, field) || condition_holds(condition, record.values))
      checks.push_back({field, CheckKind::condition, {field}, std::nullopt});
  }
  return checks;
}

Result<void> check_decision(const std::vector<CheckItem>& checklist, const VerificationDraft& draft) {
  bool all_met = true;
  for (const CheckItem& check : checklist) {
    const auto mark = draft.marks.find(check.id);
    const bool met = mark != draft.marks.end() && mark->second == check_met;
    if (!met && (mark == draft.marks.end() || mark->second != check_not_met))
      return fail(ErrorCode::refused, "verification: a check has no mark", marks_missing);
    all_met = all_met && (met || check.kind == CheckKind::on_time);
  }
  if (draft.accept && !all_met) {
    return fail(ErrorCode::refused, "verification: accepted with a check unmet",
                "Hay un punto de calidad que no cumple. Devuelva el avance y diga qué corregir, o revise la "
                "marca.");
  }
  if (!draft.accept && count_characters(draft.correction) < shortest_correction) {
    return fail(ErrorCode::refused, "verification: returned without what to correct",
                "Para devolver el avance escriba qué debe corregir el proceso.");
  }
  return {};
}

}  // namespace pao::procedure
