#include "cards/documents/calendar_invitation.hpp"

#include "cards/texts.hpp"

#include <chrono>
#include <cstdio>
#include <string_view>

namespace pao::cards {
namespace {

constexpr std::size_t longest_line = 75;  // octets without the line end (RFC 5545 3.1)

// Colombia has had one offset since 1993; the rule is stated so that no reader needs a list of its own.
constexpr const char* bogota =
    "BEGIN:VTIMEZONE\r\n"
    "TZID:America/Bogota\r\n"
    "BEGIN:STANDARD\r\n"
    "DTSTART:19930404T000000\r\n"
    "TZOFFSETFROM:-0500\r\n"
    "TZOFFSETTO:-0500\r\n"
    "TZNAME:-05\r\n"
    "END:STANDARD\r\n"
    "END:VTIMEZONE\r\n";

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// Longer lines go on in the next one after a blank, never in the middle of a character.
std::string folded(std::string_view line) {
  std::string out;
  std::size_t room = longest_line;
  while (line.size() > room) {
    std::size_t end = room;
    while (end > 0 && continues_character(line[end])) --end;
    if (end == 0) end = room;  // no character at all
    out += std::string(line.substr(0, end)) + "\r\n ";
    line.remove_prefix(end);
    room = longest_line - 1;
  }
  return out + std::string(line) + "\r\n";
}

// A TEXT value (RFC 5545 3.3.11).
std::string escaped(std::string_view text) {
  std::string out;
  const std::string safe = clean(text);
  for (const char c : safe) {
    if (c == '\n')
      out += "\\n";
    else if (c == '\\' || c == ',' || c == ';')
      out += std::string("\\") + c;
    else if (c != '\r')
      out += c;
  }
  return out;
}

// A quoted parameter value has no way to write a quotation mark.
std::string parameter(std::string_view text) {
  std::string out = "\"";
  const std::string safe = clean(text);
  for (const char c : safe) {
    if (c == '"')
      out += '\'';
    else
      out += c == '\n' || c == '\r' ? ' ' : c;
  }
  return out + "\"";
}

bool is_address(const std::string& email) {
  const std::size_t at = email.find('@');
  if (at == std::string::npos || at == 0 || at + 1 == email.size() || email.size() > 254) return false;
  for (const char c : email) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= ' ' || byte >= 0x7F || std::string_view("\"(),:;<>[\\]").find(c) != std::string_view::npos)
      return false;
  }
  return email.find('@', at + 1) == std::string::npos;
}

std::string utc(Instant at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(at - day)};
  char text[32];
  std::snprintf(text, sizeof text, "%04d%02u%02uT%02d%02d%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return text;
}

// "20261120T090000" of the clock on the wall in Bogotá.
std::string local(Instant at) {
  std::string text = utc(at + bogota_offset);
  text.pop_back();
  return text;
}

std::string person_line(const std::string& head, const CalendarPerson& person) {
  return folded(head + ";CN=" + parameter(person.name.empty() ? person.email : person.name) +
                ":mailto:" + person.email);
}

}  // namespace

std::string calendar_invitation(const CalendarEvent& event) {
  std::string out;
  const auto line = [&](const std::string& text) { out += folded(text); };
  line("BEGIN:VCALENDAR");
  line("PRODID:-//PAO Teams//Mesas de trabajo//ES");
  line("VERSION:2.0");
  line("CALSCALE:GREGORIAN");
  line(event.cancelled ? "METHOD:CANCEL" : "METHOD:REQUEST");
  out += bogota;
  line("BEGIN:VEVENT");
  line("UID:" + escaped(event.uid));
  line("SEQUENCE:" + std::to_string(event.sequence));
  line("DTSTAMP:" + utc(event.made_at));
  line("DTSTART;TZID=America/Bogota:" + local(event.starts_at));
  line("DTEND;TZID=America/Bogota:" + local(event.ends_at));
  line("SUMMARY:" + escaped(event.summary));
  if (!event.description.empty()) line("DESCRIPTION:" + escaped(event.description));
  if (!event.location.empty()) line("LOCATION:" + escaped(event.location));
  line(event.cancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
  line("TRANSP:OPAQUE");
  if (is_address(event.organizer.email)) out += person_line("ORGANIZER", event.organizer);
  for (const CalendarPerson& person : event.attendees) {
    if (is_address(person.email))
      out += person_line("ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE",
                         person);
  }
  if (!event.cancelled && event.reminder_minutes > 0) {
    line("BEGIN:VALARM");
    line("ACTION:DISPLAY");
    line("DESCRIPTION:" + escaped(event.summary));
    line("TRIGGER:-PT" + std::to_string(event.reminder_minutes) + "M");
    line("END:VALARM");
  }
  line("END:VEVENT");
  line("END:VCALENDAR");
  return out;
}

std::string calendar_media_type(const CalendarEvent& event) {
  return std::string("text/calendar; charset=utf-8; method=") + (event.cancelled ? "CANCEL" : "REQUEST");
}

}  // namespace pao::cards
