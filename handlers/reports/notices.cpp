#include "handlers/reports/notices.hpp"

#include "cards/report_card.hpp"
#include "handlers/reports/transitions.hpp"
#include "storage/columns.hpp"
#include "storage/outbox_store.hpp"
#include "storage/people_store.hpp"
#include "storage/registro_store.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace pao::handlers::reports {
namespace {

void enqueue_notice(storage::Session& session, const Reference& reference,
                    const std::vector<procedure::Person>& people, const News& news, Instant now) {
  const cards::Card card = cards::report_notice_card(news.title, news.sentence, news.report_id);
  // Midnight is no hour to write to anybody: the notice leaves when the working day begins.
  Date day = local_date(now);
  if (!reference.calendar.is_business_day(day)) day = reference.calendar.add_business_days(day, 1);
  const Instant leaves = std::max(now, at_local_time(day, std::chrono::hours{8}));
  for (const procedure::Person& person : people) {
    storage::enqueue(session, {.key = "report:" + news.report_id + ":" + news.what + ":" + person.id,
                               .kind = "notice",
                               .priority = storage::Priority::notice,
                               .lane = "person:" + person.aad_object_id,
                               .aad_object_id = person.aad_object_id,
                               .subject = news.report_id,
                               .card = card.json,
                               .summary = card.summary,
                               .not_before = leaves,
                               .expires_at = leaves + std::chrono::days{5},
                               .created_at = now});
  }
}

std::optional<procedure::Person> advisor_of(storage::Session& session, const Reference& reference,
                                            std::string_view process_id) {
  const procedure::Process* process = reference.process(process_id);
  if (!process) return std::nullopt;
  auto advisor = storage::find_person(session, process->advisor_id);
  if (!advisor || !advisor->active) return std::nullopt;
  return advisor;
}

}  // namespace

void note(storage::Session& session, const char* kind, const std::string& report_id,
          const std::map<std::string, std::string>& fields, Instant now) {
  storage::append_registro(session, {.at = now,
                                     .actor = "job:reports",
                                     .channel = "job",
                                     .kind = kind,
                                     .subject = report_id,
                                     .content = storage::texts_to_json(fields)});
}

void tell(storage::Session& session, const Reference& reference, std::string_view process_id,
          const News& news, bool advisor_too, Instant now) {
  std::vector<procedure::Person> people = audience_of(session, reference, process_id, local_date(now));
  if (advisor_too) {
    if (auto advisor = advisor_of(session, reference, process_id)) people.push_back(*std::move(advisor));
  }
  enqueue_notice(session, reference, people, news, now);
}

void tell_advisor(storage::Session& session, const Reference& reference, std::string_view process_id,
                  const News& news, Instant now) {
  if (const auto advisor = advisor_of(session, reference, process_id)) {
    enqueue_notice(session, reference, {*advisor}, news, now);
  }
}

}  // namespace pao::handlers::reports
