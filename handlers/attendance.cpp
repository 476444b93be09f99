#include "handlers/attendance.hpp"

#include "cards/texts.hpp"
#include "storage/knowledge/spanish_text.hpp"
#include "storage/meeting_attendance_store.hpp"

#include <algorithm>
#include <set>

namespace pao::handlers {
namespace {

constexpr std::size_t most_attendees = 500;
constexpr std::size_t meetings_offered = 15;

std::vector<std::string> entries_of(std::string_view typed) {
  std::vector<std::string> entries;
  std::string entry;
  const auto take = [&] {
    const std::size_t first = entry.find_first_not_of(" \t\"'-•");
    const std::size_t last = entry.find_last_not_of(" \t\"'");
    if (first != std::string::npos && last != std::string::npos && last >= first) {
      entries.push_back(entry.substr(first, std::min<std::size_t>(last - first + 1, 160)));
    }
    entry.clear();
  };
  for (const char c : typed) {
    if (c == '\n' || c == '\r' || c == ',' || c == ';' || c == '\t') {
      take();
    } else {
      entry += c;
    }
  }
  take();
  return entries;
}

bool is_same(const procedure::Person& person, const std::string& entry) {
  if (entry.find('@') != std::string::npos) {
    return std::equal(entry.begin(), entry.end(), person.email.begin(), person.email.end(),
                      [](char left, char right) {
                        return std::tolower(static_cast<unsigned char>(left)) ==
                               std::tolower(static_cast<unsigned char>(right));
                      });
  }
  return storage::knowledge::fold(person.name) == storage::knowledge::fold(entry);
}

}  // namespace

std::vector<storage::Attendee> attendees_from(std::string_view typed, const Reference& reference) {
  std::vector<storage::Attendee> attendees;
  std::set<std::string> seen;
  for (const std::string& entry : entries_of(typed)) {
    if (attendees.size() == most_attendees) break;
    const auto person = std::find_if(reference.people.begin(), reference.people.end(),
                                     [&](const procedure::Person& one) { return is_same(one, entry); });
    const bool known = person != reference.people.end();
    storage::Attendee attendee{known ? person->name : entry, known ? person->id : ""};
    if (seen.insert(known ? attendee.person_id : storage::knowledge::fold(entry)).second) {
      attendees.push_back(std::move(attendee));
    }
  }
  return attendees;
}

// The meetings of the last ninety days, latest first.
std::vector<std::pair<std::string, std::string>> meetings_before(storage::Session& session, Instant now) {
  std::vector<std::pair<std::string, std::string>> offered;
  auto meetings = storage::meetings_between(session, now - std::chrono::days{90}, now);
  std::reverse(meetings.begin(), meetings.end());
  for (const storage::Meeting& meeting : meetings) {
    if (offered.size() == meetings_offered) break;
    std::set<std::string> people;
    for (const auto& stay : storage::attendance_of(session, meeting.id)) people.insert(stay.aad_object_id);
    std::string name = meeting.title.empty() ? "Reunión" : cards::shorten(meeting.title, 80);
    if (meeting.started_at) name += ", " + cards::long_date(local_date(*meeting.started_at));
    offered.emplace_back(meeting.id, name + " (" + std::to_string(people.size()) + " personas)");
  }
  return offered;
}

// Who was in the meeting, each once.
std::vector<storage::Attendee> attendees_of_meeting(storage::Session& session, const Reference& reference,
                                                    std::string_view meeting_id) {
  std::vector<storage::Attendee> attendees;
  std::set<std::string> seen;
  for (const storage::Attendance& stay : storage::attendance_of(session, meeting_id)) {
    if (!seen.insert(stay.aad_object_id).second) continue;
    const procedure::Person* person = reference.person_by_aad(stay.aad_object_id);
    attendees.push_back(person ? storage::Attendee{person->name, person->id}
                               : storage::Attendee{stay.name, ""});
  }
  return attendees;
}

}  // namespace pao::handlers
