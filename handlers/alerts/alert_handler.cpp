#include "handlers/alerts/alert_handler.hpp"

#include "cards/own_alerts_card.hpp"
#include "cards/texts.hpp"
#include "handlers/paging.hpp"
#include "handlers/procedure/characters.hpp"
#include "storage/alert_rules_content.hpp"
#include "storage/alerts_store.hpp"
#include "storage/people_store.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers::alerts {
namespace {

using procedure::AlertEvent;
using procedure::AlertState;

// As long as anything is alerted (digest.cpp).
constexpr std::chrono::days listed_for{400};
constexpr std::size_t max_justification_length = 2000;  // characters
// An explanation is in the advisor's digest on these days.
constexpr std::chrono::days explained_for{7};

cards::OwnAlertLine line_of(const storage::Alert& alert, const Reference& reference) {
  return {.key = alert.key,
          .title = alert.title.empty() ? cards::practice_name(alert.practice) : alert.title,
          .process_name = alert.process_id.empty() ? "" : reference.process_name(alert.process_id),
          .state = alert.state,
          .due_on = alert.due_on,
          .told_at = alert.told_at};
}

cards::OwnAlertView view_of(const storage::Alert& alert, const Reference& reference, Instant now) {
  cards::OwnAlertView view{.alert = line_of(alert, reference),
                           .practice = alert.practice,
                           .useful = alert.useful,
                           .justification = alert.justification};
  for (const procedure::AlertRule& rule : storage::alert_rules()) {
    if (rule.id != alert.rule) continue;
    view.criterion = rule.criterion;
    view.next_step = rule.next_step;
  }
  const auto until = procedure::postponed_until(alert.state, alert.due_on, alert.postponements,
                                                local_date(now), reference.calendar);
  if (until)
    view.postpone_to = *until;
  else
    view.why_not_postponed = until.error().message;
  return view;
}

// A digest that has ended since the last job (alert_outcomes.hpp) is shown as what it is now.
void apply_receipts(storage::Session& session, std::vector<storage::Alert>& alerts) {
  for (const storage::SettledAlert& settled : storage::settled_alerts(session)) {
    for (storage::Alert& alert : alerts) {
      if (alert.key != settled.alert.key || alert.person_id != settled.alert.person_id) continue;
      const auto event = settled.delivered ? AlertEvent::delivered : AlertEvent::undelivered;
      alert.state = procedure::next_state(alert.state, event).value_or(alert.state);
    }
  }
}

// The alert of that key that this person was told.
Result<storage::Alert> own_alert(storage::Session& session, const Turn& turn) {
  if (auto alert = storage::find_alert(session, turn.value("alerta"), turn.person->id)) {
    std::vector<storage::Alert> told{*std::move(alert)};
    apply_receipts(session, told);
    return std::move(told.front());
  }
  return fail(ErrorCode::invalid, "no such alert of this person",
              "Esa alerta ya no está. Escriba «mis alertas» para ver las que siguen abiertas.");
}

bool is_open(const storage::Alert& alert) {
  return alert.state != AlertState::resolved && alert.state != AlertState::expired;
}

// The state after the event, or the same one where the event changes nothing.
AlertState after(const storage::Alert& alert, AlertEvent event) {
  return procedure::next_state(alert.state, event).value_or(alert.state);
}

Reply reply_of(cards::Card card, const char* outcome, const storage::Alert& alert, AlertState before,
               std::string reason) {
  return {.content = {.card = std::move(card)},
          .trace = {.outcome = outcome,
                    .fields = {{"alert", alert.key},
                               {"rule", alert.rule},
                               {"from", std::string(procedure::to_word(before))},
                               {"to", std::string(procedure::to_word(alert.state))},
                               {"reason", std::move(reason)}}}};
}

}  // namespace

Result<Decision> AlertHandler::on_list(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  auto alerts = database_.read([&](storage::Session& session) {
    auto told = storage::open_alerts_of(session, turn.person->id, local_date(turn.at) - listed_for);
    apply_receipts(session, told);
    return told;
  });
  if (!alerts) return tl::unexpected<Error>(alerts.error());
  std::erase_if(*alerts, [](const storage::Alert& alert) { return !is_open(alert); });
  cards::OwnAlertsView view{.total = static_cast<int>(alerts->size())};
  view.page = page_of(turn, view.total, cards::own_alerts_page_size);
  const int first = view.page * cards::own_alerts_page_size;
  for (int i = first; i < std::min(view.total, first + cards::own_alerts_page_size); ++i)
    view.lines.push_back(line_of((*alerts)[static_cast<std::size_t>(i)], *reference));
  return Decision(
      Reply{.content = {.card = cards::own_alerts_card(view)},
            .trace = {.outcome = "alerts_listed", .fields = {{"alerts", std::to_string(alerts->size())}}}});
}

