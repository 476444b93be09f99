#include "cards/own_alerts_card.hpp"

#include "cards/card_builder.hpp"
#include "cards/texts.hpp"
#include "cards/verbs.hpp"

#include <algorithm>
#include <utility>

namespace pao::cards {
namespace {

using namespace build;
using procedure::AlertState;

constexpr int max_justification_length = 2000;  // characters, as the input counts them

const char* state_text(AlertState state) {
  switch (state) {
    case AlertState::planned:
      return "Por enviar";
    case AlertState::sent:
      return "Enviada";
    case AlertState::seen:
      return "Vista";
    case AlertState::postponed:
      return "Pospuesta";
    case AlertState::resolved:
      return "Resuelta";
    case AlertState::expired:
      return "Vencida";
    case AlertState::failed:
      return "No se pudo entregar";
    case AlertState::retrying:
      return "Se envía de nuevo";
  }
  return "";
}

std::string where_and_when(const OwnAlertLine& line) {
  std::string words = line.process_name;
  if (line.due_on) words += (words.empty() ? "Plazo " : " · Plazo ") + long_date(*line.due_on);
  return words;
}

Json line_block(const OwnAlertLine& line) {
  return separated(side_by_side(
      {text(shorten(line.title, 160), {.bold = true}), text(shorten(where_and_when(line), 200), subtle_small),
       text(std::string(state_text(line.state)) + " · " + long_date(local_date(line.told_at)),
            {.small = true, .tight = true})},
      {button_row({{"Ver", verb::alert_view, {{"alerta", line.key}}}})}));
}

Button list_button(const char* title, int page) {
  return {title, verb::alert_list, {{"pagina", std::to_string(page)}}};
}

std::string usefulness_text(const std::optional<bool>& useful) {
  if (!useful) return "";
  return *useful ? "Le sirvió" : "No le sirvió";
}

}  // namespace

Card own_alerts_card(const OwnAlertsView& view) {
  const std::string title = "Sus alertas";
  if (view.lines.empty()) {
    return finish(
        {title,
         {heading(title), text("No tiene alertas abiertas. Cuando algo se acerque a su fecha, le aviso.")},
         {{"Mis pendientes", verb::my_status, {{"pagina", "0"}}}}});
  }
  Blocks body = {heading(title), text("Puede posponerlas, explicar qué pasa o decirme si le sirven.",
                                      {.subtle = true, .tight = true})};
  for (const OwnAlertLine& line : view.lines) body.push_back(line_block(line));
  const int pages = std::max(1, (view.total + own_alerts_page_size - 1) / own_alerts_page_size);
  if (pages > 1)
    body.push_back(text("Página " + std::to_string(view.page + 1) + " de " + std::to_string(pages) + ", " +
                            std::to_string(view.total) + " alertas abiertas en total.",
                        {.subtle = true, .small = true}));
  std::vector<Button> buttons;
  if (view.page > 0) buttons.push_back(list_button("Anteriores", view.page - 1));
  if (view.page + 1 < pages) buttons.push_back(list_button("Siguientes", view.page + 1));
  buttons.push_back({"Mis pendientes", verb::my_status, {{"pagina", "0"}}});
  return finish({title, std::move(body), std::move(buttons)});
}

Card own_alert_card(const OwnAlertView& view) {
  const OwnAlertLine& alert = view.alert;
  Blocks body = {heading("Alerta"), text(shorten(alert.title, 200), {.bold = true})};
  if (!view.done.empty()) body.push_back(container({text(view.done, {.bold = true})}, Box::good));
  body.push_back(facts({{"Práctica", view.practice.empty() ? "" : practice_name(view.practice)},
                        {"Proceso", alert.process_name},
                        {"Plazo", alert.due_on ? long_date(*alert.due_on) : ""},
                        {"Criterio", view.criterion},
                        {"Estado", state_text(alert.state)},
                        {"Avisada", long_instant(alert.told_at)},
                        {"Su opinión", usefulness_text(view.useful)}}));
  if (!view.next_step.empty()) body.push_back(text("Qué sigue: " + view.next_step));
  if (!view.why_not_postponed.empty()) body.push_back(text(view.why_not_postponed, subtle_small));
  if (!view.problem.empty()) body.push_back(container({text(view.problem, {.bold = true})}, Box::attention));
  body.push_back(paragraph_input({.id = "justificacion",
                                  .label = "Si no puede cumplir, explique por qué",
                                  .value = shorten(view.justification, max_justification_length),
                                  .required = false},
                                 max_justification_length));
  const Data data = {{"alerta", alert.key}};
  std::vector<Button> buttons = {{"Guardar explicación", verb::alert_justify, data, Button::Kind::primary}};
  if (view.postpone_to) {
    body.push_back(text("Si la pospone, vuelve el " + weekday_date(*view.postpone_to) + ".", subtle_small));
    buttons.push_back({"Posponer", verb::alert_postpone, data, Button::Kind::normal, false});
  }
  buttons.push_back(
      {"Me sirve", verb::alert_useful, {{"alerta", alert.key}, {"util", "si"}}, Button::Kind::normal, false});
  buttons.push_back({"No me sirve",
                     verb::alert_useful,
                     {{"alerta", alert.key}, {"util", "no"}},
                     Button::Kind::normal,
                     false});
  return finish({"Alerta: " + alert.title, std::move(body), std::move(buttons)});
}

}  // namespace pao::cards
