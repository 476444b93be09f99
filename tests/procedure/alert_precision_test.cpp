#include "handlers/procedure/alert_precision.hpp"

#include <doctest/doctest.h>

using namespace pao::procedure;

TEST_CASE("the precision of a rule is what was useful among what was judged, over all its processes") {
  const auto rules =
      count_by_rule({{"b.regla", 10, 1, 3, 1}, {"a.regla", 4, 0, 0, 0}, {"b.regla", 5, 0, 0, 2}});
  REQUIRE(rules.size() == 2);
  CHECK(rules[0].rule == "a.regla");
  CHECK_FALSE(precision_of(rules[0]));
  CHECK(rules[1].told == 15);
  CHECK(rules[1].failed == 1);
  REQUIRE(precision_of(rules[1]));
  CHECK(*precision_of(rules[1]) == doctest::Approx(0.5));
  CHECK(count_by_rule({}).empty());
}
