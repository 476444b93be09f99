#include "cards/control_card.hpp"

#include "cards/card_builder.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

namespace pao::cards {
namespace {

using namespace build;
using procedure::ControlResult;

constexpr std::size_t lines_shown = 20;
constexpr std::size_t pending_shown = 12;

Data about(procedure::ControlPoint control, const std::string& subject) {
  return {{"punto", std::string(procedure::to_word(control))}, {"asunto", subject}};
}

void add_lines(Blocks& body, const ControlView& view) {
  // Twenty of them still fit in one card.
  const std::size_t each = view.lines.size() > 10 ? 220 : 400;
  for (std::size_t i = 0; i < view.lines.size() && i < lines_shown; ++i) {
    const ControlEvidenceLine& line = view.lines[i];
    Blocks items = {text(shorten(line.title, each), {.bold = true}),
                    text(shorten(line.text, each), {.tight = true})};
    if (!line.footnote.empty()) items.push_back(text(shorten(line.footnote, 120), subtle_small));
    body.push_back(separated(container(std::move(items))));
  }
  if (view.lines.size() > lines_shown) {
    body.push_back(text(more_line(static_cast<int>(view.lines.size() - lines_shown)), subtle_small));
  }
}

Facts confirmation_facts(const ControlView& view) {
  if (!view.result) return {};
  return {{"Resultado", control_result_name(*view.result)},
          {"Confirmó", view.confirmed_by_name + ", " + long_instant(view.confirmed_at)},
          {"Observación", shorten(view.note, 1200)}};
}

}  // namespace

std::string control_title(procedure::ControlPoint control) {
  return "Punto de control de la actividad " + std::string(procedure::to_word(control)) + ": " +
         std::string(procedure::title_of(control));
}

std::string control_result_name(ControlResult result) {
  switch (result) {
    case ControlResult::conforming:
      return "Conforme";
    case ControlResult::not_conforming:
      return "No conforme";
    case ControlResult::with_remarks:
      return "Con observaciones";
  }
  return {};
}

Card control_card(const ControlView& view) {
  Blocks body = {heading(control_title(view.control)), text(view.subject_name, {.bold = true})};
  if (!view.facts.empty()) body.push_back(facts(view.facts));
  add_lines(body, view);
  if (view.result) {
    body.push_back(section("Última confirmación"));
    body.push_back(facts(confirmation_facts(view)));
  }
  std::vector<Button> buttons;
  if (!view.may_confirm && !view.why_not.empty()) body.push_back(text(view.why_not));
  if (view.may_confirm) {
    body.push_back(section("Su confirmación"));
    body.push_back(text("Queda con su nombre, la fecha y la hora. Otra persona puede leerla después."));
    if (!view.problem.empty()) body.push_back(container({text(view.problem)}, Box::warning));
    body.push_back(choice_input({.id = "resultado", .label = "Resultado", .value = view.typed_result},
                                {{"conforme", "Conforme"},
                                 {"con_observaciones", "Con observaciones"},
                                 {"no_conforme", "No conforme"}},
                                ChoiceLook::buttons));
    body.push_back(paragraph_input(
        {.id = "observacion", .label = "Observación", .value = view.typed_note, .required = false},
        static_cast<int>(procedure::max_control_note_length)));
    buttons.push_back(
        {"Confirmar", verb::control_confirm, about(view.control, view.subject), Button::Kind::primary});
  }
  return finish({control_title(view.control), std::move(body), std::move(buttons)});
}

Card control_confirmed_card(const ControlView& view) {
  const bool follows = view.result && procedure::lets_next_step(*view.result);
  Blocks body = {heading("Punto de control confirmado"), text(control_title(view.control)),
                 text(view.subject_name, {.bold = true}), facts(confirmation_facts(view))};
  body.push_back(text(follows ? "Ya se puede dar el paso siguiente."
                              : "El paso siguiente espera hasta que se corrija y se confirme de nuevo."));
  std::vector<Button> buttons;
  if (follows && !view.report_id.empty())
    buttons.push_back({"Abrir el reporte", verb::report_view, {{"reporte", view.report_id}}});
  buttons.push_back({"Puntos de control", verb::control_list, {}});
  return finish({"Punto de control confirmado: " + view.subject_name, std::move(body), std::move(buttons)});
}

Card control_list_card(const std::vector<ControlPending>& pending) {
  Blocks body = {heading("Puntos de control por confirmar")};
  if (pending.empty()) body.push_back(text("No tiene puntos de control por confirmar."));
  for (std::size_t i = 0; i < pending.size() && i < pending_shown; ++i) {
    const ControlPending& one = pending[i];
    Button open{"Revisar y confirmar", verb::control_open, about(one.control, one.subject)};
    body.push_back(
        separated(container({text(one.subject_name, {.bold = true}),
                             text(control_title(one.control), subtle_small), button_row({open})})));
  }
  if (pending.size() > pending_shown) {
    body.push_back(text(more_line(static_cast<int>(pending.size() - pending_shown)), subtle_small));
  }
  return finish({"Puntos de control por confirmar: " + std::to_string(pending.size()), std::move(body)});
}

}  // namespace pao::cards
