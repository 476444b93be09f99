// A meeting as every calendar program reads it: an iCalendar document (RFC 5545) with the method of RFC 5546.
// The same event gives the same bytes. Texts of people are escaped; nothing they type can add a line.
#pragma once

#include "handlers/procedure/bogota_time.hpp"

#include <string>
#include <vector>

namespace pao::cards {

struct CalendarPerson {
  std::string name;
  std::string email;  // one that is none leaves the person out
};

struct CalendarEvent {
  std::string uid;   // the same for every version of the event: "mesa-2026-001@host"
  int sequence = 0;  // grows with every change of time or place and with the cancellation
  Instant made_at;
  Instant starts_at;
  Instant ends_at;
  std::string summary;
  std::string description;
  std::string location;
  CalendarPerson organizer;
  std::vector<CalendarPerson> attendees;
  bool cancelled = false;
  int reminder_minutes = 15;  // before it begins; 0: none
};

std::string calendar_invitation(const CalendarEvent& event);

// Of a mail's attachment that holds it.
std::string calendar_media_type(const CalendarEvent& event);

}  // namespace pao::cards
