#include "handlers/alerts/digest.hpp"

#include "handlers/alerts/alert_outcomes.hpp"
#include "handlers/alerts/digest_payload.hpp"
#include "handlers/alerts/recipients.hpp"
#include "handlers/procedure/alert_conditions.hpp"
#include "storage/alert_rules_content.hpp"
#include "storage/alerts_store.hpp"
#include "storage/columns.hpp"
#include "storage/people_store.hpp"
#include "storage/registro_store.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace pao::handlers::alerts {
namespace {

using procedure::AlertDue;
using procedure::Person;
using procedure::Recipient;

// Digests go out in working hours only; what is not sent by the end of them is stale tomorrow.
constexpr std::chrono::hours working_day_ends{18};
// Nothing is alerted for longer than that.
constexpr std::chrono::days alerts_kept{400};

using Told = std::unordered_set<std::string>;
using Digests = std::map<std::string, Digest>;  // by person id

bool was_told(const Told& told, const std::string& key, const std::string& person_id) {
  return told.contains(key + "|" + person_id);
}

void sort_lines(Digest& digest) {
  std::stable_sort(digest.lines.begin(), digest.lines.end(),
                   [](const ObligationLine& left, const ObligationLine& right) {
                     return std::tuple(left.alert.business_days_left, left.alert.obligation.due_on) <
                            std::tuple(right.alert.business_days_left, right.alert.obligation.due_on);
                   });
  std::stable_sort(
      digest.further.begin(), digest.further.end(),
      [](const DigestLine& left, const DigestLine& right) { return left.urgency < right.urgency; });
}

void add_obligations(storage::Session& session, const Reference& reference,
                     const std::vector<Tracked>& tracked, Date today, const Told& told, Digests& digests) {
  std::vector<procedure::AssessedObligation> assessed;
  std::map<std::string, const Tracked*> by_key;
  for (const Tracked& one : tracked) {
    assessed.push_back({one.obligation, one.recorded_at, one.assessment});
    by_key.emplace(procedure::obligation_key(one.obligation), &one);
  }
  const Date first_day = storage::first_alert_day(session).value_or(today);
  const std::vector<AlertDue> alerts =
      procedure::alerts_due(assessed, reference.rules, reference.calendar, today, {}, first_day);

  Directory directory(session, reference, today);
  for (AlertDue alert : alerts) {
    if (const auto* rule =
            procedure::obligation_rule(storage::alert_rules(), alert.obligation.practice, alert.step))
      alert.rule = rule->id;
    const Tracked& one = *by_key.at(procedure::obligation_key(alert.obligation));
    std::set<std::string> here;  // somebody may be owner and liaison at once
    for (const Recipient kind : alert.recipients) {
      for (const Person& person : directory.recipients(kind, alert.obligation.process_id, one.owner_id)) {
        if (was_told(told, alert.key, person.id) || !here.insert(person.id).second) continue;
        Digest& digest = digests[person.id];
        digest.person = person;
        digest.lines.push_back({alert, one.item_name});
      }
    }
  }
}

void add_further(storage::Session& session, const std::vector<DigestLine>& lines, const Told& told,
                 Digests& digests) {
  for (const DigestLine& line : lines) {
    if (was_told(told, line.key, line.person_id)) continue;
    const auto known = digests.find(line.person_id);
    if (known == digests.end()) {
      const auto person = storage::find_person(session, line.person_id);
      if (!person || !person->active) continue;
      digests[line.person_id].person = *person;
    }
    digests[line.person_id].further.push_back(line);
  }
}

// What of it is told with that message, each under its key.
std::vector<storage::Alert> alerts_of(const Digest& digest, const std::string& message, Instant now) {
  std::vector<storage::Alert> alerts;
  for (const ObligationLine& line : digest.lines) {
    alerts.push_back({.key = line.alert.key,
                      .person_id = digest.person.id,
                      .rule = line.alert.rule,
                      .process_id = line.alert.obligation.process_id,
                      .practice = line.alert.obligation.practice,
                      .title = line.item_name,
                      .due_on = line.alert.obligation.due_on,
                      .message = message,
                      .told_at = now});
  }
  for (const DigestLine& line : digest.further) {
    alerts.push_back({.key = line.key,
                      .person_id = digest.person.id,
                      .rule = line.rule,
                      .process_id = line.process_id,
                      .practice = line.practice,
                      .title = line.title,
                      .due_on = line.due_on,
                      .message = message,
                      .told_at = now});
  }
  return alerts;
}

bool enqueue_digest(storage::Session& session, const Digest& digest, Instant now) {
  const Date today = local_date(now);
  const std::string key = std::string(digest_kind) + ":" + iso_date(today) + ":" + digest.person.id;
  const std::string payload = payload_of(digest);
  const bool is_new = storage::enqueue(session, {.key = key,
                                                 .kind = digest_kind,
                                                 .priority = storage::Priority::broadcast,
                                                 .lane = "person:" + digest.person.aad_object_id,
                                                 .aad_object_id = digest.person.aad_object_id,
                                                 .subject = digest.person.id,
                                                 .text = payload,
                                                 .not_before = now,
                                                 .expires_at = at_local_time(today, working_day_ends),
                                                 .created_at = now});
  if (!is_new) return false;  // one digest a day: what came up later waits for tomorrow
  for (const storage::Alert& alert : alerts_of(digest, key, now)) storage::tell(session, alert);
  storage::append_registro(session,
                           {.at = now,
                            .actor = "job:alerts.digest",
                            .channel = "job",
                            .kind = "alert.enqueued",
                            .subject = digest.person.id,
                            .content = storage::texts_to_json({{"message", key}, {"alerts", payload}})});
  return true;
}

}  // namespace

