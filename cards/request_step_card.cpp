#include "cards/request_step_card.hpp"

#include "cards/card_builder.hpp"
#include "cards/field_input.hpp"
#include "cards/fields.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

namespace pao::cards {
namespace {

using namespace build;

Button see(const procedure::ServiceRequest& request) {
  return {"Ver", verb::request_view, {{"ss", request.id}}};
}

std::string plan_of(const RequestLine& line) {
  if (line.request.endorsement_pending) return "Espera el aval del líder";
  if (line.request.state == procedure::RequestState::waiting_information)
    return "El plazo está detenido mientras llega la información";
  if (!line.request.due_on) return "Sin plazo en curso";
  return due_phrase(*line.request.due_on, line.business_days_left);
}

Json line_block(const RequestLine& line) {
  const procedure::ServiceRequest& request = line.request;
  Blocks left = {
      text(request.id + ", " + request_type_name(request.type) + ", " + line.process_name, {.bold = true}),
      text(shorten(request.subject, 160), {.tight = true})};
  left.push_back(text(request_state_text(request) + ". " + plan_of(line) + ".", subtle_small));
  if (!line.advisor_name.empty()) left.push_back(text("La tiene " + line.advisor_name + ".", subtle_small));
  return separated(side_by_side(std::move(left), {button_row({see(request)})}));
}

}  // namespace

Card request_step_card(const RequestStepView& view) {
  const procedure::ServiceRequest& request = view.request.request;
  Blocks body = {heading(view.title), text(shorten(request.subject, 300), {.bold = true})};
  body.push_back(facts({{"Solicitud", request.id},
                        {"Tipo", request.type + ", " + request_type_name(request.type)},
                        {"Estado", request_state_text(request)},
                        {"Proceso", view.request.process_name},
                        {"Elemento", request.item_id},
                        {"Valor actual", shorten(request.current_value, 400)},
                        {"Valor solicitado", shorten(request.requested_value, 400)},
                        {"Justificación", shorten(request.justification, 800)},
                        {"Evidencia", shorten(request.evidence, 400)}}));
  if (!view.advice.empty()) body.push_back(text(view.advice));
  for (const StepField& field : view.fields) {
    FieldSpec spec = field_spec(field.name);
    if (!field.label.empty()) spec.label = field.label;
    if (!field.choices.empty()) {
      spec.kind = FieldKind::choice;
      spec.choices.clear();
      for (const auto& [value, title] : field.choices) spec.choices.push_back({value, title});
    } else if (spec.kind == FieldKind::identity || spec.kind == FieldKind::choice) {
      spec.kind = FieldKind::line;
    }
    if (!field.required) spec.label += " (opcional)";
    add_field_input(body, spec, field.value, field.required, {});
  }
  return finish({view.title + ": " + request.id,
                 std::move(body),
                 {{view.button, view.verb, {{"ss", request.id}}, Button::Kind::primary},
                  {"Volver", verb::request_view, {{"ss", request.id}}, Button::Kind::normal, false}}});
}

Card request_list_card(const RequestListView& view) {
  Blocks body = {heading(view.title)};
  if (view.lines.empty()) {
    body.push_back(text(view.empty));
    return finish({view.title, std::move(body)});
  }
  const int first = view.page * request_page_size;
  const int last = first + static_cast<int>(view.lines.size());
  if (view.total > request_page_size) {
    body.push_back(text("De la " + std::to_string(first + 1) + " a la " + std::to_string(last) + " de " +
                            std::to_string(view.total) + ", primero las que vencen antes.",
                        subtle_small));
  }
  for (const RequestLine& line : view.lines) body.push_back(line_block(line));
  std::vector<Button> buttons;
  if (view.page > 0)
    buttons.push_back({"Anteriores", view.verb, {{"pagina", std::to_string(view.page - 1)}}});
  if (last < view.total)
    buttons.push_back({"Siguientes", view.verb, {{"pagina", std::to_string(view.page + 1)}}});
  return finish({view.title + ": " + std::to_string(view.total), std::move(body), std::move(buttons)});
}

}  // namespace pao::cards
