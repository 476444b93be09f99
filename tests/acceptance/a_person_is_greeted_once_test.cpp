// Teams announces one installation by several events, in any order and more than once (reference 3.3).
#include "tests/acceptance/ministry.hpp"

#include <doctest/doctest.h>

namespace pao::tests {

TEST_CASE("a conversation is greeted once, however often Teams says that it was opened") {
  Ministry ministry;
  const Person liaison = ministry.person("U-020");
  for (const char* event :
       {"conversationUpdate", "installationUpdate", "conversationUpdate", "installationUpdate"})
    CHECK(liaison.opens_conversation(event) == 200);

  const Seen greeting = liaison.receives("Hola, Tobías");
  CHECK(greeting.shows("PAO Teams"));
  CHECK(greeting.offers("Mis pendientes"));
  CHECK(liaison.hears_nothing_more());

  SUBCASE("also after the service was started again") {
    ministry.continues_at("2026-11-13T09:00:00-05:00");
    CHECK(liaison.opens_conversation() == 200);
    CHECK(liaison.hears_nothing_more());
  }
  SUBCASE("and the next person gets a greeting of their own") {
    CHECK(ministry.person("U-019").opens_conversation() == 200);
    CHECK(ministry.person("U-019").receives("Hola, Aurora").is_card());
    CHECK(liaison.hears_nothing_more());
  }
}

TEST_CASE("an advisor's greeting speaks of the work of an advisor") {
  Ministry ministry;
  const Person advisor = ministry.person("U-004");
  CHECK(advisor.opens_conversation() == 200);
  const Seen greeting = advisor.receives("Hola, Damián");
  CHECK(greeting.offers("Mis consultas"));
  CHECK_FALSE(greeting.shows("Le ayudo a registrar los avances"));
}

TEST_CASE("who only says hello is greeted, each time they do") {
  Ministry ministry;
  const Person liaison = ministry.person("U-020");
  CHECK(liaison.says("buenos días").shows("Soy PAO Teams"));
  CHECK(liaison.says("ayuda").shows("¿En qué le ayudo?"));
  CHECK(liaison.says("gracias").shows("Con gusto"));
}

}  // namespace pao::tests
