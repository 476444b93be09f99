#include "storage/alerts_store.hpp"

#include "storage/columns.hpp"
#include "storage/words.hpp"

namespace pao::storage {
namespace {

using procedure::AlertState;

#define PAO_ALERT_COLUMNS                                                                        \
  "a.key, a.person_id, a.rule, a.process_id, a.practice, a.title, a.due_on, a.state, a.message," \
  " a.sent_at, a.postponed_until, a.postponements, a.useful, a.justification"

// A digest that is to reach a person: which end of its message means that it did not. A message that went
// stale before its turn ended as 'obsolete' at its expiry; one with nothing left to say ended before.
#define PAO_NOT_DELIVERED                            \
  "(o.state IN ('unreachable', 'dead', 'cancelled')" \
  " OR (o.state = 'obsolete' AND o.ended_at >= o.expires_at))"

// Alerts with no end of their own are kept under the last day there is.
constexpr const char* no_end = "9999-12-31";

std::string stored_key(std::string_view key, std::string_view person_id) {
  return std::string(key) + "|" + std::string(person_id);
}

Alert alert_of(const Row& row) {
  Alert alert;
  const std::string stored = row.string(0);
  alert.person_id = row.string(1);
  alert.key = stored.substr(0, stored.size() - std::min(stored.size(), alert.person_id.size() + 1));
  alert.rule = row.string(2);
  alert.process_id = row.string(3);
  alert.practice = row.string(4);
  alert.title = row.string(5);
  if (row.text(6) != no_end) alert.due_on = row.date(6);
  alert.state = known(procedure::parse_alert_state(row.text(7)));
  alert.message = row.string(8);
  alert.told_at = row.instant(9);
  alert.postponed_until = row.date(10);
  alert.postponements = static_cast<int>(row.integer(11));
  if (!row.is_null(12)) alert.useful = row.flag(12);
  alert.justification = row.string(13);
  return alert;
}

Value day_or_null(const std::string& day) {
  return day.empty() ? Value{} : Value{std::string_view(day)};
}

}  // namespace

std::unordered_set<std::string> told_alert_keys(Session& session, std::string_view process_id, Date due_since,
                                                Date today) {
  std::unordered_set<std::string> keys;
  const std::string since = iso_date(due_since);
  const std::string day = iso_date(today);
  session.each(
      "SELECT a.key FROM alerts_sent a"
      " WHERE a.due_on >= $1 AND a.state <> 'fallida' AND ($3 = '' OR a.process_id = $3)"
      " AND NOT (a.state = 'pospuesta' AND a.postponed_until <= $2)"
      // Most are neither: their message need not be looked up.
      " AND (a.state NOT IN ('programada', 'reintento')"
      " OR NOT EXISTS (SELECT 1 FROM outbox o WHERE o.key = a.message AND " PAO_NOT_DELIVERED "))",
      {std::string_view(since), std::string_view(day), process_id}, [&](const Row& row) {
        keys.insert(row.string(0));
        return true;
      });
  return keys;
}

bool tell(Session& session, const Alert& alert) {
  const std::string key = stored_key(alert.key, alert.person_id);
  const std::string due = alert.due_on ? iso_date(*alert.due_on) : no_end;
  return session.run(
             "INSERT INTO alerts_sent (key, person_id, due_on, sent_at, rule, process_id, practice, state,"
             " changed_at, message, title) VALUES ($1, $2, $3, $4, $5, $6, $7, 'programada', $4, $8, $9)"
             " ON CONFLICT (key) DO UPDATE SET sent_at = excluded.sent_at, changed_at = excluded.sent_at,"
             " message = excluded.message, title = excluded.title,"
             " state = CASE WHEN alerts_sent.state = 'pospuesta' THEN 'programada' ELSE 'reintento' END"
             " WHERE alerts_sent.state IN ('pospuesta', 'fallida')",
             {std::string_view(key), std::string_view(alert.person_id), std::string_view(due),
              to_value(alert.told_at), std::string_view(alert.rule), std::string_view(alert.process_id),
              std::string_view(alert.practice), std::string_view(alert.message),
              std::string_view(alert.title)}) == 1;
}

std::optional<Alert> find_alert(Session& session, std::string_view key, std::string_view person_id) {
  const std::string stored = stored_key(key, person_id);
  return session.first("SELECT " PAO_ALERT_COLUMNS " FROM alerts_sent a WHERE a.key = $1",
                       {std::string_view(stored)}, alert_of);
}

std::vector<Alert> open_alerts_of(Session& session, std::string_view person_id, Date since) {
  return session.all("SELECT " PAO_ALERT_COLUMNS
                     " FROM alerts_sent a WHERE a.person_id = $1 AND a.sent_at >= $2"
                     " AND a.state NOT IN ('resuelta', 'vencida') ORDER BY a.sent_at DESC, a.key",
                     {person_id, to_value(start_of_day(since))}, alert_of);
}

std::vector<Alert> alerts_of_process(Session& session, std::string_view process_id, Instant since,
                                     Instant until) {
  return session.all("SELECT " PAO_ALERT_COLUMNS
                     " FROM alerts_sent a WHERE a.process_id = $1 AND a.sent_at >= $2 AND a.sent_at <= $3"
                     " AND a.state <> 'fallida' AND (a.state NOT IN ('programada', 'reintento')"
                     " OR NOT EXISTS (SELECT 1 FROM outbox o WHERE o.key = a.message AND " PAO_NOT_DELIVERED
                     ")) ORDER BY a.key",
                     {process_id, to_value(since), to_value(until)}, alert_of);
}

std::vector<Alert> justified_alerts(Session& session, Date since) {
  return session.all("SELECT " PAO_ALERT_COLUMNS
                     " FROM alerts_sent a WHERE a.justification <> '' AND a.changed_at >= $1"
                     " ORDER BY a.changed_at DESC, a.key",
                     {to_value(start_of_day(since))}, alert_of);
}

std::vector<AlertCount> count_alerts(Session& session, std::string_view process_id, Date since, Date until) {
  return session.all(
      "SELECT rule, practice, process_id,"
      " SUM(CASE WHEN state = 'fallida' THEN 0 ELSE 1 END), SUM(CASE WHEN state = 'fallida' THEN 1 ELSE 0 "
      "END),"
      " SUM(CASE WHEN useful = 1 THEN 1 ELSE 0 END), SUM(CASE WHEN useful = 0 THEN 1 ELSE 0 END)"
      " FROM alerts_sent WHERE sent_at >= $1 AND sent_at < $2 AND ($3 = '' OR process_id = $3)"
      " GROUP BY rule, practice, process_id ORDER BY rule, practice, process_id",
      {to_value(start_of_day(since)), to_value(start_of_day(until)), process_id}, [](const Row& row) {
        return AlertCount{.rule = row.string(0),
                          .practice = row.string(1),
                          .process_id = row.string(2),
                          .told = row.integer(3),
                          .failed = row.integer(4),
                          .useful = row.integer(5),
                          .not_useful = row.integer(6)};
      });
}

void save_alert(Session& session, const Alert& alert, Instant at) {
  const std::string key = stored_key(alert.key, alert.person_id);
  const std::string until = alert.postponed_until ? iso_date(*alert.postponed_until) : "";
  session.run(
      "UPDATE alerts_sent SET state = $2, changed_at = $3, postponed_until = $4, postponements = $5,"
      " useful = $6, justification = $7 WHERE key = $1",
      {std::string_view(key), procedure::to_word(alert.state), to_value(at), day_or_null(until),
       to_value(alert.postponements), alert.useful ? to_value(*alert.useful) : Value{},
       std::string_view(alert.justification)});
}

std::vector<SettledAlert> settled_alerts(Session& session) {
  return session.all(
      "SELECT " PAO_ALERT_COLUMNS ", CASE WHEN " PAO_NOT_DELIVERED
      " THEN 0 ELSE 1 END FROM alerts_sent a JOIN outbox o ON o.key = a.message"
      " WHERE a.state IN ('programada', 'reintento')"
      " AND o.state IN ('sent', 'obsolete', 'unreachable', 'dead', 'cancelled')"
      " ORDER BY a.key",
      {}, [](const Row& row) { return SettledAlert{.alert = alert_of(row), .delivered = row.flag(14)}; });
}

std::vector<Alert> open_alerts(Session& session) {
  return session.all("SELECT " PAO_ALERT_COLUMNS
                     " FROM alerts_sent a WHERE a.state IN ('enviada', 'vista', 'pospuesta', 'fallida')",
                     {}, alert_of);
}

std::optional<Date> first_alert_day(Session& session) {
  const auto first = session.first("SELECT MIN(sent_at) FROM alerts_sent", {},
                                   [](const Row& row) { return row.optional_instant(0); });
  if (!first || !*first) return std::nullopt;
  return local_date(**first);
}

}  // namespace pao::storage
