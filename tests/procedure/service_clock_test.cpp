// The clock of an SS replayed from its events (procedure 5.2, R-41, R-42).
#include "handlers/procedure/service_clock.hpp"

#include "tests/procedure/sample_ministry.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

using namespace pao;
using namespace pao::procedure;
using Kind = ClockEventKind;

namespace {

Date day(const char* iso) {
  return *parse_date(iso);
}

ClockEvent start(const char* on, int level) {
  return {.kind = Kind::start, .on = day(on), .business_days = level};
}

ClockEvent at(Kind kind, const char* on) {
  return {.kind = kind, .on = day(on)};
}

std::string due(const std::vector<ClockEvent>& events) {
  const auto clock = replay(events);
  REQUIRE_MESSAGE(clock, clock.error().detail);
  return clock->due_on ? iso_date(*clock->due_on) : "";
}

}  // namespace

TEST_CASE("the due date follows from the events (R-41)") {
  struct Case {
    const char* name;
    std::vector<ClockEvent> events;
    const char* due;
    int suspended;
  };
  // November 2026: Monday 2 and Monday 16 are holidays.
  const Case cases[] = {
      {"not started", {}, "", 0},
      {"five days over a holiday", {start("2026-11-12", 5)}, "2026-11-20", 0},
      {"filed on a Sunday", {start("2026-11-08", 3)}, "2026-11-11", 0},
      {"waiting", {start("2026-11-09", 5), at(Kind::stop, "2026-11-10")}, "", 0},
      {"two days of waiting",
       {start("2026-11-09", 5), at(Kind::stop, "2026-11-10"), at(Kind::resume, "2026-11-12")},
       "2026-11-19",
       2},
      {"answered the same day",
       {start("2026-11-09", 5), at(Kind::stop, "2026-11-10"), at(Kind::resume, "2026-11-10")},
       "2026-11-17",
       0},
      {"a wait counts five days at most",
       {start("2026-11-03", 5), at(Kind::stop, "2026-11-04"), at(Kind::resume, "2026-11-20")},
       "2026-11-18",
       5},
      {"two waits",
       {start("2026-11-03", 5), at(Kind::stop, "2026-11-04"), at(Kind::resume, "2026-11-05"),
        at(Kind::stop, "2026-11-06"), at(Kind::resume, "2026-11-10")},
       "2026-11-13",
       3},
      {"a wait after the level was used up does not give it back",
       {start("2026-11-03", 2), at(Kind::stop, "2026-11-09"), at(Kind::resume, "2026-11-11")},
       "2026-11-05",
       2},
      {"taken over with three days of waiting",
       {start("2026-11-03", 5), {.kind = Kind::suspend_for, .on = day("2026-11-03"), .business_days = 3}},
       "2026-11-13",
       3},
      {"answered", {start("2026-11-09", 5), at(Kind::end, "2026-11-11")}, "2026-11-17", 0},
  };
  for (const Case& each : cases) {
    CAPTURE(each.name);
    CHECK(due(each.events) == each.due);
    CHECK(replay(each.events)->suspended == each.suspended);
  }
}

TEST_CASE("the entity's days that an event carries count, those that nobody told do not (R-41)") {
  const EntityDay civic{day("2026-11-13"), "Día cívico", "Decreto 1", false};
  ClockEvent begun = start("2026-11-12", 2);
  CHECK(due({begun}) == "2026-11-17");
  begun.entity_days = {civic};
  CHECK(due({begun}) == "2026-11-18");
  CHECK(due({start("2026-11-12", 2),
             {.kind = Kind::extend, .on = day("2026-11-13"), .entity_days = {civic}}}) == "2026-11-18");
}

TEST_CASE("a non-working day declared later moves the date once, and a day taken off the list never") {
  const EntityDay civic{day("2026-11-13"), "Día cívico", "Decreto 1", false};
  std::vector<ClockEvent> events = {start("2026-11-12", 2)};
  CHECK_FALSE(extension(events, Calendar{}, day("2026-11-12")));
  const auto extended = extension(events, Calendar({civic}), day("2026-11-12"));
  REQUIRE(extended);
  events.push_back(*extended);
  CHECK(due(events) == "2026-11-18");
  CHECK_FALSE(extension(events, Calendar({civic}), day("2026-11-13")));
  CHECK_FALSE(extension(events, Calendar{}, day("2026-11-13")));
  const EntityDay far{day("2026-12-24"), "Cierre", "Resolución 2", false};
  CHECK_FALSE(extension(events, Calendar({civic, far}), day("2026-11-13")));  // beyond the due date
  const EntityDay worked{day("2026-11-14"), "Compensado", "Resolución 3", true};
  CHECK_FALSE(extension({start("2026-11-12", 2)}, Calendar({worked}), day("2026-11-12")));
  events.push_back(at(Kind::stop, "2026-11-13"));
  CHECK_FALSE(extension(events, Calendar({civic, far}), day("2026-11-13")));  // stands still
}

