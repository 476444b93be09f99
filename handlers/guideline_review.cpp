#include "handlers/guideline_review.hpp"

#include "cards/guideline_notice.hpp"
#include "handlers/procedure/permissions.hpp"
#include "storage/outbox_store.hpp"
#include "storage/people_store.hpp"
#include "storage/registro_store.hpp"
#include "storage/review_needs_store.hpp"

#include <algorithm>

namespace pao::handlers {
namespace {

using namespace std::chrono_literals;
namespace practice = procedure::practice;

constexpr std::array practices = {practice::plans,      practice::projects,       practice::indicators,
                                  practice::risks,      practice::review_meeting, practice::improvements,
                                  practice::continuity, practice::documents,      practice::general};

int year_of(Date day) {
  return static_cast<int>(std::chrono::year_month_day{day}.year());
}

std::vector<procedure::Person> who_may(const Reference& reference, procedure::Action action, Date today) {
  std::vector<procedure::Person> found;
  for (const procedure::Person& person : reference.people) {
    if (procedure::may(person, action, "", "", today)) found.push_back(person);
  }
  return found;
}

struct Reminder {
  std::string key_prefix;
  std::vector<procedure::Person> people;
  cards::Card card;
};

int enqueue_all(storage::Session& session, const Reminder& reminder, Instant now) {
  int sent = 0;
  for (const procedure::Person& person : reminder.people) {
    const std::string key = reminder.key_prefix + person.id;
    const bool is_new = storage::enqueue(session, {.key = key,
                                                   .kind = "notice",
                                                   .priority = storage::Priority::notice,
                                                   .lane = "person:" + person.aad_object_id,
                                                   .aad_object_id = person.aad_object_id,
                                                   .subject = reminder.key_prefix,
                                                   .card = reminder.card.json,
                                                   .summary = reminder.card.summary,
                                                   .not_before = now,
                                                   .expires_at = now + 14 * 24h,
                                                   .created_at = now});
    if (!is_new) continue;
    ++sent;
    storage::append_registro(session, {.at = now,
                                       .actor = "job:guidelines.review",
                                       .channel = "job",
                                       .kind = "guideline.review_reminder",
                                       .subject = key,
                                       .content = "{}"});
  }
  return sent;
}

std::vector<std::pair<std::string, std::string>> needs_of(storage::Session& session, int term) {
  std::vector<std::pair<std::string, std::string>> lines;
  for (const char* id : practices) {
    for (const auto& needs :
         {storage::review_needs(session, id, term - 1), storage::asked_needs(session, id, term - 1)}) {
      if (!needs.empty()) lines.emplace_back(id, storage::in_words(needs.front()));
    }
  }
  return lines;
}

}  // namespace

int working_term(Date today) {
  const std::chrono::year_month_day parts{today};
  return static_cast<int>(parts.year()) + (parts.month() >= std::chrono::October ? 1 : 0);
}

std::vector<PracticeInForce> practices_in_force(storage::Session& session, int term, Instant now) {
  const auto versions = storage::versions_in_force(session, term, now);
  std::vector<PracticeInForce> all;
  for (const char* id : practices) {
    PracticeInForce one{.practice = id};
    const auto found = std::find_if(versions.begin(), versions.end(),
                                    [&](const auto& version) { return version.practice == id; });
    if (found != versions.end()) {
      one.term = found->term;
      one.version = found->version;
    }
    all.push_back(std::move(one));
  }
  return all;
}

std::vector<std::string> pending_practices(storage::Session& session, int term, Instant now) {
  std::vector<std::string> pending;
  for (const PracticeInForce& one : practices_in_force(session, term, now)) {
    if (one.practice != practice::general && one.term < term) pending.push_back(one.practice);
  }
  return pending;
}

Result<int> remind_of_review(storage::Database& database, const Reference& reference, Instant now) {
  const Date today = local_date(now);
  const std::chrono::year_month_day parts{today};
  const int year = year_of(today);
  const bool review_time = parts.month() >= std::chrono::October && today <= make_date(year, 12, 15);
  const bool too_late = parts.month() < std::chrono::October;
  if (!review_time && !too_late) return 0;
  const int term = working_term(today);
  return database.write([&](storage::Session& session) -> Result<int> {
    const std::vector<std::string> pending = pending_practices(session, term, now);
    if (pending.empty()) return 0;
    Reminder reminder;
    if (review_time) {
      reminder.key_prefix = "guideline-review:" + std::to_string(term) + ":";
      reminder.people = who_may(reference, procedure::Action::draft_guideline, today);
      for (auto& person : who_may(reference, procedure::Action::approve_guideline, today)) {
        reminder.people.push_back(std::move(person));
      }
      reminder.card = cards::review_reminder_card({term, pending, needs_of(session, term)});
    } else {
      reminder.key_prefix = "guideline-pending:" + std::to_string(term) + ":";
      reminder.people = who_may(reference, procedure::Action::approve_guideline, today);
      reminder.card = cards::review_pending_card({term, pending, {}});
    }
    return enqueue_all(session, reminder, now);
  });
}

}  // namespace pao::handlers
