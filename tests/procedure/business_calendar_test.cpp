#include "handlers/procedure/business_calendar.hpp"

#include "tests/procedure/sample_ministry.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <set>

using namespace pao;
using namespace pao::procedure;
using nlohmann::json;

namespace {

json read_json(const std::string& path) {
  return json::parse(sample::read_file(path));
}

Date day_of(const json& text) {
  const auto day = parse_date(text.get<std::string>());
  REQUIRE(day);
  return *day;
}

std::vector<std::string> skipped_dates(const CountExplanation& explanation) {
  std::vector<std::string> dates;
  for (const auto& counted : explanation.skipped_weekdays()) dates.push_back(iso_date(counted.day));
  return dates;
}

void check_window(const json& example, const Calendar& calendar) {
  if (example.contains("sent_at")) {
    const auto sent_at = parse_instant(example["sent_at"].get<std::string>());
    REQUIRE(sent_at);
    CHECK(local_date(*sent_at) == day_of(example["sent_date"]));
  }
  const Date sent = day_of(example["sent_date"]);
  const int days = example["business_days"];
  const auto explanation = calendar.explain(sent, days);
  CHECK(iso_date(explanation.first) == example["expected_day_1"]);
  CHECK(iso_date(explanation.end) == example["expected_deadline"]);
  CHECK(iso_date(calendar.add_business_days(sent, days)) == example["expected_deadline"]);
  CHECK(skipped_dates(explanation) == example["skipped_weekday_dates"].get<std::vector<std::string>>());
  CHECK(explanation.days.back().number == days);
  CHECK(explanation.calendar == example["calendar"]);
}

}  // namespace

TEST_CASE("every published example of business days comes out") {
  const Calendar statutory;
  const Calendar entity = sample::entity_calendar();
  const auto examples = read_json("tests/data/calendar/business-days-examples.json")["cases"];
  REQUIRE(examples.size() == 32);
  for (const auto& example : examples) {
    CAPTURE(example["id"].get<std::string>());
    const Calendar& calendar = example["calendar"] == "statutory" ? statutory : entity;
    REQUIRE(calendar.name() == example["calendar"]);
    const std::string op = example["op"];
    if (op == "window_deadline") {
      check_window(example, calendar);
    } else if (op == "nth_business_day_of_month") {
      const auto day = calendar.nth_business_day_of_month(example["year"], example["month"], example["n"]);
      REQUIRE(day);
      CHECK(iso_date(*day) == example["expected"]);
    } else if (op == "business_days_after") {
      CHECK(calendar.business_days_after(day_of(example["from"]), day_of(example["to"])) ==
            example["expected"]);
    } else {
      REQUIRE(op == "is_business_day");
      CHECK(calendar.is_business_day(day_of(example["date"])) == example["expected"].get<bool>());
    }
  }
}

TEST_CASE("the holidays of 2024 to 2030 are the published ones, with their names and nominal dates") {
  const auto years = read_json("tests/data/calendar/holidays.json")["years"];
  REQUIRE(years.size() == 7);
  for (const auto& [year, expected] : years.items()) {
    CAPTURE(year);
    CHECK(iso_date(easter_sunday(std::stoi(year))) == expected["easter"]);
    const auto holidays = holidays_of(std::stoi(year));
    CHECK(holidays.size() == 18);
    CHECK(holidays_confirmed(std::stoi(year)));
    std::map<std::string, std::set<std::string>> names, nominal;
    for (const auto& holiday : holidays) {
      names[iso_date(holiday.day)].insert(holiday.name);
      nominal[iso_date(holiday.day)].insert(iso_date(holiday.nominal));
    }
    CHECK(names.size() == expected["distinct_dates"].get<std::size_t>());
    for (const auto& holiday : expected["holidays"]) {
      const std::string date = holiday["date"];
      CAPTURE(date);
      CHECK(names[date] == holiday["names"].get<std::set<std::string>>());
      CHECK(nominal[date] == holiday["nominal_dates"].get<std::set<std::string>>());
    }
  }
}

TEST_CASE("years nobody has confirmed still compute") {
  CHECK_FALSE(holidays_confirmed(2023));
  CHECK_FALSE(holidays_confirmed(2031));
  CHECK(iso_date(easter_sunday(1984)) == "1984-04-22");
  CHECK(iso_date(easter_sunday(2049)) == "2049-04-18");
  CHECK(iso_date(easter_sunday(2099)) == "2099-04-12");
  const Calendar calendar;
  CHECK_FALSE(calendar.is_business_day(make_date(2060, 1, 1)));
  CHECK(iso_date(calendar.add_business_days(make_date(1999, 12, 30), 2)) == "2000-01-03");
  CHECK(iso_date(calendar.add_business_days(make_date(2050, 12, 30), 2)) == "2051-01-03");
}

TEST_CASE("the shipped entity days hold every listed one, and the third Friday of April of every year") {
  const Calendar calendar = sample::entity_calendar();
  const auto& shipped = calendar.entity_days();
  const json expected = read_json("tests/data/calendar/holidays.json")["entity_days"];
  REQUIRE(expected.size() == 9);
  for (const auto& listed : expected) {
    const Date day = day_of(listed["date"]);
    CAPTURE(iso_date(day));
    const auto found =
        std::find_if(shipped.begin(), shipped.end(), [day](const EntityDay& one) { return one.day == day; });
    REQUIRE(found != shipped.end());
    CHECK(found->name == listed["name"]);
    CHECK(found->working == listed["working"].get<bool>());
  }
  for (int year = 2024; year <= 2050; ++year) {
    const Date third_friday{std::chrono::year{year} / std::chrono::April / std::chrono::Friday[3]};
    CAPTURE(iso_date(third_friday));
    CHECK_FALSE(calendar.is_business_day(third_friday));
  }
  CHECK(shipped.size() == 29);
}