Result<Decision> AlertHandler::on_view(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](storage::Session& session) -> Result<Reply> {
    Result<storage::Alert> alert = own_alert(session, turn);
    if (!alert) return tl::unexpected<Error>(alert.error());
    const AlertState before = std::exchange(alert->state, after(*alert, AlertEvent::opened));
    if (alert->state != before) storage::save_alert(session, *alert, turn.at);
    return reply_of(cards::own_alert_card(view_of(*alert, *reference, turn.at)), "alert_shown", *alert,
                    before, "");
  });
}

Result<Decision> AlertHandler::on_postpone(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](storage::Session& session) -> Result<Reply> {
    Result<storage::Alert> alert = own_alert(session, turn);
    if (!alert) return tl::unexpected<Error>(alert.error());
    const AlertState before = alert->state;
    const Result<Date> until = procedure::postponed_until(before, alert->due_on, alert->postponements,
                                                          local_date(turn.at), reference->calendar);
    if (!until) return tl::unexpected<Error>(until.error());
    alert->state = AlertState::postponed;
    alert->postponed_until = *until;
    ++alert->postponements;
    storage::save_alert(session, *alert, turn.at);
    cards::OwnAlertView view = view_of(*alert, *reference, turn.at);
    view.why_not_postponed.clear();
    view.done = "Pospuesta: se la recuerdo el " + cards::weekday_date(*until) + ".";
    return reply_of(cards::own_alert_card(view), "alert_postponed", *alert, before,
                    "until " + iso_date(*until));
  });
}

Result<Decision> AlertHandler::on_justify(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](storage::Session& session) -> Result<Reply> {
    Result<storage::Alert> alert = own_alert(session, turn);
    if (!alert) return tl::unexpected<Error>(alert.error());
    const std::string text = procedure::trimmed(turn.value("justificacion"));
    if (text.empty() || procedure::count_characters(text) > max_justification_length) {
      cards::OwnAlertView view = view_of(*alert, *reference, turn.at);
      view.justification = text;
      view.problem =
          text.empty() ? "Escriba por qué no puede cumplir." : "Escriba una explicación más corta.";
      return Reply{.content = {.card = cards::own_alert_card(view)},
                   .trace = {.outcome = "form_incomplete", .fields = {{"alert", alert->key}}}};
    }
    const AlertState before = std::exchange(alert->state, after(*alert, AlertEvent::opened));
    alert->justification = text;
    storage::save_alert(session, *alert, turn.at);
    cards::OwnAlertView view = view_of(*alert, *reference, turn.at);
    view.done = "Quedó su explicación. La lee quien asesora a su proceso; el plazo no cambia.";
    return reply_of(cards::own_alert_card(view), "alert_justified", *alert, before, text);
  });
}

Result<Decision> AlertHandler::on_useful(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const std::string_view said = turn.value("util");
  if (said != "si" && said != "no") {
    return fail(ErrorCode::invalid, "alert: neither useful nor not",
                "Esta tarjeta ya no es válida. Escriba «mis alertas» para ver las que siguen abiertas.");
  }
  return Decision::storing(
      [reference, turn, useful = said == "si"](storage::Session& session) -> Result<Reply> {
        Result<storage::Alert> alert = own_alert(session, turn);
        if (!alert) return tl::unexpected<Error>(alert.error());
        const AlertState before = std::exchange(alert->state, after(*alert, AlertEvent::opened));
        alert->useful = useful;
        storage::save_alert(session, *alert, turn.at);
        cards::OwnAlertView view = view_of(*alert, *reference, turn.at);
        view.done =
            useful ? "Gracias. Sigo avisando así." : "Gracias. Con eso se revisa la regla que la produjo.";
        return reply_of(cards::own_alert_card(view), useful ? "alert_useful" : "alert_not_useful", *alert,
                        before, "");
      });
}

Result<std::vector<DigestLine>> justification_lines(storage::Session& session, const Reference& reference,
                                                    std::string_view person_id, Instant now) {
  std::vector<DigestLine> lines;
  for (const storage::Alert& alert : storage::justified_alerts(session, local_date(now) - explained_for)) {
    const procedure::Process* process = reference.process(alert.process_id);
    if (process == nullptr || process->advisor_id.empty() || process->advisor_id == alert.person_id) continue;
    if (!person_id.empty() && process->advisor_id != person_id) continue;
    const auto author = storage::find_person(session, alert.person_id);
    lines.push_back(
        {.person_id = process->advisor_id,
         .key = "explicacion/" + alert.key + "/" + alert.person_id,
         .title = "Explicación sobre " + alert.title + ", " + process->name,
         .text = (author ? author->name : "El proceso") + " explica: «" +
                 cards::shorten(alert.justification, 400) +
                 "». El plazo no cambia: si hace falta, acuerde con el proceso la SS que corresponda.",
         .urgency = 1,
         .process_id = alert.process_id,
         .practice = alert.practice,
         .rule = "explicacion.recibida"});
  }
  return lines;
}

}  // namespace pao::handlers::alerts
