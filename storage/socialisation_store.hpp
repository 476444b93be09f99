// Activity 2: who was told of a publication and who acknowledged it, socialisation events with their
// attendance.
#pragma once

#include "storage/guidelines_store.hpp"
#include "storage/outbox_store.hpp"
#include "storage/session.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pao::storage {

// The keys of the outbox messages of a publication begin so: count_by_state() of it adds up to the audience.
std::string publication_prefix(const GuidelineKey& key);
// Those of its mails, which add up to the audience too.
std::string publication_mail_prefix(const GuidelineKey& key);

struct AudienceMember {
  std::string person_id;
  std::string process_ids;  // "DIR,COM"
  std::optional<Instant> acknowledged_at;
  OutboxState delivery = OutboxState::pending;
  std::string delivery_reason;  // of what could not be delivered
};

// Does nothing when the person is in the audience already.
void add_to_audience(Session& session, const GuidelineKey& key, std::string_view person_id,
                     std::string_view process_ids, std::string_view outbox_key);
// With what became of each message; by person id.
std::vector<AudienceMember> audience_of(Session& session, const GuidelineKey& key);
// False when the person is not in the audience; the first time counts.
bool acknowledge(Session& session, const GuidelineKey& key, std::string_view person_id, Instant at);

struct Attendee {
  std::string name;
  std::string person_id;  // empty: not in the directory
};
struct SocialisationEvent {
  std::string id;  // "SOC-2027-001", given when stored
  int term = 0;
  std::string subject;
  std::string practices;  // "planes,riesgos"; empty: all
  std::string mode;       // "virtual", "presencial"
  Date held_on{};
  std::string meeting_id;  // whose join events gave the list; empty: typed
  std::string recorded_by;
  Instant recorded_at;
};
SocialisationEvent add_event(Session& session, SocialisationEvent event, std::span<const Attendee> attendees);
std::vector<SocialisationEvent> events_of(Session& session, int term);
std::vector<Attendee> attendees_of(Session& session, std::string_view event_id);

// Of the vigencia: how many messages each person got and acknowledged, and whether the person attended.
struct PersonCoverage {
  std::string person_id;
  std::int64_t told = 0;
  std::int64_t acknowledged = 0;
  bool attended = false;
};
std::vector<PersonCoverage> coverage_of(Session& session, int term);

}  // namespace pao::storage