Result<Standing> standing_at(storage::Session& session, const Reference& reference, Instant now) {
  Result<std::vector<Tracked>> tracked = track(session, reference, "", now);
  if (!tracked) return tl::unexpected<Error>(tracked.error());
  Standing standing{.tracked = std::move(*tracked)};
  for (const DigestSource& source : digest_sources()) {
    Result<std::vector<DigestLine>> lines = source.lines(session, reference, "", now);
    if (!lines) return tl::unexpected<Error>(lines.error());
    for (DigestLine& line : *lines) {
      if (line.rule.empty()) line.rule = source.name;
      standing.lines.push_back(std::move(line));
    }
  }
  return standing;
}

std::vector<Digest> digests_due(storage::Session& session, const Reference& reference,
                                const Standing& standing, Instant now) {
  const Date today = local_date(now);
  if (!reference.calendar.is_business_day(today)) return {};
  const Told told = storage::told_alert_keys(session, "", today - alerts_kept, today);
  Digests digests;
  add_obligations(session, reference, standing.tracked, today, told, digests);
  add_further(session, standing.lines, told, digests);
  std::vector<Digest> due;
  for (auto& [id, digest] : digests) {
    sort_lines(digest);
    due.push_back(std::move(digest));
  }
  return due;
}

Result<std::vector<Digest>> digests_due(storage::Session& session, const Reference& reference, Instant now) {
  const Result<Standing> standing = standing_at(session, reference, now);
  if (!standing) return tl::unexpected<Error>(standing.error());
  return digests_due(session, reference, *standing, now);
}

Result<int> send_digests(storage::Database& database, const Reference& reference, Instant now) {
  struct Decided {
    std::vector<Digest> due;
    std::vector<EndedAlert> ended;
  };
  const auto decided = database.read([&](storage::Session& session) -> Result<Decided> {
    const Result<Standing> standing = standing_at(session, reference, now);
    if (!standing) return tl::unexpected<Error>(standing.error());
    return Decided{digests_due(session, reference, *standing, now),
                   ended_alerts(session, reference, *standing, now)};
  });
  if (!decided) return tl::unexpected<Error>(decided.error());
  return database.write([&](storage::Session& session) -> Result<int> {
    settle_alerts(session, now);
    end_alerts(session, decided->ended, now);
    int enqueued = 0;
    for (const Digest& digest : decided->due) enqueued += enqueue_digest(session, digest, now);
    return enqueued;
  });
}

}  // namespace pao::handlers::alerts
