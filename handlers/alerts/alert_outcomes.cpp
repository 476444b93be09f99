#include "handlers/alerts/alert_outcomes.hpp"

#include "handlers/alerts/digest_payload.hpp"
#include "handlers/alerts/rule_lines.hpp"
#include "storage/columns.hpp"
#include "storage/registro_store.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace pao::handlers::alerts {
namespace {

using procedure::AlertEvent;
using procedure::AlertState;

bool move(storage::Session& session, storage::Alert& alert, AlertEvent event, const char* reason,
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

constexpr const char* overtaken = "the due date has passed";

// A late alert is of a due date that passed before it was told.
bool ends_by_date(const storage::Alert& alert, Date today) {
  return alert.due_on && *alert.due_on < today && local_date(alert.told_at) <= *alert.due_on;
}

// What it is about, whatever the step.
std::string topic_of(std::string_view key) {
  return std::string(key.substr(0, key.find('|')));
}

// The others are told by a source of digest lines, whose name their keys begin with.
bool is_of_obligation(const storage::Alert& alert) {
  const std::string source = source_of(alert.key);
  const auto& sources = digest_sources();
  return std::none_of(sources.begin(), sources.end(), [&](const auto& one) { return one.name == source; });
}

using Obligations = std::unordered_map<std::string, const Tracked*>;

Obligations by_key(const std::vector<Tracked>& tracked) {
  Obligations obligations;
  for (const Tracked& one : tracked) obligations.emplace(procedure::obligation_key(one.obligation), &one);
  return obligations;
}

bool is_in_year_of(Date day, Date today) {
  return std::chrono::year_month_day{day}.year() == std::chrono::year_month_day{today}.year();
}

// Why nothing is left to do about the obligation; nullptr while something is. Those of earlier years are not
// among the obligations any more, and stay what they were.
const char* end_of_obligation(const storage::Alert& alert, const Obligations& obligations, Date today) {
  const auto found = obligations.find(topic_of(alert.key));
  if (found == obligations.end())
    return alert.due_on && is_in_year_of(*alert.due_on, today) ? "nothing is due any more" : nullptr;
  const Tracked& one = *found->second;
  if (one.recorded_at && !is_pending(one)) return "the record was made";
  const bool asks_nothing = one.assessment.state == procedure::ObligationState::no_record_due;
  return asks_nothing ? "nothing is due any more" : nullptr;
}

std::string said_to(const std::string& topic, const std::string& person_id) {
  return topic + "|" + person_id;
}

std::unordered_set<std::string> topics_said(const std::vector<DigestLine>& lines) {
  std::unordered_set<std::string> topics;
  for (const DigestLine& line : lines) topics.insert(said_to(topic_of(line.key), line.person_id));
  return topics;
}

}  // namespace

int settle_alerts(storage::Session& session, Instant now) {
  int moved = 0;
  const Date today = local_date(now);
  for (storage::SettledAlert& settled : storage::settled_alerts(session)) {
    storage::Alert& alert = settled.alert;
    moved += settled.delivered
                 ? move(session, alert, AlertEvent::delivered, "the message has its receipt", now)
                 : move(session, alert, AlertEvent::undelivered, "the message reached nobody", now);
    if (ends_by_date(alert, today)) moved += move(session, alert, AlertEvent::due_passed, overtaken, now);
  }
  return moved;
}

std::vector<EndedAlert> ended_alerts(storage::Session& session, const Reference& reference,
                                     const Standing& standing, Instant now) {
  std::vector<EndedAlert> ended;
  const std::vector<storage::Alert> open = storage::open_alerts(session);
  if (open.empty()) return ended;
  const Obligations obligations = by_key(standing.tracked);
  const std::unordered_set<std::string> said = topics_said(standing.lines);
  std::map<std::string, std::set<std::string>> by_rules;  // what still holds, by process
  const auto rule_holds = [&](const storage::Alert& alert) {
    const procedure::Process* process = reference.process(alert.process_id);
    if (process == nullptr || source_of(alert.key) != "reglas") return false;
    const auto known = by_rules.find(process->id);
    const auto& topics = known != by_rules.end()
                             ? known->second
                             : (by_rules[process->id] = standing_topics(session, reference, *process, now));
    return topics.contains(topic_of(alert.key));
  };
  const Date today = local_date(now);
  for (const storage::Alert& alert : open) {
    const bool of_obligation = is_of_obligation(alert);
    const char* end = of_obligation ? end_of_obligation(alert, obligations, today) : nullptr;
    if (end != nullptr) {
      ended.push_back({alert, AlertEvent::done, end});
    } else if (ends_by_date(alert, today)) {
      ended.push_back({alert, AlertEvent::due_passed, overtaken});
    } else if (!of_obligation && !said.contains(said_to(topic_of(alert.key), alert.person_id)) &&
               !rule_holds(alert)) {
      ended.push_back({alert, AlertEvent::done, "what it warned of has ended"});
    }
  }
  std::sort(ended.begin(), ended.end(), [](const EndedAlert& left, const EndedAlert& right) {
    return std::tie(left.alert.key, left.alert.person_id) < std::tie(right.alert.key, right.alert.person_id);
  });
  return ended;
}

int end_alerts(storage::Session& session, const std::vector<EndedAlert>& ended, Instant now) {
  int moved = 0;
  for (const EndedAlert& read : ended) {
    auto alert = storage::find_alert(session, read.alert.key, read.alert.person_id);
    if (alert) moved += move(session, *alert, read.event, read.reason, now);
  }
  return moved;
}

}  // namespace pao::handlers::alerts