TEST_CASE("events that cannot follow each other are not replayed") {
  const std::vector<std::vector<ClockEvent>> wrong = {
      {at(Kind::stop, "2026-11-10")},
      {start("2026-11-09", 0)},
      {start("2026-11-09", 5), start("2026-11-10", 5)},
      {start("2026-11-09", 5), at(Kind::resume, "2026-11-10")},
      {start("2026-11-09", 5), at(Kind::stop, "2026-11-10"), at(Kind::stop, "2026-11-11")},
      {start("2026-11-09", 5), at(Kind::end, "2026-11-10"), at(Kind::stop, "2026-11-11")},
      {start("2026-11-09", 5), at(Kind::end, "2026-11-10"), at(Kind::end, "2026-11-11")},
      {start("2026-11-09", 5), at(Kind::stop, "2026-11-06")},
  };
  for (const auto& events : wrong) CHECK_FALSE(replay(events));
}

TEST_CASE("the explanation counts every day once and ends on the due date") {
  const std::vector<ClockEvent> events = {start("2026-11-09", 5), at(Kind::stop, "2026-11-10"),
                                          at(Kind::resume, "2026-11-12")};
  const auto clock = replay(events);
  REQUIRE(clock);
  const std::vector<ClockDay> days = explain(*clock);
  REQUIRE(days.size() == 10);  // 10 to 19 November
  CHECK(days[0].number == 1);
  CHECK(days[1].waiting);
  CHECK(days[2].waiting);
  CHECK(days[3].number == 2);            // Friday 13
  CHECK_FALSE(days[4].reasons.empty());  // Saturday
  CHECK_FALSE(days[6].reasons.empty());  // Monday 16, holiday
  CHECK(days.back().number == 5);
  CHECK(days.back().day == *clock->due_on);
  CHECK(explain(ServiceClock{}).empty());
}

TEST_CASE("what is used up stands still while information is awaited") {
  const auto clock =
      replay({start("2026-11-09", 5), at(Kind::stop, "2026-11-10"), at(Kind::resume, "2026-11-12")});
  REQUIRE(clock);
  const std::pair<const char*, int> used[] = {{"2026-11-09", 0}, {"2026-11-10", 1}, {"2026-11-11", 1},
                                              {"2026-11-12", 1}, {"2026-11-13", 2}, {"2026-11-17", 3},
                                              {"2026-11-19", 5}, {"2026-11-20", 6}};
  for (const auto& [on, days] : used) {
    CAPTURE(on);
    CHECK(used_business_days(*clock, day(on)) == days);
  }
}

TEST_CASE("who asks for information waits until the end of the fifth business day (5.2, GEN-17)") {
  const auto clock = replay({start("2026-11-09", 5), at(Kind::stop, "2026-11-10")});
  REQUIRE(clock);
  CHECK(iso_date(*information_until(*clock)) == "2026-11-18");
  CHECK_FALSE(information_until(*replay({start("2026-11-09", 5)})));
}

TEST_CASE("half, four fifths, the day before, the day itself and exceeded, by level (R-42)") {
  struct Case {
    int level;
    std::vector<ClockStep> on_business_day;  // from day 1 on
  };
  using enum ClockStep;
  const Case cases[] = {
      {2, {day_before, due_today, exceeded}},
      {3, {none, day_before, due_today, exceeded}},
      {5, {none, none, half, day_before, due_today, exceeded}},
      {8, {none, none, none, half, half, half, day_before, due_today, exceeded}},
      {10, {none, none, none, none, half, half, half, most, day_before, due_today, exceeded}},
  };
  const Calendar calendar;
  for (const Case& each : cases) {
    const auto clock = replay({start("2026-02-02", each.level)});
    REQUIRE(clock);
    for (std::size_t i = 0; i < each.on_business_day.size(); ++i) {
      CAPTURE(each.level);
      CAPTURE(i);
      const Date on = calendar.add_business_days(day("2026-02-02"), static_cast<int>(i) + 1);
      CHECK(step_on(*clock, on) == each.on_business_day[i]);
    }
  }
  CHECK(step_on(*replay({start("2026-02-02", 2), at(Kind::stop, "2026-02-03")}), day("2026-02-27")) == none);
  CHECK(step_on(*replay({start("2026-02-02", 2), at(Kind::end, "2026-02-03")}), day("2026-02-27")) == none);
}

TEST_CASE("every SS of the sample ministry is due when expected, from its events alone (R-41)") {
  const Calendar calendar = sample::entity_calendar();
  for (const auto& row : sample::ministry("solicitudes_ss.csv")) {
    CAPTURE(row.at("ss_id"));
    const Date filed = *parse_date(row.at("fecha_radicado"));
    const int level = std::stoi(row.at("nivel_servicio_dias"));
    std::vector<ClockEvent> events = {{.kind = Kind::start,
                                       .on = filed,
                                       .business_days = level,
                                       .entity_days = days_ahead(calendar, filed, level)}};
    if (const int days = std::stoi(row.at("dias_habiles_suspendidos")); days > 0) {
      events.push_back({.kind = Kind::suspend_for, .on = filed, .business_days = days});
    }
    CHECK(due(events) == row.at("esperado_vence"));
  }
}