TEST_CASE("counting by table and counting day by day agree everywhere") {
  const Calendar calendar = sample::entity_calendar();
  for (Date day = make_date(1999, 12, 20); day < make_date(2000, 2, 1); day += std::chrono::days{1}) {
    for (const int n : {1, 2, 5, 20}) {
      const Date later = calendar.add_business_days(day, n);
      CHECK(calendar.business_days_after(day, later) == n);
      CHECK(calendar.is_business_day(later));
    }
  }
  for (Date day = make_date(2050, 11, 20); day < make_date(2051, 2, 1); day += std::chrono::days{1}) {
    for (const int n : {1, 2, 5, 20}) {
      const Date earlier = calendar.add_business_days(day, -n);
      CHECK(calendar.is_business_day(earlier));
      CHECK(calendar.business_days_after(earlier - std::chrono::days{1}, day - std::chrono::days{1}) == n);
    }
  }
  for (Date day = make_date(2026, 1, 1); day < make_date(2027, 1, 1); day += std::chrono::days{1}) {
    int stepped = 0;
    for (Date one = day + std::chrono::days{1}; one <= day + std::chrono::days{40};
         one += std::chrono::days{1}) {
      stepped += calendar.is_business_day(one) ? 1 : 0;
    }
    CHECK(calendar.business_days_after(day, day + std::chrono::days{40}) == stepped);
    CHECK(calendar.add_business_days(day, 0) == day);
    CHECK(calendar.is_business_day(day) == calendar.why_not_business(day).empty());
  }
}

TEST_CASE("a day can have several reasons, each with its norm") {
  const Calendar calendar = sample::entity_calendar();
  const auto two_holidays = calendar.why_not_business(make_date(2025, 6, 30));
  REQUIRE(two_holidays.size() == 2);
  CHECK(two_holidays[0].name == "Sagrado Corazón de Jesús");
  CHECK(two_holidays[1].name == "San Pedro y San Pablo");
  CHECK(two_holidays[1].norm == "Ley 51 de 1983");

  const auto civic_and_holy = calendar.why_not_business(make_date(2030, 4, 19));
  REQUIRE(civic_and_holy.size() == 2);
  CHECK(civic_and_holy[0].kind == NonBusinessKind::holiday);
  CHECK(civic_and_holy[1].kind == NonBusinessKind::entity_day);
  CHECK(civic_and_holy[1].norm == "Decreto 500 de 2024");

  const auto sunday = calendar.why_not_business(make_date(2026, 11, 15));
  REQUIRE(sunday.size() == 1);
  CHECK(sunday[0].name == "domingo");
  CHECK(sunday[0].norm.empty());
}

TEST_CASE("a fixed holiday on a Sunday moves nothing") {
  const Calendar calendar;
  CHECK_FALSE(calendar.is_business_day(make_date(2025, 7, 20)));
  CHECK(calendar.is_business_day(make_date(2025, 7, 21)));
}

TEST_CASE("a day listed as working wins over weekend, holiday and closure") {
  const Date saturday = make_date(2026, 12, 19);
  const Date holiday = make_date(2026, 12, 8);
  const Date closed_then_worked = make_date(2026, 12, 24);
  const Calendar calendar({{saturday, "Compensación", "Resolución 1", true},
                           {holiday, "Jornada", "Resolución 2", true},
                           {closed_then_worked, "Cierre", "Resolución 3", false},
                           {closed_then_worked, "Se trabaja", "Resolución 4", true}});
  for (const Date day : {saturday, holiday, closed_then_worked}) {
    CAPTURE(iso_date(day));
    CHECK(calendar.is_business_day(day));
    CHECK(calendar.why_not_business(day).empty());
  }
  CHECK(calendar.business_days_after(make_date(2026, 12, 18), make_date(2026, 12, 20)) == 1);
}

TEST_CASE("an explanation lists every day between the start and the end") {
  const Calendar calendar = sample::entity_calendar();
  const auto explanation = calendar.explain(make_date(2026, 4, 1), 10);
  CHECK(iso_date(explanation.start) == "2026-04-01");
  CHECK(explanation.days.size() == 19);
  CHECK(iso_date(explanation.days.front().day) == "2026-04-02");
  CHECK(explanation.days.front().number == 0);
  CHECK(explanation.days.front().reasons.at(0).name == "Jueves Santo");
  CHECK(explanation.skipped_weekdays().back().reasons.at(0).norm == "Decreto 500 de 2024");
}

TEST_CASE("a month has no twenty-fifth business day") {
  const Calendar calendar;
  CHECK_FALSE(calendar.nth_business_day_of_month(2026, 2, 25));
  CHECK_FALSE(calendar.nth_business_day_of_month(2026, 2, 2'000'000'000));
  CHECK_FALSE(calendar.nth_business_day_of_month(2026, 2, 0));
  CHECK_FALSE(calendar.nth_business_day_of_month(2026, 13, 1));
  CHECK(iso_date(calendar.nth_business_day_of_month(2026, 2, 20).value()) == "2026-02-27");
}
