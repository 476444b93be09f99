// When a scheduled job is due.
#include "handlers/jobs.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::handlers;
using namespace std::chrono_literals;

TEST_CASE("a job runs once on a day that it works, within its hours") {
  struct Case {
    std::string name;
    const char* now;
    const char* last_run;
    bool business_days_only;
    bool due;
  };
  const Case cases[] = {
      {"first run ever", "2026-11-12T09:00:00-05:00", "", true, true},
      {"first second", "2026-11-12T08:00:00-05:00", "2026-11-11T08:00:00-05:00", true, true},
      {"one second before", "2026-11-12T07:59:59-05:00", "2026-11-11T08:00:00-05:00", true, false},
      {"last second", "2026-11-12T17:59:59-05:00", "2026-11-11T08:00:00-05:00", true, true},
      {"after the hours", "2026-11-12T18:00:00-05:00", "2026-11-11T08:00:00-05:00", true, false},
      {"ran today", "2026-11-12T15:00:00-05:00", "2026-11-12T08:00:00-05:00", true, false},
      {"ran late yesterday, in UTC today", "2026-11-12T08:00:00-05:00", "2026-11-12T02:00:00Z", true, true},
      {"Saturday", "2026-11-14T09:00:00-05:00", "2026-11-13T08:00:00-05:00", true, false},
      {"Saturday, every day", "2026-11-14T09:00:00-05:00", "2026-11-13T08:00:00-05:00", false, true},
      {"holiday", "2026-11-16T09:00:00-05:00", "2026-11-13T08:00:00-05:00", true, false},
      {"the business day after", "2026-11-17T09:00:00-05:00", "2026-11-13T08:00:00-05:00", true, true},
      {"after a stop of three days", "2026-11-12T10:30:00-05:00", "2026-11-09T08:00:00-05:00", true, true},
      {"a clock that was ahead", "2026-11-12T09:00:00-05:00", "2026-11-20T08:00:00-05:00", true, true},
  };
  const procedure::Calendar calendar;
  for (const Case& each : cases) {
    CAPTURE(each.name);
    const auto last = *each.last_run ? parse_instant(each.last_run) : std::nullopt;
    const Schedule schedule{8h, 18h, each.business_days_only};
    CHECK(is_due(schedule, last, parse_instant(each.now).value(), calendar) == each.due);
  }
}

TEST_CASE("after a stop of three days the job runs once, not once for each day") {
  const procedure::Calendar calendar;
  const Schedule schedule{8h, 18h, true};
  std::optional<Instant> last = parse_instant("2026-11-09T08:00:00-05:00");
  int runs = 0;
  for (Instant now = parse_instant("2026-11-12T08:00:00-05:00").value();
       now < parse_instant("2026-11-12T18:00:00-05:00").value(); now += 1min) {
    if (!is_due(schedule, last, now, calendar)) continue;
    ++runs;
    last = now;
  }
  CHECK(runs == 1);
}

TEST_CASE(
    "what failed waits one, two, four minutes and at most half an hour, and never for a clock that went "
    "back") {
  CHECK(retry_pause(1) == 1min);
  CHECK(retry_pause(2) == 2min);
  CHECK(retry_pause(3) == 4min);
  CHECK(retry_pause(6) == 30min);
  CHECK(retry_pause(1000) == 30min);
  const Instant at = parse_instant("2026-11-12T09:00:00-05:00").value();
  CHECK(may_retry(at, 0, at));
  CHECK_FALSE(may_retry(at, 1, at + 59s));
  CHECK(may_retry(at, 1, at + 1min));
  CHECK(may_retry(at, 1000, at - 1s));
}

TEST_CASE("a job of every few minutes runs again after so long, within its hours") {
  const procedure::Calendar calendar;
  const Schedule schedule{8h, 18h, true, 5min};
  const auto due = [&](const char* now, const char* last) {
    return is_due(schedule, parse_instant(last), parse_instant(now).value(), calendar);
  };
  CHECK(due("2026-11-12T08:00:00-05:00", "2026-11-11T17:59:00-05:00"));
  CHECK_FALSE(due("2026-11-12T09:04:59-05:00", "2026-11-12T09:00:00-05:00"));
  CHECK(due("2026-11-12T09:05:00-05:00", "2026-11-12T09:00:00-05:00"));
  CHECK(due("2026-11-12T09:00:00-05:00", "2026-11-12T12:00:00-05:00"));  // the clock was ahead
  CHECK_FALSE(due("2026-11-12T18:00:00-05:00", "2026-11-12T17:00:00-05:00"));
}
