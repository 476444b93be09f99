// The ten business days of a follow-up report: where they end, why, and to the second.
#include "handlers/procedure/validation_window.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace pao;
using namespace pao::procedure;

namespace {

Calendar with_civic_days() {
  return Calendar(
      {{make_date(2026, 4, 17), "Día Cívico de la Paz con la Naturaleza", "Decreto 500 de 2024"}});
}

Instant at(const char* iso) {
  return parse_instant(iso).value();
}

}  // namespace

TEST_CASE("ten business days from the business day after sending (R-29, C-08)") {
  struct Case {
    const char* sent;
    bool civic;
    Date last_day;
  };
  const Case cases[] = {
      {"2026-02-02T08:00:00-05:00", false, make_date(2026, 2, 16)},
      {"2026-02-07T08:00:00-05:00", false, make_date(2026, 2, 20)},
      {"2026-03-27T16:00:00-05:00", true, make_date(2026, 4, 14)},
      {"2026-04-01T09:00:00-05:00", true, make_date(2026, 4, 20)},
      {"2026-04-01T09:00:00-05:00", false, make_date(2026, 4, 17)},
      {"2026-05-01T02:10:00Z", false, make_date(2026, 5, 15)},  // still 30 April in Bogotá
      {"2026-12-18T23:59:59-05:00", false, make_date(2027, 1, 5)},
      {"2026-11-06T16:30:00-05:00", true, make_date(2026, 11, 23)},
  };
  for (const Case& each : cases) {
    CAPTURE(each.sent);
    const Calendar calendar = each.civic ? with_civic_days() : Calendar();
    CHECK(open_window(at(each.sent), calendar).last_day == each.last_day);
  }
}

TEST_CASE("the window says each skipped day and its norm") {
  const ValidationWindow window = open_window(at("2026-04-01T09:00:00-05:00"), with_civic_days());
  CHECK(window.calendar == "statutory+entity");
  for (const char* part : {"2026-04-06", "2026-04-20", "Jueves Santo", "Viernes Santo", "Ley 51 de 1983",
                           "2026-04-17", "Decreto 500 de 2024"}) {
    CAPTURE(part);
    CHECK(window.explanation.find(part) != std::string::npos);
  }
}

TEST_CASE("the last second of day 10 is in time and the next one is not (R-32, C-07)") {
  const ValidationWindow window = open_window(at("2026-03-27T16:00:00-05:00"), with_civic_days());
  CHECK(is_in_time(window.last_day, at("2026-04-14T23:59:59-05:00")));
  CHECK_FALSE(is_in_time(window.last_day, at("2026-04-15T00:00:00-05:00")));
}

TEST_CASE("a day declared later extends the window, a day removed never shortens it") {
  const ValidationWindow before = open_window(at("2026-04-01T09:00:00-05:00"), Calendar());
  REQUIRE(before.last_day == make_date(2026, 4, 17));
  const auto longer = extended(before, with_civic_days());
  REQUIRE(longer);
  CHECK(longer->last_day == make_date(2026, 4, 20));
  CHECK(longer->explanation.find("El plazo comunicado antes era el 2026-04-17") != std::string::npos);
  CHECK_FALSE(extended(*longer, Calendar()));
  CHECK_FALSE(extended(*longer, with_civic_days()));
}

TEST_CASE("reminders on days 5, 8 and 10, and after a stop the latest one only (R-33)") {
  const Calendar calendar;
  const ValidationWindow window = open_window(at("2026-02-02T08:00:00-05:00"), calendar);
  struct Case {
    Date day;
    int number;
    std::optional<int> step;
  };
  const Case cases[] = {
      {make_date(2026, 2, 2), 0, std::nullopt}, {make_date(2026, 2, 3), 1, std::nullopt},
      {make_date(2026, 2, 6), 4, std::nullopt}, {make_date(2026, 2, 9), 5, 5},
      {make_date(2026, 2, 10), 6, 5},           {make_date(2026, 2, 11), 7, 5},
      {make_date(2026, 2, 12), 8, 8},           {make_date(2026, 2, 13), 9, 8},
      {make_date(2026, 2, 16), 10, 10},         {make_date(2026, 2, 17), 11, std::nullopt},
  };
  for (const Case& each : cases) {
    CAPTURE(each.number);
    CHECK(window_day(window.sent_on, each.day, calendar) == each.number);
    CHECK(reminder_step(window, each.day, calendar) == each.step);
  }
}

TEST_CASE(
    "the final report is due five business days after the window or the last decision, whichever is later") {
  struct Case {
    Date ended;
    std::optional<Date> decided;
    Date due;
  };
  const Case cases[] = {
      {make_date(2026, 4, 14), std::nullopt, make_date(2026, 4, 22)},  // the 17th is a civic day
      {make_date(2026, 4, 14), make_date(2026, 4, 10), make_date(2026, 4, 22)},
      {make_date(2026, 4, 14), make_date(2026, 4, 20), make_date(2026, 4, 27)},
      {make_date(2026, 11, 23), make_date(2026, 11, 28), make_date(2026, 12, 4)},  // decided on a Saturday
  };
  for (const Case& each : cases) {
    CAPTURE(iso_date(each.ended));
    CHECK(final_report_due(each.ended, each.decided, with_civic_days()) == each.due);
  }
}
