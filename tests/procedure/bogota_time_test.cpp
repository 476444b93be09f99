#include "handlers/procedure/bogota_time.hpp"

#include <doctest/doctest.h>

using namespace pao;

TEST_CASE("an instant falls on the Bogotá day, not on the UTC day") {
  struct Case {
    const char* instant;
    const char* day;
  };
  for (const Case& c :
       {Case{"2026-05-01T02:10:00Z", "2026-04-30"}, Case{"2026-05-01T04:59:59Z", "2026-04-30"},
        Case{"2026-05-01T05:00:00Z", "2026-05-01"}, Case{"2026-03-06T23:59:59-05:00", "2026-03-06"},
        Case{"2026-03-07T00:00:00-05:00", "2026-03-07"}, Case{"1969-12-31T23:00:00Z", "1969-12-31"},
        Case{"1970-01-01T04:00:00Z", "1969-12-31"}}) {
    CAPTURE(c.instant);
    const auto at = parse_instant(c.instant);
    REQUIRE(at);
    CHECK(iso_date(local_date(*at)) == c.day);
  }
}

TEST_CASE("an instant is written back in Bogotá time to the second") {
  CHECK(iso_instant(*parse_instant("2026-03-05T17:03:51-05:00")) == "2026-03-05T17:03:51-05:00");
  CHECK(iso_instant(*parse_instant("2026-05-01T02:10:00.999Z")) == "2026-04-30T21:10:00-05:00");
  CHECK(iso_instant(*parse_instant("2026-05-01T02:10:00.123456789+02:30")) == "2026-04-30T18:40:00-05:00");
}

TEST_CASE("midnight and the time of day are Bogotá's") {
  const Date day = make_date(2026, 11, 12);
  CHECK(iso_instant(start_of_day(day)) == "2026-11-12T00:00:00-05:00");
  CHECK(iso_instant(at_local_time(day, std::chrono::hours{8})) == "2026-11-12T08:00:00-05:00");
  CHECK(local_time_of_day(at_local_time(day, std::chrono::minutes{501})) == std::chrono::minutes{501});
}

TEST_CASE("only existing dates in the exact form are read") {
  CHECK(parse_date("2026-04-09") == make_date(2026, 4, 9));
  CHECK(parse_date("2024-02-29") == make_date(2024, 2, 29));
  for (const char* text :
       {"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-4-9", "09/04/2026", "2026-04-09 ", " 2026-04-09",
        "2026-04-31", "26-04-09", "2026-04-0x", "+026-04-09"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_date(text));
  }
}

TEST_CASE("an instant without an offset or with a wrong part is refused") {
  for (const char* text :
       {"2026-03-05T17:03:51", "2026-03-05", "2026-03-05T24:00:00Z", "2026-03-05T17:60:00Z",
        "2026-03-05T17:03:60Z", "2026-03-05T17:03Z", "2026-03-05T17:03:51.Z", "2026-03-05T17:03:51-0500",
        "2026-03-05T17:03:51Zx", "2026-02-30T00:00:00Z", "2026-03-05 17:03:51Z"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_instant(text));
  }
}
