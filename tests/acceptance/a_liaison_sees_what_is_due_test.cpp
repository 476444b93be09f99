// «¿Qué me toca?»: the obligations of the asker's processes by urgency, with dates and business days left.
#include "tests/acceptance/ministry.hpp"

#include <doctest/doctest.h>

namespace pao::tests {

TEST_CASE("a liaison sees what is due today first, then what is late") {
  Ministry ministry;
  const Person liaison = ministry.person("U-020");
  const Seen card = liaison.says("¿qué me toca?");
  CHECK(card.shows("Sus pendientes"));
  CHECK(card.shows("Gestión de Comunicaciones"));
  CHECK(card.shows("Vence hoy, 12 de noviembre de 2026"));
  CHECK(card.shows("Venció el 9 de noviembre de 2026, hace 3 días hábiles"));
  const std::string words = card.words();
  CHECK(words.find("IND-COM-01") < words.find("PAI-COM-02-T2"));

  SUBCASE("only what is still open can be registered from there") {
    const Pressed form = liaison.presses(card.button("Registrar"));
    CHECK(form.status == 200);
    CHECK(form.shown.shows("Registrar avance"));
    CHECK(form.shown.shows("IND-COM-01"));
    CHECK(card.shows("pida la reapertura con una SS-5"));
  }
  SUBCASE("a due date says how it was counted") {
    const Pressed why = liaison.presses(
        "pendientes.porque", {{"practica", "planes"}, {"elemento", "PAI-COM-02-T2"}, {"periodo", "2026-10"}});
    CHECK(why.status == 200);
    CHECK(why.shown.shows("Vence el lunes 9 de noviembre de 2026"));
    CHECK(why.shown.shows("lunes 2 de noviembre · "));  // the holiday in between, and its norm
    CHECK(why.shown.shows("Ley 51 de 1983"));
    CHECK(why.shown.shows("día hábil 5"));
  }
  SUBCASE("every line is on one of the pages") {
    std::size_t lines = 0;
    Seen page = card;
    for (int pages = 1; pages < 20; ++pages) {
      for (const SeenButton& button : page.buttons()) lines += button.verb == "pendientes.porque";
      if (!page.offers("Siguientes")) break;
      page = liaison.presses(page.button("Siguientes")).shown;
    }
    const auto now = storage::test::instant(demo_morning);
    handlers::ReferenceSource reference(ministry.store());
    REQUIRE(reference.refresh(now));
    const auto tracked = storage::test::reading(ministry.store(), [&](storage::Session& session) {
      return handlers::track(session, *reference.current(), "COM", now);
    });
    std::size_t pending = 0;
    for (const handlers::Tracked& one : tracked) pending += handlers::is_pending(one);
    CHECK(lines == pending);
  }
}

TEST_CASE("an owner sees the own items and nobody else's") {
  Ministry ministry;
  const Seen card = ministry.person("U-021").says("qué tengo pendiente");
  CHECK(card.shows("MEJ-COM-01"));
  CHECK_FALSE(card.shows("IND-COM-01"));     // of U-022
  CHECK_FALSE(card.shows("PAI-COM-02-T2"));  // of U-022
}

TEST_CASE("nobody is shown another process, and internal control has nothing to record") {
  Ministry ministry;
  const Seen card = ministry.person("U-015").says("qué me toca");
  CHECK(card.shows("Direccionamiento Estratégico"));
  CHECK_FALSE(card.shows("-COM-"));
  CHECK(ministry.person("U-011").says("qué me toca").shows("Su rol no registra avances"));
}

TEST_CASE("the window to validate a report is told with its last day") {
  Ministry ministry;
  const Seen answer =
      ministry.person("U-020").says("cuántos días me quedan para validar el reporte de mi proceso");
  CHECK(answer.shows("23 de noviembre de 2026"));
  CHECK(answer.shows("le quedan 6 días hábiles"));
}

}  // namespace pao::tests
