#include "storage/socialisation_store.hpp"

#include "storage/columns.hpp"
#include "storage/words.hpp"

#include <algorithm>
#include <map>

namespace pao::storage {
namespace {

SocialisationEvent event_of(const Row& row) {
  return {.id = row.string(0),
          .term = static_cast<int>(row.integer(1)),
          .subject = row.string(2),
          .practices = row.string(3),
          .mode = row.string(4),
          .held_on = known(row.date(5)),
          .meeting_id = row.string(6),
          .recorded_by = row.string(7),
          .recorded_at = row.instant(8)};
}

}  // namespace

std::string publication_prefix(const GuidelineKey& key) {
  return "guideline:" + key.practice + ":" + std::to_string(key.term) + ":" + std::to_string(key.version) +
         ":";
}

std::string publication_mail_prefix(const GuidelineKey& key) {
  return "mail-" + publication_prefix(key);
}

void add_to_audience(Session& session, const GuidelineKey& key, std::string_view person_id,
                     std::string_view process_ids, std::string_view outbox_key) {
  session.run(
      "INSERT INTO guideline_audience (practice, term, version, person_id, process_ids, key)"
      " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (practice, term, version, person_id) DO NOTHING",
      {std::string_view(key.practice), to_value(key.term), to_value(key.version), person_id, process_ids,
       outbox_key});
}

std::vector<AudienceMember> audience_of(Session& session, const GuidelineKey& key) {
  return session.all(
      "SELECT a.person_id, a.process_ids, a.acknowledged_at, o.state, o.reason"
      " FROM guideline_audience a JOIN outbox o ON o.key = a.key"
      " WHERE a.practice = $1 AND a.term = $2 AND a.version = $3 ORDER BY a.person_id",
      {std::string_view(key.practice), to_value(key.term), to_value(key.version)}, [](const Row& row) {
        return AudienceMember{row.string(0), row.string(1), row.optional_instant(2),
                              known(value_of(outbox_state_words, row.text(3))), row.string(4)};
      });
}

bool acknowledge(Session& session, const GuidelineKey& key, std::string_view person_id, Instant at) {
  return session.run(
             "UPDATE guideline_audience SET acknowledged_at = COALESCE(acknowledged_at, $5)"
             " WHERE practice = $1 AND term = $2 AND version = $3 AND person_id = $4",
             {std::string_view(key.practice), to_value(key.term), to_value(key.version), person_id,
              to_value(at)}) == 1;
}

SocialisationEvent add_event(Session& session, SocialisationEvent event,
                             std::span<const Attendee> attendees) {
  event.id =
      numbered_id("SOC", event.term, next_number(session, "socialisation-" + std::to_string(event.term)), 3);
  const std::string held_on = iso_date(event.held_on);
  session.run(
      "INSERT INTO socialisation_events (id, term, subject, practices, mode, held_on, meeting_id,"
      " recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      {std::string_view(event.id), to_value(event.term), std::string_view(event.subject),
       std::string_view(event.practices), std::string_view(event.mode), std::string_view(held_on),
       std::string_view(event.meeting_id), std::string_view(event.recorded_by), to_value(event.recorded_at)});
  int position = 0;
  for (const Attendee& attendee : attendees) {
    session.run(
        "INSERT INTO socialisation_attendance (event_id, position, name, person_id)"
        " VALUES ($1, $2, $3, $4)",
        {std::string_view(event.id), to_value(++position), std::string_view(attendee.name),
         text_or_null(attendee.person_id)});
  }
  return event;
}

std::vector<SocialisationEvent> events_of(Session& session, int term) {
  return session.all(
      "SELECT id, term, subject, practices, mode, held_on, meeting_id, recorded_by, recorded_at"
      " FROM socialisation_events WHERE term = $1 ORDER BY held_on, id",
      {to_value(term)}, event_of);
}

std::vector<Attendee> attendees_of(Session& session, std::string_view event_id) {
  return session.all(
      "SELECT name, person_id FROM socialisation_attendance WHERE event_id = $1 ORDER BY position",
      {event_id}, [](const Row& row) {
        return Attendee{row.string(0), row.string(1)};
      });
}

std::vector<PersonCoverage> coverage_of(Session& session, int term) {
  std::map<std::string, PersonCoverage> people;
  session.each(
      "SELECT person_id, COUNT(*), COUNT(acknowledged_at) FROM guideline_audience WHERE term = $1"
      " GROUP BY person_id",
      {to_value(term)}, [&](const Row& row) {
        people[row.string(0)] = {row.string(0), row.integer(1), row.integer(2), false};
        return true;
      });
  session.each(
      "SELECT DISTINCT a.person_id FROM socialisation_attendance a"
      " JOIN socialisation_events e ON e.id = a.event_id WHERE e.term = $1 AND a.person_id IS NOT NULL",
      {to_value(term)}, [&](const Row& row) {
        PersonCoverage& one = people[row.string(0)];
        one.person_id = row.string(0);
        one.attended = true;
        return true;
      });
  std::vector<PersonCoverage> all;
  for (auto& [id, one] : people) all.push_back(std::move(one));
  return all;
}

}  // namespace pao::storage
