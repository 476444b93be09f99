// The shipped alert rules and what their file must say (activity 4).
#include "storage/alert_rules_content.hpp"

#include "storage/guidelines_store.hpp"
#include "tests/storage/demo_store.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>

using namespace pao;
using namespace pao::storage;

TEST_CASE("each of the eight practices has at least three alert rules, each with a criterion that exists") {
  std::map<std::string, int> by_practice;
  std::set<std::string> ids;
  const test::DemoStore demo;
  std::set<std::string> codes;
  for (const auto& criterion :
       test::reading(*demo.database, [](Session& s) { return criteria_in_force(s, 2026); }))
    codes.insert(criterion.code);
  for (const auto& rule : alert_rules()) {
    CAPTURE(rule.id);
    ++by_practice[rule.practice];
    CHECK(ids.insert(rule.id).second);
    CHECK(codes.contains(rule.criterion));
  }
  CHECK(by_practice.size() == 8);
  for (const auto& [practice, count] : by_practice) {
    CAPTURE(practice);
    CHECK(count >= 3);
    CHECK(procedure::obligation_rule(alert_rules(), practice, 5) != nullptr);
    CHECK(procedure::obligation_rule(alert_rules(), practice, -3) != nullptr);
    CHECK(procedure::obligation_rule(alert_rules(), practice, 5) !=
          procedure::obligation_rule(alert_rules(), practice, -3));
  }
}

TEST_CASE("a file of alert rules that cannot be read is refused with what is wrong") {
  const std::string good =
      "regla: a\npractica: planes\nsobre: registro\nsi: x = si\ncuando: dias 5, 0\na: enlace\ncriterio: "
      "PLA-05\n"
      "dato: D.\nsigue: S.\n";
  REQUIRE(parse_alert_rules(good));
  CHECK(parse_alert_rules(good)->front().steps == std::vector<int>{5, 0});
  const auto without = [&](const std::string& line) {
    std::string text = good;
    const auto at = text.find(line);
    text.erase(at, text.find('\n', at) - at + 1);
    return text;
  };
  for (const char* line : {"practica", "si:", "a:", "criterio", "dato", "sigue"}) {
    CAPTURE(line);
    CHECK_FALSE(parse_alert_rules(without(line)));
  }
  for (const char* bad : {"regla: a\n", "quien: enlace\n", "a: todos\n", "cuando: dias cinco\n",
                          "cuando: diario\n", "sobre: persona\n", "regla: b c\n"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_alert_rules(good + bad));
  }
  CHECK_FALSE(parse_alert_rules("practica: planes\n"));
  CHECK(parse_alert_rules("# nothing\n")->empty());
}
