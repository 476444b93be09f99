#include "cards/own_alerts_card.hpp"
#include "tests/cards/gallery.hpp"

namespace pao::cards::gallery {
namespace {

using procedure::AlertState;

OwnAlertLine line(AlertState state, const std::string& title) {
  return {.key = "planes/PAI-DIR-01-T1/2026-10|-3",
          .title = title,
          .process_name = "Direccionamiento Estratégico",
          .state = state,
          .due_on = make_date(2026, 11, 9),
          .told_at = at_local_time(make_date(2026, 11, 12), std::chrono::hours(8))};
}

OwnAlertView view_of(AlertState state) {
  return {.alert = line(state, "Ejecutar y consolidar el plan de acción institucional 2027"),
          .practice = "planes",
          .criterion = "PLA-13",
          .next_step = "El periodo cerró: pida la reapertura con una SS-5.",
          .postpone_to = make_date(2026, 11, 13)};
}

}  // namespace

void add_alert_cards(std::vector<Sample>& all) {
  all.push_back({"own_alerts_none", own_alerts_card({})});
  OwnAlertsView list;
  for (const AlertState state : procedure::all_alert_states) list.lines.push_back(line(state, "Un asunto"));
  list.lines.front().due_on = std::nullopt;
  list.total = 19;
  list.page = 1;
  all.push_back({"own_alerts", own_alerts_card(list)});
  for (OwnAlertLine& one : list.lines) one.title = std::string(3000, '_') + hostile;
  all.push_back({"own_alerts_hostile", own_alerts_card(list)});

  all.push_back({"own_alert", own_alert_card(view_of(AlertState::seen))});
  OwnAlertView postponed = view_of(AlertState::postponed);
  postponed.postpone_to.reset();
  postponed.useful = true;
  postponed.done = "Pospuesta: se la recuerdo el viernes 13 de noviembre de 2026.";
  all.push_back({"own_alert_postponed", own_alert_card(postponed)});
  OwnAlertView refused = view_of(AlertState::seen);
  refused.alert.title = hostile;
  refused.alert.process_name = hostile;
  refused.justification = std::string(1500, 'x') + hostile;
  refused.problem = "Escriba una explicación más corta.";
  refused.postpone_to.reset();
  refused.why_not_postponed =
      "Ya la pospuso una vez y su plazo pasó. Registre el avance, o explique qué lo impide.";
  refused.useful = false;
  all.push_back({"own_alert_hostile", own_alert_card(refused)});
}

}  // namespace pao::cards::gallery
