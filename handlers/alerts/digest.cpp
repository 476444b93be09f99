#include "handlers/alerts/digest.hpp"

#include "cards/alert_card.hpp"
#include "cards/texts.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/tracking.hpp"
#include "storage/alerts_store.hpp"
#include "storage/columns.hpp"
#include "storage/people_store.hpp"
#include "storage/registro_store.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <tuple>
#include <utility>

namespace pao::handlers::alerts {
namespace {

using procedure::AlertDue;
using procedure::Person;
using procedure::Recipient;
using procedure::Role;

// Digests go out in working hours only; what is not sent by the end of them is stale tomorrow.
constexpr std::chrono::hours working_day_ends{18};

// People by role and process, each looked up once a run.
class Directory {
 public:
  Directory(storage::Session& session, const Reference& reference, Date today)
      : session_(session), reference_(reference), today_(today) {}

  std::vector<Person> recipients(Recipient kind, const std::string& process_id, const std::string& owner_id) {
    switch (kind) {
      case Recipient::owner:
        return one(owner_id);
      case Recipient::liaison:
        return with_role(Role::liaison, process_id);
      case Recipient::leader: {
        const procedure::Process* process = reference_.process(process_id);
        return one(process ? process->leader_id : "");
      }
      case Recipient::coordination:
        return with_role(Role::coordination, "");
    }
    return {};
  }

 private:
  std::vector<Person> one(const std::string& id) {
    if (id.empty()) return {};
    const auto [entry, is_new] = people_.try_emplace(id);
    if (is_new) entry->second = storage::find_person(session_, id);
    return entry->second && entry->second->active ? std::vector{*entry->second} : std::vector<Person>{};
  }

  std::vector<Person> with_role(Role role, const std::string& process_id) {
    const auto [entry, is_new] = groups_.try_emplace({role, process_id});
    if (is_new) entry->second = storage::people_with_role(session_, role, process_id, today_);
    return entry->second;
  }

