// The form of one progress update: the practice's required fields, in the guideline's order.
#include "cards/card_builder.hpp"
#include "cards/field_input.hpp"
#include "cards/fields.hpp"
#include "cards/progress_card.hpp"
#include "cards/progress_fields.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"
#include "handlers/procedure/obligations.hpp"
#include "handlers/procedure/progress_rules.hpp"

#include <algorithm>

namespace pao::cards {
namespace {

using namespace build;

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The value of an identity field when item and period tell it; empty: the person has to say it.
std::string told_by_item(const ProgressFormView& view, const std::string& field) {
  using procedure::ItemKind;
  const procedure::Item& item = view.item;
  if (field == "periodo") return view.period;
  if (field == "riesgo_id") return item.kind == ItemKind::risk_control ? item.parent_id : "";
  if (field == "actividad_id" && item.kind == ItemKind::plan_task)
    return item.parent_id.empty() ? item.id : item.parent_id;
  const bool is_item = (field == "control_id" && item.kind == ItemKind::risk_control) ||
                       (field == "indicador_id" && item.kind == ItemKind::indicator) ||
                       (field == "mejora_id" && item.kind == ItemKind::improvement) ||
                       (field == "plan_id" && item.kind == ItemKind::continuity_plan) ||
                       (field == "codigo_bpin" && item.kind == ItemKind::project) ||
                       (field == "codigo_documento" && item.kind == ItemKind::document &&
                        !procedure::stands_for_process(item));
  return is_item ? item.id : "";
}

// Fields that depend on figures of the same form are offered before it is known whether they are due: with
// what to say of it; empty for another field.
std::string hint_when_optional(const std::string& field) {
  if (field == "justificacion_atraso") return "Obligatoria si va por debajo de lo programado. ";
  if (field == "alerta_ejecucion") return "Obligatoria si la ejecución es baja frente a lo programado. ";
  return "";
}

}  // namespace

std::vector<AskedField> asked_fields(const ProgressFormView& view) {
  std::vector<AskedField> asked;
  const auto known = [&](const std::string& field) {
    return std::any_of(asked.begin(), asked.end(), [&](const AskedField& row) { return row.field == field; });
  };
  const auto add = [&](const std::string& field, bool required) {
    const FieldKind kind = field_spec(field).kind;
    if (known(field) || kind == FieldKind::computed || !told_by_item(view, field).empty()) return;
    asked.push_back({field, required});
    if (kind == FieldKind::evidence && !view.rules.evidence_kinds.empty() &&
        !known(procedure::evidence_kind_field))
      asked.push_back({procedure::evidence_kind_field, required});
  };
  for (const std::string& field : procedure::fields_to_fill(view.rules)) {
    add(field, true);
    if (field == "porcentaje_avance" && contains(view.conditional, "justificacion_atraso"))
      add("justificacion_atraso", true);
  }
  if (view.rules.evidence_required) add(procedure::evidence_field(view.rules), true);
  for (const std::string& field : view.conditional) add(field, true);
  for (const FormProblem& problem : view.problems) {
    if (!problem.field.empty()) add(problem.field, true);
  }
  for (const procedure::ConditionalField& row : view.rules.conditional_fields) {
    if (!hint_when_optional(row.field).empty()) add(row.field, false);
  }
  return asked;
}

namespace {

std::string value_of(const ProgressFormView& view, const std::string& field) {
  const auto found = view.values.find(field);
  return found == view.values.end() ? "" : found->second;
}

Json item_facts(const ProgressFormView& view) {
  Facts rows = {{"Elemento", view.item.id}};
  for (const std::string& field : view.rules.required_fields) {
    const std::string told = told_by_item(view, field);
    if (!told.empty() && field != "periodo" && told != view.item.id)
      rows.emplace_back(field_label(field), told);
  }
  rows.emplace_back("Nace de", view.origin);
  rows.emplace_back("Proceso", view.process_name);
  rows.emplace_back("Periodo", period_name(view.period));
  rows.emplace_back("Plazo", due_phrase(view.due_on, view.business_days_left));
  rows.emplace_back("Programado",
                    view.planned.empty() ? "" : value_text("porcentaje_programado", view.planned));
  rows.emplace_back("Antes", view.last_known);
  return facts(rows);
}

Data carried(const ProgressFormView& view) {
  Data data = {{"elemento", view.item.id}, {"periodo", view.period}};
  if (!view.record_id.empty()) data.emplace_back("registro", view.record_id);
  if (!view.doubts.empty()) data.emplace_back("confirmado", "si");
  for (const std::string& field : view.rules.required_fields) {
    const std::string told = told_by_item(view, field);
    if (!told.empty() && field != "periodo") data.emplace_back(field, told);
  }
  return data;
}

}  // namespace

void add_progress_field(Blocks& body, const ProgressFormView& view, const AskedField& asked,
                        const std::string& suffix) {
  FieldSpec spec = field_spec(asked.field);
  if (asked.field == "actividad_id" && view.item.kind == procedure::ItemKind::improvement)
    spec.label = "Actividad de la mejora (número o nombre)";
  if (!asked.required) spec.label += " (opcional)";
  if (!asked.required) spec.hint = hint_when_optional(asked.field) + spec.hint;
  for (const std::string& kind : view.rules.evidence_kinds) {
    if (spec.kind == FieldKind::evidence_kind) spec.choices.push_back({kind, evidence_kind_name(kind)});
  }
  std::vector<FormProblem> problems = view.problems;
  for (FormProblem& problem : problems) problem.field += suffix;
  spec.name += suffix;
  if (!suffix.empty()) spec.hint.clear();
  // In a form of several items nothing is mandatory for the client: what is left blank is left alone.
  add_field_input(body, spec, value_of(view, asked.field), asked.required && suffix.empty(), problems);
}

namespace {

Json computed_result(const ProgressFormView& view) {
  const std::string known = value_of(view, "resultado");
  return container(
      {text(known.empty() ? "Resultado" : "Resultado: " + value_text("resultado", known), {.bold = true}),
       text("No tiene que escribirlo: se calcula con el numerador y el denominador, según la fórmula "
            "de la hoja de vida.",
            subtle_small)},
      Box::emphasis);
}

// What may be saved as it is, when the person says so.
Json doubt_list(const std::vector<FormProblem>& doubts) {
  Blocks items = {text("Antes de guardar, revise:", {.bold = true})};
  for (const FormProblem& doubt : doubts) {
    const std::string label = doubt.field.empty() ? "" : "**" + plain(field_label(doubt.field)) + "**: ";
    items.push_back(markdown(label + plain(shorten(doubt.sentence, 300)), {.tight = true}));
  }
  items.push_back(text("Si es así, guárdelo; si no, corríjalo aquí mismo.", subtle_small));
  return container(std::move(items), Box::warning);
}

}  // namespace

Card progress_form_card(const ProgressFormView& view) {
  const bool corrects = !view.record_id.empty();
  const std::string title = corrects ? "Corregir avance: " : "Registrar avance: ";
  Blocks body = {heading(title + practice_name(view.rules.practice)),
                 text(shorten(view.item.name, 200), {.bold = true}), item_facts(view)};
  if (!view.must_correct.empty())
    body.push_back(
        container({text("Su asesor pidió corregir:", {.bold = true}), text(shorten(view.must_correct, 600))},
                  Box::warning));
  if (!view.problems.empty()) body.push_back(problem_list(view.problems));
  if (!view.doubts.empty()) body.push_back(doubt_list(view.doubts));
  for (const AskedField& asked : asked_fields(view)) {
    add_progress_field(body, view, asked, "");
    if (asked.field == "denominador" && contains(view.rules.required_fields, "resultado"))
      body.push_back(computed_result(view));
  }
  if (view.rules.sample) body.push_back(text(sample_notice, {.subtle = true, .small = true}));
  const std::string save = !view.doubts.empty() ? "Guardar así"
                           : corrects           ? "Guardar corrección"
                                                : "Guardar avance";
  return finish({title + view.item.name + ", " + period_name(view.period),
                 std::move(body),
                 {{save, corrects ? verb::progress_correct_save : verb::progress_save, carried(view),
                   Button::Kind::primary},
                  {"Más tarde", verb::my_status, {{"pagina", "0"}}, Button::Kind::normal, false}}});
}

}  // namespace pao::cards
