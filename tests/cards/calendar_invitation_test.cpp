// The invitation that goes to calendars, read line by line as RFC 5545 says.
#include "cards/documents/calendar_invitation.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace pao;
using namespace pao::cards;

namespace {

CalendarEvent event() {
  return {.uid = "MESA-2026-001@pao-teams",
          .sequence = 2,
          .made_at = *parse_instant("2026-11-12T09:00:00-05:00"),
          .starts_at = *parse_instant("2026-11-20T19:30:00-05:00"),
          .ends_at = *parse_instant("2026-11-20T20:30:00-05:00"),
          .summary = "Mesa de trabajo: metas; fechas, y más",
          .description = "1. Metas\n2. Fechas \\ plazos",
          .location = "Sala 3",
          .organizer = {"Bruno Páramo", "bruno@entidad.gov.co"},
          .attendees = {{"Ana \"la\" Guayacán", "ana@entidad.gov.co"}, {"Sin correo", ""}}};
}

std::vector<std::string> raw_lines(const std::string& document) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < document.size();) {
    const std::size_t end = document.find("\r\n", at);
    REQUIRE(end != std::string::npos);  // every line ends so
    lines.push_back(document.substr(at, end - at));
    at = end + 2;
  }
  return lines;
}

// What a reader makes of it: folded lines joined.
std::vector<std::string> lines_of(const std::string& document) {
  std::vector<std::string> lines;
  for (const std::string& line : raw_lines(document)) {
    CHECK(line.size() <= 75);
    CHECK(line.find('\n') == std::string::npos);
    CHECK(line.find('\r') == std::string::npos);
    if (line.starts_with(' '))
      lines.back() += line.substr(1);
    else
      lines.push_back(line);
  }
  return lines;
}

bool has(const std::vector<std::string>& lines, const std::string& line) {
  return std::find(lines.begin(), lines.end(), line) != lines.end();
}

}  // namespace

TEST_CASE(
    "an invitation is a calendar document with the hour of Bogotá, its version and whom it asks (R-10)") {
  const std::string document = calendar_invitation(event());
  const auto lines = lines_of(document);
  CHECK(lines.front() == "BEGIN:VCALENDAR");
  CHECK(lines.back() == "END:VCALENDAR");
  for (const char* line :
       {"VERSION:2.0", "METHOD:REQUEST", "UID:MESA-2026-001@pao-teams", "SEQUENCE:2",
        "DTSTAMP:20261112T140000Z", "DTSTART;TZID=America/Bogota:20261120T193000",
        "DTEND;TZID=America/Bogota:20261120T203000", "TZID:America/Bogota", "TZOFFSETTO:-0500",
        "SUMMARY:Mesa de trabajo: metas\\; fechas\\, y más", "DESCRIPTION:1. Metas\\n2. Fechas \\\\ plazos",
        "LOCATION:Sala 3", "STATUS:CONFIRMED", "TRIGGER:-PT15M",
        "ORGANIZER;CN=\"Bruno Páramo\":mailto:bruno@entidad.gov.co",
        "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=\"Ana 'la' "
        "Guayacán\":mailto:ana@entidad.gov.co"}) {
    CAPTURE(line);
    CHECK(has(lines, line));
  }
  CHECK(document.find("Sin correo") == std::string::npos);
  CHECK(document == calendar_invitation(event()));
  CHECK(calendar_media_type(event()) == "text/calendar; charset=utf-8; method=REQUEST");
}

TEST_CASE("a cancellation is the same event with a later version, and rings no more (R-10)") {
  CalendarEvent cancelled = event();
  cancelled.cancelled = true;
  cancelled.sequence = 3;
  const auto lines = lines_of(calendar_invitation(cancelled));
  CHECK(has(lines, "METHOD:CANCEL"));
  CHECK(has(lines, "STATUS:CANCELLED"));
  CHECK(has(lines, "SEQUENCE:3"));
  CHECK(has(lines, "UID:MESA-2026-001@pao-teams"));
  CHECK(!has(lines, "BEGIN:VALARM"));
  CHECK(calendar_media_type(cancelled) == "text/calendar; charset=utf-8; method=CANCEL");
}

TEST_CASE("nothing that somebody types adds a line, breaks a character or runs over 75 octets (R-52)") {
  CalendarEvent hostile = event();
  hostile.summary = "uno\r\nATTENDEE:mailto:otro@x.co\nMETHOD:CANCEL\x01\x7f";
  hostile.description = std::string(500, 'a') + "ñáéíóú€🙂" + std::string(300, 'b');
  hostile.location = "\"Sala\"; 3\\n";
  hostile.attendees = {{"Eva\r\nBEGIN:VEVENT", "eva@x.co"},
                       {"Malo", "malo@x.co\r\nATTENDEE:mailto:otro@x.co"},
                       {"Malo", "malo@x.co;x=1"},
                       {"Malo", "a@b@c"},
                       {"Malo", "@x.co"}};
  const auto lines = lines_of(calendar_invitation(hostile));
  CHECK(std::count_if(lines.begin(), lines.end(),
                      [](const auto& line) { return line.starts_with("ATTENDEE"); }) == 1);
  CHECK(std::count_if(lines.begin(), lines.end(),
                      [](const auto& line) { return line.starts_with("METHOD"); }) == 1);
  CHECK(std::count(lines.begin(), lines.end(), "BEGIN:VEVENT") == 1);
  CHECK(has(lines, "DESCRIPTION:" + std::string(500, 'a') + "ñáéíóú€🙂" + std::string(300, 'b')));
  for (const std::string& line : raw_lines(calendar_invitation(hostile))) {
    // No line begins or ends inside a character.
    const auto first = static_cast<unsigned char>(line.front() == ' ' && line.size() > 1 ? line[1] : line[0]);
    CHECK((first & 0xC0U) != 0x80U);
  }
  for (std::size_t length = 60; length < 90; ++length) {
    hostile.summary = std::string(length, 'x') + "ñandú";
    CHECK(has(lines_of(calendar_invitation(hostile)), "SUMMARY:" + std::string(length, 'x') + "ñandú"));
  }
}