  storage::Session& session_;
  const Reference& reference_;
  Date today_;
  std::map<std::string, std::optional<Person>> people_;
  std::map<std::pair<Role, std::string>, std::vector<Person>> groups_;
};

std::string told_key(const AlertDue& alert, const Person& person) {
  return alert.key + "|" + person.id;
}

void sort_lines(std::vector<DigestLine>& lines) {
  std::stable_sort(lines.begin(), lines.end(), [](const DigestLine& left, const DigestLine& right) {
    return std::tuple(left.alert.business_days_left, left.alert.obligation.due_on) <
           std::tuple(right.alert.business_days_left, right.alert.obligation.due_on);
  });
}

// Ids only: process and alert key a line. The card is made from today's records when it is sent.
std::string payload_of(const Digest& digest) {
  std::string payload;
  for (const DigestLine& line : digest.lines) {
    payload += line.alert.obligation.process_id + " " + line.alert.key + "\n";
  }
  return payload;
}

std::map<std::string, std::set<std::string>> keys_by_process(const std::string& payload) {
  std::map<std::string, std::set<std::string>> keys;
  std::istringstream lines(payload);
  for (std::string process_id, key; lines >> process_id && std::getline(lines >> std::ws, key);) {
    keys[process_id].insert(key.substr(0, key.find('|')));
  }
  return keys;
}

// Whether what the person was to be told is still theirs to know: roles change (R-51, C-04).
bool concerns(const Person& person, const Tracked& tracked, Date today) {
  return tracked.owner_id == person.id || procedure::may(person, procedure::Action::see_process_detail,
                                                         tracked.obligation.process_id, "", today)
                                              .has_value();
}

std::string reason_now(const Tracked& tracked) {
  return cards::days_left_phrase(tracked.assessment.business_days_left.value_or(0));
}

}  // namespace

Result<std::vector<Digest>> digests_due(storage::Session& session, const Reference& reference, Instant now) {
  const Date today = local_date(now);
  if (!reference.calendar.is_business_day(today)) return std::vector<Digest>{};
  Result<std::vector<Tracked>> tracked = track(session, reference, "", now);
  if (!tracked) return tl::unexpected<Error>(tracked.error());

  std::vector<procedure::AssessedObligation> assessed;
  std::map<std::string, const Tracked*> by_key;
  for (const Tracked& one : *tracked) {
    assessed.push_back({one.obligation, one.recorded_at, one.assessment});
    by_key.emplace(procedure::obligation_key(one.obligation), &one);
  }
  const Date first_day = storage::first_alert_day(session).value_or(today);
  const std::vector<AlertDue> alerts =
      procedure::alerts_due(assessed, reference.rules, reference.calendar, today, {}, first_day);

  const std::unordered_set<std::string> told =
      storage::sent_alert_keys(session, today - std::chrono::days{400});
  Directory directory(session, reference, today);
  std::map<std::string, Digest> digests;  // by person id
  for (const AlertDue& alert : alerts) {
    const Tracked& one = *by_key.at(procedure::obligation_key(alert.obligation));
    std::set<std::string> here;  // somebody may be owner and liaison at once
    for (const Recipient kind : alert.recipients) {
      for (const Person& person : directory.recipients(kind, alert.obligation.process_id, one.owner_id)) {
        if (told.contains(told_key(alert, person)) || !here.insert(person.id).second) continue;
        Digest& digest = digests[person.id];
        digest.person = person;
        digest.lines.push_back({alert, one.item_name});
      }
    }
  }
  std::vector<Digest> due;
  for (auto& [id, digest] : digests) {
    sort_lines(digest.lines);
    due.push_back(std::move(digest));
  }
  return due;
}

Result<int> send_digests(storage::Database& database, const Reference& reference, Instant now) {
  const Result<std::vector<Digest>> due =
      database.read([&](storage::Session& session) { return digests_due(session, reference, now); });
  if (!due) return tl::unexpected<Error>(due.error());
  const Date today = local_date(now);
  return database.write([&](storage::Session& session) -> Result<int> {
    int enqueued = 0;
    for (const Digest& digest : *due) {
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
      if (!is_new) continue;  // one digest a day: what came up later waits for tomorrow
      for (const DigestLine& line : digest.lines) {
        storage::insert_alert(session, told_key(line.alert, digest.person), digest.person.id,
                              line.alert.obligation.due_on, now);
      }
      storage::append_registro(session,
                               {.at = now,
                                .actor = "job:alerts.digest",
                                .channel = "job",
                                .kind = "alert.enqueued",
                                .subject = digest.person.id,
                                .content = storage::texts_to_json({{"message", key}, {"alerts", payload}})});
      ++enqueued;
    }
    return enqueued;
  });
}

Result<std::optional<Content>> render_digest(storage::Session& session, const Reference& reference,
                                             const storage::OutboxMessage& message, Instant now) {
  const std::optional<Person> person = storage::find_person(session, message.subject);
  if (!person || !person->active) return std::optional<Content>{};
  cards::DigestView view{.person_name = person->name, .today = local_date(now)};
  for (const auto& [process_id, keys] : keys_by_process(message.text)) {
    Result<std::vector<Tracked>> tracked = track(session, reference, process_id, now);
    if (!tracked) return tl::unexpected<Error>(tracked.error());
    const bool records =
        procedure::may(*person, procedure::Action::record_progress, process_id, "", view.today).has_value();
    for (const Tracked& one : *tracked) {
      if (!is_pending(one) || !keys.contains(procedure::obligation_key(one.obligation))) continue;
      if (!concerns(*person, one, view.today)) continue;
      view.lines.push_back(
          {.obligation = one.obligation,
           .item_name = one.item_name,
           .process_name = reference.process_name(process_id),
           .reason = reason_now(one),
           .business_days_left = one.assessment.business_days_left.value_or(0),
           .can_register = records && one.assessment.state != procedure::ObligationState::overdue});
    }
  }
  if (view.lines.empty()) return std::optional<Content>{};
  std::stable_sort(view.lines.begin(), view.lines.end(), [](const auto& left, const auto& right) {
    return std::tuple(left.business_days_left, left.obligation.due_on) <
           std::tuple(right.business_days_left, right.obligation.due_on);
  });
  return std::optional<Content>(Content{.card = cards::digest_card(view)});
}

}  // namespace pao::handlers::alerts
