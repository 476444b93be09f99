#include "handlers/alerts/alert_outcomes.hpp"

#include "handlers/tracking.hpp"
#include "storage/columns.hpp"
#include "storage/registro_store.hpp"

#include <string>
#include <unordered_set>

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

Result<std::vector<storage::Alert>> alerts_done(storage::Session& session, const Reference& reference,
                                                Instant now) {
  std::vector<storage::Alert> done;
  const std::vector<storage::Alert> open = storage::open_alerts(session);
  if (open.empty()) return done;
  const Result<std::vector<Tracked>> tracked = track(session, reference, "", now);
  if (!tracked) return tl::unexpected<Error>(tracked.error());
  std::unordered_set<std::string> met;
  for (const Tracked& one : *tracked) {
    if (one.recorded_at && !is_pending(one)) met.insert(procedure::obligation_key(one.obligation));
  }
  for (const storage::Alert& alert : open) {
    if (met.contains(alert.key.substr(0, alert.key.find('|')))) done.push_back(alert);
  }
  return done;
}

int resolve_alerts(storage::Session& session, const std::vector<storage::Alert>& done, Instant now) {
  int moved = 0;
  for (const storage::Alert& read : done) {
    const auto alert = storage::find_alert(session, read.key, read.person_id);
    if (alert) moved += move(session, *alert, AlertEvent::done, "the record was made", now);
  }
  return moved;
}

}  // namespace pao::handlers::alerts
