#include "handlers/guideline_publication.hpp"

#include "cards/guideline_mail.hpp"
#include "handlers/procedure/guideline_diff.hpp"
#include "storage/knowledge/guideline_file.hpp"
#include "storage/mail_outbox.hpp"
#include "storage/people_store.hpp"
#include "storage/socialisation_store.hpp"

#include <algorithm>
#include <map>

namespace pao::handlers {
namespace {

using namespace std::chrono_literals;
using storage::GuidelineKey;
using storage::GuidelineVersion;

// The version that the publication followed: of the same vigencia, else of the latest earlier one.
std::optional<GuidelineKey> version_before(storage::Session& session, const GuidelineVersion& published) {
  if (!published.in_force_from) return std::nullopt;
  const Instant just_before = *published.in_force_from - 1ms;
  for (const GuidelineKey& one : storage::versions_in_force(session, published.key.term, just_before)) {
    if (one.practice == published.key.practice) return one;
  }
  return std::nullopt;
}

// The card and the mail of a publication for one person, under keys of their own: a delivery result each.
void enqueue_publication(storage::Session& session, const GuidelineKey& key, const procedure::Person& person,
                         const cards::Card& card, storage::Mail mail) {
  storage::enqueue(session, {.key = storage::publication_prefix(key) + person.id,
                             .kind = "notice",
                             .priority = storage::Priority::broadcast,
                             .lane = "person:" + person.aad_object_id,
                             .aad_object_id = person.aad_object_id,
                             .subject = storage::publication_prefix(key),
                             .card = card.json,
                             .summary = card.summary,
                             .not_before = mail.not_before,
                             .expires_at = mail.expires_at,
                             .created_at = mail.created_at});
  mail.key = storage::publication_mail_prefix(key) + person.id;
  mail.person_id = person.id;
  storage::enqueue_mail(session, mail);
}

// Leaders and liaisons that day, each once, with their processes.
std::map<std::string, std::string> audience(const Reference& reference, Date today) {
  std::map<std::string, std::string> processes;
  for (const procedure::Person& person : reference.people) {
    for (const procedure::RoleGrant& grant : person.roles) {
      const bool wanted = grant.role == procedure::Role::leader || grant.role == procedure::Role::liaison;
      const bool holds = (!grant.since || *grant.since <= today) && (!grant.until || today <= *grant.until);
      if (!wanted || !holds || grant.process_id.empty()) continue;
      std::string& list = processes[person.id];
      if (("," + list + ",").find("," + grant.process_id + ",") != std::string::npos) continue;
      list += (list.empty() ? "" : ",") + grant.process_id;
    }
  }
  return processes;
}

}  // namespace

Instant in_working_hours(Instant now, const procedure::Calendar& calendar) {
  const Date today = local_date(now);
  const auto time = local_time_of_day(now);
  if (calendar.is_business_day(today)) {
    if (time < 8h) return at_local_time(today, 8h);
    if (time < 18h) return now;
  }
  return at_local_time(calendar.add_business_days(today, 1), 8h);
}

std::optional<cards::PublicationView> publication_view(storage::Session& session, const GuidelineKey& key) {
  const auto version = storage::find_version(session, key);
  if (!version || !version->published_at) return std::nullopt;
  cards::PublicationView view{
      .ref = {key.practice, key.term, key.version},
      .for_next_term = procedure::rules_from(key.term, *version->published_at) > *version->published_at};
  const auto file = storage::knowledge::parse_guideline(storage::guideline_document(session, key));
  view.sample = file && file->rules.sample;
  if (const auto person = storage::find_person(session, version->published_by)) {
    view.published_by_name = person->name;
  }
  const auto before = version_before(session, *version);
  view.is_first = !before;
  if (!before) return view;
  const auto old = storage::criteria_of(session, *before), made = storage::criteria_of(session, key);
  for (const auto& change : procedure::compare_criteria(old, made)) {
    using Kind = procedure::CriterionChange::Kind;
    ++(change.kind == Kind::added ? view.added : change.kind == Kind::removed ? view.removed : view.changed);
  }
  return view;
}

std::size_t announce(storage::Session& session, const Reference& reference, const GuidelineKey& key,
                     Instant now) {
  const auto view = publication_view(session, key);
  if (!view) return 0;
  const cards::Card card = cards::publication_card(*view);
  const Instant when = in_working_hours(now, reference.calendar);
  const storage::Mail mail{.key = "",
                           .person_id = "",
                           .about = storage::publication_prefix(key),
                           .subject = cards::publication_mail_subject(*view),
                           .text = cards::publication_mail_text(*view),
                           .html = cards::publication_mail_html(*view),
                           .not_before = when,
                           .expires_at = when + 14 * 24h,
                           .created_at = now};
  const auto people = audience(reference, local_date(now));
  for (const auto& [person_id, process_ids] : people) {
    const auto person = storage::find_person(session, person_id);
    if (!person) continue;
    storage::add_to_audience(session, key, person_id, process_ids,
                             storage::publication_prefix(key) + person_id);
    enqueue_publication(session, key, *person, card, mail);
  }
  return people.size();
}

}  // namespace pao::handlers
