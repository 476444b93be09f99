// Alert rules as data: when one fires, with which key, for whom.
#include "handlers/procedure/alert_conditions.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::procedure;

namespace {

const Date today = make_date(2026, 11, 12);

AlertRule commitment_rule() {
  AlertRule rule;
  rule.id = "repac.compromiso_vencido";
  rule.practice = practice::review_meeting;
  rule.about = AlertSubjectKind::item;
  rule.conditions = {"clase = compromiso", "cumplido = no"};
  rule.when = AlertRule::When::steps;
  rule.steps = {5, 2, 0, -1, -3, -5};
  rule.recipients = {Recipient::owner, Recipient::liaison};
  rule.criterion = "REP-12";
  rule.datum = "Va en {avance} % al {fecha_nombre}.";
  rule.next_step = "Cúmplalo.";
  return rule;
}

AlertSubject commitment(int days) {
  return {.kind = AlertSubjectKind::item,
          .id = "COMP-1",
          .process_id = "COM",
          .practice = practice::review_meeting,
          .facts = {{"clase", "compromiso"},
                    {"cumplido", "no"},
                    {"dias", std::to_string(days)},
                    {"avance", "62.5"},
                    {"fecha_nombre", "13 de noviembre de 2026"}}};
}

std::string key_at(int days) {
  const auto fired = fire(commitment_rule(), commitment(days), today);
  return fired ? fired->key.substr(fired->key.find('|')) : "";
}

}  // namespace

TEST_CASE("a rule with days fires on the newest step that has come, and not for history (R-21, R-23)") {
  const std::pair<int, const char*> cases[] = {
      {6, ""},     {5, "|+5"},  {4, "|+5"},  {3, "|+5"},  {2, "|+2"},  {1, "|+2"}, {0, "|0"},
      {-1, "|-1"}, {-2, "|-1"}, {-3, "|-3"}, {-5, "|-5"}, {-7, "|-5"}, {-8, ""},   {-200, ""}};
  for (const auto& [days, key] : cases) {
    CAPTURE(days);
    CHECK(key_at(days) == key);
  }
}

TEST_CASE("a rule fires only when all its conditions hold, of its practice and of its kind") {
  CHECK(fire(commitment_rule(), commitment(0), today));
  AlertSubject done = commitment(0);
  done.facts["cumplido"] = "si";
  CHECK_FALSE(fire(commitment_rule(), done, today));
  AlertSubject unknown = commitment(0);
  unknown.facts.erase("cumplido");
  CHECK_FALSE(fire(commitment_rule(), unknown, today));
  AlertSubject other = commitment(0);
  other.practice = practice::plans;
  CHECK_FALSE(fire(commitment_rule(), other, today));
  AlertSubject record = commitment(0);
  record.kind = AlertSubjectKind::record;
  CHECK_FALSE(fire(commitment_rule(), record, today));
}

TEST_CASE("an alert says datum, criterion and next step, and more people as it gets late (R-22)") {
  const auto early = fire(commitment_rule(), commitment(2), today);
  REQUIRE(early);
  CHECK(early->text == "Va en 62,5 % al 13 de noviembre de 2026. Criterio REP-12. Cúmplalo.");
  CHECK(early->key == "reglas/repac.compromiso_vencido/COMP-1|+2");
  CHECK(early->recipients.size() == 2);
  CHECK(fire(commitment_rule(), commitment(-3), today)->recipients.size() == 3);
  const auto late = fire(commitment_rule(), commitment(-5), today);
  CHECK(late->recipients ==
        std::vector{Recipient::owner, Recipient::liaison, Recipient::leader, Recipient::coordination});
}

TEST_CASE("what is told once has the period in its key, what is told monthly the month") {
  AlertRule rule = commitment_rule();
  rule.when = AlertRule::When::once;
  AlertSubject subject = commitment(0);
  subject.step_key = "2026-10";
  CHECK(fire(rule, subject, today)->key == "reglas/repac.compromiso_vencido/COMP-1|2026-10");
  rule.when = AlertRule::When::monthly;
  CHECK(fire(rule, subject, today)->key == "reglas/repac.compromiso_vencido/COMP-1|2026-11");
  CHECK(fire(rule, subject, make_date(2026, 12, 1))->key == "reglas/repac.compromiso_vencido/COMP-1|2026-12");
}

TEST_CASE("a fact that is not known leaves nothing behind in a sentence") {
  CHECK(fill_in("a {x} b {y", {{"x", "1.5"}}) == "a 1,5 b {y");
  CHECK(fill_in("{z}", {}).empty());
}
