#include "storage/alerts_store.hpp"

namespace pao::storage {

std::unordered_set<std::string> sent_alert_keys(Session& session, Date due_since) {
  std::unordered_set<std::string> keys;
  const std::string since = iso_date(due_since);
  session.each("SELECT key FROM alerts_sent WHERE due_on >= $1", {std::string_view(since)},
               [&](const Row& row) {
                 keys.insert(row.string(0));
                 return true;
               });
  return keys;
}

bool insert_alert(Session& session, std::string_view key, std::string_view person_id, Date due_on,
                  Instant at) {
  const std::string due = iso_date(due_on);
  return session.run(
             "INSERT INTO alerts_sent (key, person_id, due_on, sent_at) VALUES ($1, $2, $3, $4)"
             " ON CONFLICT (key) DO NOTHING",
             {key, person_id, std::string_view(due), to_value(at)}) == 1;
}

std::optional<Date> first_alert_day(Session& session) {
  const auto first = session.first("SELECT MIN(sent_at) FROM alerts_sent", {},
                                   [](const Row& row) { return row.optional_instant(0); });
  if (!first || !*first) return std::nullopt;
  return local_date(**first);
}

}  // namespace pao::storage
