// Choosing the type of an SS and filling it in.
#include "cards/card_builder.hpp"
#include "cards/field_input.hpp"
#include "cards/fields.hpp"
#include "cards/request_card.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"
#include "handlers/procedure/request_rules.hpp"

#include <algorithm>
#include <string_view>

namespace pao::cards {
namespace {

using namespace build;

struct TypeUse {
  std::string_view type;
  const char* use;  // what it is for
};

constexpr TypeUse type_uses[] = {
    {"SS-1", "Corregir un dato ya registrado"},
    {"SS-2", "Cambiar una fecha, una meta, un peso o un responsable"},
    {"SS-3", "Crear o eliminar un elemento"},
    {"SS-4", "Ajustar el reporte de seguimiento"},
    {"SS-5", "Registrar en un periodo que ya cerró"},
    {"SS-6", "Crear, actualizar o eliminar un documento"},
    {"SS-7", "Pedir asesoría o una mesa de trabajo"},
};

std::string_view use_of(std::string_view type) {
  const auto found = std::find_if(std::begin(type_uses), std::end(type_uses),
                                  [&](const TypeUse& row) { return row.type == type; });
  return found == std::end(type_uses) ? std::string_view() : found->use;
}

// A field as this type asks for it.
FieldSpec spec_for(std::string_view type, const std::string& field) {
  FieldSpec spec = field_spec(field);
  if (type == "SS-5" && field == procedure::request_field::requested_value) {
    spec.label = "Periodo que quiere reabrir";
    spec.hint = "Por ejemplo, octubre de 2026 o 2026-10.";
  }
  if (type == "SS-4" && field == procedure::request_field::current_value)
    spec.label = "Qué dice hoy el reporte";
  if (type == "SS-4" && field == procedure::request_field::requested_value) spec.label = "Qué debería decir";
  return spec;
}

std::string days(int count) {
  return std::to_string(count) + (count == 1 ? " día hábil" : " días hábiles");
}

std::string type_title(const procedure::ServiceLevel& type) {
  const std::string_view use = use_of(type.type);
  return (use.empty() ? request_type_name(type.type) : std::string(use)) + " (" + type.type + ", " +
         days(type.business_days) + ")";
}

std::string value_of(const RequestFormView& view, const std::string& field) {
  const auto found = view.values.find(field);
  return found == view.values.end() ? "" : found->second;
}

// Asked when there is something to choose, carried by the button when there is not.
void add_choice(Blocks& body, Data& data, const RequestFormView& view, const std::string& field,
                const std::vector<std::pair<std::string, std::string>>& options) {
  if (options.size() == 1) {
    data.emplace_back(field, options.front().first);
    return;
  }
  FieldSpec spec = field_spec(field);
  for (const auto& [id, name] : options) spec.choices.push_back({id, name});
  add_field_input(body, spec, value_of(view, field), true, view.problems);
}

Json change_order_notice() {
  return container(
      {text("Ese cambio se pide por SS. ¿Preparo la solicitud?", {.bold = true}),
       text("Un mensaje no modifica fechas, metas, pesos, responsables ni textos: la SS es el único canal "
            "oficial. No he cambiado nada.")},
      Box::emphasis);
}

}  // namespace

Card request_types_card(const RequestTypesView& view) {
  Blocks body = {heading("Solicitud del SUG (SS)")};
  if (view.from_change_order) body.push_back(change_order_notice());
  if (!view.subject.empty()) body.push_back(text("Asunto: " + shorten(view.subject, 300), {.subtle = true}));
  if (!view.item_id.empty())
    body.push_back(
        text("Elemento: " + shorten(view.item_id, 60), {.subtle = true, .tight = !view.subject.empty()}));
  std::vector<std::pair<std::string, std::string>> options;
  for (const procedure::ServiceLevel& type : view.types) options.emplace_back(type.type, type_title(type));
  body.push_back(choice_input(
      {"tipo", "¿Qué necesita?", view.from_change_order ? "SS-2" : "", true, "Elija el tipo de solicitud."},
      options, ChoiceLook::buttons));
  return finish({view.from_change_order ? "Ese cambio se pide por SS" : "Solicitud del SUG (SS)",
                 std::move(body),
                 {{"Preparar la solicitud",
                   verb::request_form,
                   {{"asunto", shorten(view.subject, 250)}, {"elemento", shorten(view.item_id, 80)}},
                   Button::Kind::primary}}});
}

Card request_form_card(const RequestFormView& view) {
  Facts known = {{"Tipo", view.type.type + ", " + request_type_name(view.type.type)},
                 {"Respuesta", "en " + days(view.type.business_days) + " como máximo"}};
  if (view.processes.size() == 1) known.emplace_back("Proceso", view.processes.front().second);
  if (view.practices.size() == 1) known.emplace_back("Práctica", view.practices.front().second);
  Blocks body = {heading("Preparar la solicitud SS")};
  if (view.from_change_order) body.push_back(change_order_notice());
  body.push_back(facts(known));
  if (!view.problems.empty()) body.push_back(problem_list(view.problems));

  Data data = {{"tipo", view.type.type}};
  add_choice(body, data, view, "proceso", view.processes);
  add_choice(body, data, view, "practica", view.practices);
  const std::vector<std::string> needed = procedure::required_request_fields(view.type.type);
  const auto add = [&](const std::string& field) {
    const bool required = std::find(needed.begin(), needed.end(), field) != needed.end();
    const bool named = std::any_of(view.problems.begin(), view.problems.end(),
                                   [&](const FormProblem& problem) { return problem.field == field; });
    FieldSpec spec = spec_for(view.type.type, field);
    if (!required && !named) spec.label += " (opcional)";
    add_field_input(body, spec, value_of(view, field), required || named, view.problems);
  };
  add(procedure::request_field::subject);
  add(procedure::request_field::item);
  if (!view.fields.empty()) {
    FieldSpec spec = field_spec(procedure::request_field::changed_field);
    for (const std::string& name : view.fields) spec.choices.push_back({name, field_label(name)});
    spec.label += " (opcional)";
    add_field_input(body, spec, value_of(view, spec.name), false, view.problems);
  }
  add(procedure::request_field::current_value);
  add(procedure::request_field::requested_value);
  add(procedure::request_field::justification);
  add(procedure::request_field::evidence);
  body.push_back(
      text("Si la presenta el enlace y cambia metas, fechas o riesgos, necesita el aval del líder: se lo "
           "pediré por usted.",
           {.subtle = true, .small = true}));
  return finish({"Preparar la solicitud SS: " + request_type_name(view.type.type),
                 std::move(body),
                 {{"Enviar solicitud", verb::request_file, std::move(data), Button::Kind::primary},
                  {"Cambiar el tipo",
                   verb::request_start,
                   {{"asunto", shorten(value_of(view, "asunto"), 250)},
                    {"elemento", shorten(value_of(view, "elemento"), 80)}},
                   Button::Kind::normal,
                   false}}});
}

}  // namespace pao::cards
