// The alerts of each person: what was told, how it went, what the person did about it (procedure 5.6, R-23).
#pragma once

#include "handlers/procedure/alert_states.hpp"
#include "storage/session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace pao::storage {

struct Alert {
  std::string key;  // what and which step: "planes/PAI-DIR-01-T1/2026-03|+5"
  std::string person_id;
  std::string rule;  // id of the alert rule, or the source that told it
  std::string process_id;
  std::string practice;
  std::string title;
  std::optional<Date> due_on;
  procedure::AlertState state = procedure::AlertState::planned;
  std::string message;  // key of the outbox row it went with
  Instant told_at;      // when it was put into that digest
  std::optional<Date> postponed_until;
  int postponements = 0;
  std::optional<bool> useful;
  std::string justification;
};

// "key|person" of what counts as told on `today`, of one process (all when empty): everything due on or after
// `due_since` but what did not reach the person and what was put off until today or earlier.
std::unordered_set<std::string> told_alert_keys(Session& session, std::string_view process_id, Date due_since,
                                                Date today);

// Puts the alert into a digest: new, or again after it failed or was put off. False when it counts as told.
bool tell(Session& session, const Alert& alert);

std::optional<Alert> find_alert(Session& session, std::string_view key, std::string_view person_id);

// Of one person, told on or after that day, without those that are resolved or expired; newest first.
std::vector<Alert> open_alerts_of(Session& session, std::string_view person_id, Date since);

// Of one process, told from `since` to `until`, without those that did not reach the person; in order of key.
std::vector<Alert> alerts_of_process(Session& session, std::string_view process_id, Instant since,
                                     Instant until);

// Those that were explained since that day, newest first.
std::vector<Alert> justified_alerts(Session& session, Date since);

// Of one process (all when empty), told from `since` to before `until`; by rule, practice and state. What was
// sent while the figures of a follow-up report were made.
struct AlertCount {
  std::string rule;
  std::string practice;
  std::string process_id;
  std::int64_t told = 0;  // without those that did not reach the person
  std::int64_t failed = 0;
  std::int64_t useful = 0;
  std::int64_t not_useful = 0;
};
std::vector<AlertCount> count_alerts(Session& session, std::string_view process_id, Date since, Date until);

// Stores what changed of an alert: state, postponement, usefulness, justification.
void save_alert(Session& session, const Alert& alert, Instant at);

// Alerts in a digest whose delivery has ended meanwhile, with how it ended.
struct SettledAlert {
  Alert alert;
  bool delivered = false;  // by the channel; false: it reached nobody
};
std::vector<SettledAlert> settled_alerts(Session& session);

// Alerts that are sent, seen, put off or failed: what may still be resolved or expire. In no order.
std::vector<Alert> open_alerts(Session& session);

// The Bogotá day of the first alert ever sent; nothing when none was. Steps before it are not caught up.
std::optional<Date> first_alert_day(Session& session);

}  // namespace pao::storage
