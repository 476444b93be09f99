// What is asked before an approved SS is applied, by its type.
#include "cards/texts.hpp"
#include "handlers/procedure/item_changes.hpp"
#include "handlers/requests/apply_adjustment.hpp"
#include "handlers/requests/apply_change.hpp"
#include "storage/items_store.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers::requests {
namespace {

using cards::StepField;
using procedure::ItemKind;
using procedure::ServiceRequest;
namespace item_field = procedure::item_field;

std::vector<std::pair<std::string, std::string>> titled(const std::vector<std::string>& fields) {
  std::vector<std::pair<std::string, std::string>> choices;
  for (const std::string& field : fields) choices.emplace_back(field, cards::field_label(field));
  return choices;
}

StepField item_question(const ServiceRequest& request) {
  return {.name = "elemento", .value = request.item_id, .label = "Código del elemento"};
}

std::vector<std::pair<std::string, std::string>> kind_choices(const std::string& practice) {
  using P = const char*;
  constexpr std::pair<ItemKind, std::pair<P, P>> kinds[] = {
      {ItemKind::plan_activity, {procedure::practice::plans, "Actividad de un plan"}},
      {ItemKind::plan_task, {procedure::practice::plans, "Tarea de una actividad"}},
      {ItemKind::indicator, {procedure::practice::indicators, "Indicador"}},
      {ItemKind::risk, {procedure::practice::risks, "Riesgo"}},
      {ItemKind::risk_control, {procedure::practice::risks, "Control de un riesgo"}},
      {ItemKind::project, {procedure::practice::projects, "Proyecto de inversión"}},
      {ItemKind::improvement, {procedure::practice::improvements, "Mejora"}},
      {ItemKind::commitment, {procedure::practice::review_meeting, "Compromiso de la REPAC"}},
      {ItemKind::document, {procedure::practice::documents, "Documento"}},
  };
  std::vector<std::pair<std::string, std::string>> choices;
  for (const auto& [kind, named] : kinds) {
    if (practice == named.first) choices.emplace_back(procedure::to_word(kind), named.second);
  }
  return choices;
}

void add_creation(std::vector<StepField>& fields, const ServiceRequest& request) {
  if (request.type == "SS-3") {
    fields.push_back({.name = "tipo_elemento", .required = false, .choices = kind_choices(request.practice)});
    fields.push_back({.name = "depende_de", .required = false});
  }
  fields.push_back({.name = item_field::name, .required = false});
  if (request.type != "SS-3") return;
  for (const char* name : {item_field::starts_on, item_field::ends_on, item_field::owner,
                           item_field::planned_months, item_field::periodicity}) {
    fields.push_back({.name = name, .required = false});
  }
}

// The names of the values in the item's records, for a correction.
std::vector<std::string> recorded_fields(storage::Session& session, const std::string& item_id) {
  std::vector<std::string> names;
  for (const procedure::ProgressRecord& record : storage::records_of_item(session, item_id)) {
    for (const auto& [name, value] : record.values) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  return names;
}

}  // namespace

Result<ApplyForm> apply_form(storage::Session& session, const Reference& reference,
                             const ServiceRequest& request, Instant now) {
  if (request.type == "SS-4") return adjustment_form(session, reference, request, now);
  ApplyForm form;
  const auto item = storage::find_item(session, request.item_id);
  if (request.type == "SS-1") {
    form.advice = "Corrige un dato de un registro. Queda el valor anterior con su nombre.";
    form.fields = {item_question(request),
                   {.name = "periodo"},
                   {.name = "campo", .choices = titled(recorded_fields(session, request.item_id))},
                   {.name = "valor_nuevo", .value = request.requested_value}};
  } else if (request.type == "SS-3") {
    form.advice =
        "Para eliminar basta el código: lo que ya venció se conserva. Para crear, complete los datos.";
    form.fields = {{.name = "accion", .choices = {{"crear", "Crear"}, {"eliminar", "Eliminar"}}},
                   item_question(request)};
    add_creation(form.fields, request);
  } else if (request.type == "SS-5") {
    form.advice =
        "El proceso podrá registrar desde hoy y durante dos (2) días hábiles. El registro queda "
        "marcado como extemporáneo.";
    form.fields = {item_question(request), {.name = "periodo", .value = request.requested_value}};
  } else if (request.type == "SS-6") {
    form.advice = "Para eliminar basta el código. Para actualizar, elija el dato y escriba el valor nuevo.";
    form.fields = {{.name = "accion",
                    .choices = {{"actualizar", "Actualizar"}, {"crear", "Crear"}, {"eliminar", "Eliminar"}}},
                   item_question(request),
                   {.name = "campo",
                    .required = false,
                    .value = request.field,
                    .choices = titled(procedure::changeable_fields(ItemKind::document))},
                   {.name = "valor_nuevo", .required = false, .value = request.requested_value}};
    add_creation(form.fields, request);
  } else if (request.type == "SS-7") {
    form.advice = "Se abre una consulta a nombre de quien la pidió, para que usted la responda.";
  } else {
    form.advice = "Cambia un dato del elemento. Las fechas se escriben así: 2026-11-30.";
    form.fields = {
        item_question(request),
        {.name = "campo",
         .value = request.field,
         .choices = titled(procedure::changeable_fields(item ? item->kind : ItemKind::plan_activity))},
        {.name = "valor_nuevo", .value = request.requested_value}};
  }
  return form;
}

}  // namespace pao::handlers::requests
