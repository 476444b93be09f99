#include "handlers/alerts/alert_outcomes.hpp"

#include "storage/alerts_store.hpp"
#include "storage/columns.hpp"
#include "storage/registro_store.hpp"

namespace pao::handlers::alerts {
namespace {

using procedure::AlertEvent;
using procedure::AlertState;

bool move(storage::Session& session, storage::Alert alert, AlertEvent event, const char* reason,
          Instant now) {
  const Result<AlertState> next = procedure::next_state(alert.state, event);
  if (!next || *next == alert.state) return false;
  const AlertState before = alert.state;
  alert.state = *next;
  storage::save_alert(session, alert, now);
  storage::append_registro(
      session, {.at = now,
                .actor = "job:alerts.digest",
                .channel = "job",
                .kind = "alert.changed",
                .subject = alert.person_id,
                .content = storage::texts_to_json({{"alert", alert.key},
                                                   {"from", std::string(procedure::to_word(before))},
                                                   {"to", std::string(procedure::to_word(alert.state))},
                                                   {"message", alert.message},
                                                   {"reason", reason}})});
  return true;
}

}  // namespace

int settle_alerts(storage::Session& session, Instant now) {
  int moved = 0;
  for (const storage::SettledAlert& settled : storage::settled_alerts(session)) {
    moved += settled.delivered
                 ? move(session, settled.alert, AlertEvent::delivered, "the message has its receipt", now)
                 : move(session, settled.alert, AlertEvent::undelivered, "the message reached nobody", now);
  }
  const Date today = local_date(now);
  for (const storage::Alert& alert : storage::open_alerts(session)) {
    // A late alert is of a due date that passed before it was told.
    if (!alert.due_on || *alert.due_on >= today || local_date(alert.told_at) > *alert.due_on) continue;
    moved += move(session, alert, AlertEvent::due_passed, "the due date has passed", now);
  }
  return moved;
}

}  // namespace pao::handlers::alerts
