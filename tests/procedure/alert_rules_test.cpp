#include "handlers/procedure/alert_rules.hpp"

#include "tests/procedure/sample_ministry.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::procedure;

namespace {

using Recipients = std::vector<Recipient>;
const Recipients first_line{Recipient::owner, Recipient::liaison};
const Recipients with_leader{Recipient::owner, Recipient::liaison, Recipient::leader};
const Recipients with_coordination{Recipient::owner, Recipient::liaison, Recipient::leader,
                                   Recipient::coordination};

// October plan progress, due Monday 9 November 2026; 2 November is a holiday.
const Obligation october{"DIR",     practice::plans,        "T1",
                         "2026-10", make_date(2026, 11, 9), make_date(2026, 11, 1)};

std::vector<AlertDue> alerts_on(const Obligation& obligation, Date today,
                                const std::unordered_set<std::string>& sent = {},
                                ObligationState state = ObligationState::due_soon,
                                std::optional<Date> first_day = std::nullopt) {
  return alerts_due({{obligation, std::nullopt, {state, Timeliness::none, std::nullopt}}},
                    sample::guidelines_2026(), sample::entity_calendar(), today, sent, first_day);
}

}  // namespace

TEST_CASE("an alert goes out on the days of the guideline, with its reason and its recipients (R-21, R-22)") {
  struct Case {
    unsigned month, day;
    int step;
    const char* reason;
    const Recipients& recipients;
  };
  for (const Case& c :
       {Case{10, 30, 5, "faltan 5 días hábiles", first_line},
        Case{11, 5, 2, "faltan 2 días hábiles", first_line}, Case{11, 9, 0, "vence hoy", first_line},
        Case{11, 10, -1, "venció hace 1 día hábil", first_line},
        Case{11, 12, -3, "venció hace 3 días hábiles; se informa al líder", with_leader},
        Case{11, 17, -5, "venció hace 5 días hábiles; se informa al líder y a la coordinación",
             with_coordination}}) {
    const Date today = make_date(2026, c.month, c.day);
    CAPTURE(iso_date(today));
    const auto alerts = alerts_on(october, today);
    REQUIRE(alerts.size() == 1);
    CHECK(alerts[0].step == c.step);
    CHECK(alerts[0].planned_for == today);
    CHECK(alerts[0].reason == c.reason);
    CHECK(alerts[0].recipients == c.recipients);
    CHECK(alerts[0].key == alert_key(october, c.step));
    CHECK(alerts_on(october, today, {alerts[0].key}).empty());
  }
}

TEST_CASE("nothing is due before the first step or on a day that is not a business day (R-24)") {
  CHECK(alerts_on(october, make_date(2026, 10, 29)).empty());
  CHECK(alerts_on(october, make_date(2026, 10, 31)).empty());
  CHECK(alerts_on(october, make_date(2026, 11, 2)).empty());
  CHECK(alerts_on(october, make_date(2026, 11, 14)).empty());
}

TEST_CASE("a missed day is caught up once, with the newest step only (R-23)") {
  const auto two_late = alerts_on(october, make_date(2026, 11, 11));
  REQUIRE(two_late.size() == 1);
  CHECK(two_late[0].step == -1);
  CHECK(two_late[0].planned_for == make_date(2026, 11, 10));
  CHECK(two_late[0].reason == "venció hace 2 días hábiles");
  CHECK(two_late[0].recipients == first_line);

  const auto four_late = alerts_on(october, make_date(2026, 11, 13), {alert_key(october, -1)});
  REQUIRE(four_late.size() == 1);
  CHECK(four_late[0].step == -3);
  CHECK(four_late[0].recipients == with_leader);

  CHECK(alerts_on(october, make_date(2026, 11, 13), {alert_key(october, -3)}).empty());
  CHECK(alerts_on(october, make_date(2026, 12, 14), {alert_key(october, -5)}).empty());
}

TEST_CASE("steps planned before the first day of alerting are not caught up") {
  const Date first_day = make_date(2026, 11, 11);
  CHECK(alerts_on(october, first_day, {}, ObligationState::overdue, first_day).empty());
  CHECK(alerts_on(october, make_date(2026, 11, 12), {}, ObligationState::overdue, first_day).size() == 1);
}

TEST_CASE("what is met or asks for no record never alerts, what is still to record always does") {
  const Date today = make_date(2026, 11, 9);
  for (const auto state : {ObligationState::met, ObligationState::met_late, ObligationState::no_record_due}) {
    CHECK(alerts_on(october, today, {}, state).empty());
  }
  for (const auto state : {ObligationState::future, ObligationState::open, ObligationState::due_soon,
                           ObligationState::overdue}) {
    CHECK(alerts_on(october, today, {}, state).size() == 1);
  }
}

TEST_CASE("a due date on a Sunday keeps its date and alerts on the business day before (R-24)") {
  Obligation sunday = october;
  sunday.due_on = make_date(2026, 11, 15);
  struct Case {
    int step;
    const char* day;
  };
  const Calendar calendar = sample::entity_calendar();
  for (const Case& c : {Case{5, "2026-11-06"}, Case{2, "2026-11-11"}, Case{0, "2026-11-13"},
                        Case{-1, "2026-11-17"}, Case{-3, "2026-11-19"}}) {
    CAPTURE(c.step);
    CHECK(iso_date(step_day(sunday.due_on, c.step, calendar)) == c.day);
  }
  const auto friday = alerts_on(sunday, make_date(2026, 11, 13));
  REQUIRE(friday.size() == 1);
  CHECK(friday[0].reason == "vence antes del próximo día hábil");
}

TEST_CASE("a practice with earlier reminders gets them, one without rules gets the usual days (R-21)") {
  const Obligation documents{"DIR",  practice::documents,     "DOC-DIR",
                             "2026", make_date(2026, 10, 15), make_date(2026, 10, 1)};
  const auto early = alerts_on(documents, make_date(2026, 9, 16));
  REQUIRE(early.size() == 1);
  CHECK(early[0].step == 20);

  const std::vector<AssessedObligation> one{{october, std::nullopt, {}}};
  const auto usual = alerts_due(one, {}, sample::entity_calendar(), make_date(2026, 11, 5), {});
  REQUIRE(usual.size() == 1);
  CHECK(usual[0].step == 2);
}

TEST_CASE("on the demo day the leaders hear of October plans and the coordination of October projects") {
  const Calendar calendar = sample::entity_calendar();
  const Date today = make_date(2026, 11, 12);
  const auto derived =
      derive_obligations(sample::processes(), sample::items(), sample::guidelines_2026(), 2026, calendar);
  REQUIRE(derived);
  const auto assessed = assess_all(*derived, RecordIndex(sample::records()), start_of_day(today), calendar);
  std::map<std::pair<std::string, int>, int> counts;
  std::unordered_set<std::string> sent;
  for (const auto& alert : alerts_due(assessed, sample::guidelines_2026(), calendar, today, {}, today)) {
    ++counts[{alert.obligation.practice, alert.step}];
    sent.insert(alert.key);
    if (alert.obligation.practice == practice::projects) CHECK(alert.recipients == with_coordination);
    if (alert.obligation.practice == practice::plans) CHECK(alert.recipients == with_leader);
  }
  CHECK(counts[{practice::indicators, 0}] == 11);
  CHECK(counts[{practice::plans, -3}] > 0);
  CHECK(counts[{practice::projects, -5}] > 0);
  CHECK(alerts_due(assessed, sample::guidelines_2026(), calendar, today, sent, today).empty());
}
