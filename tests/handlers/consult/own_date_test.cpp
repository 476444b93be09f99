// A general date and the person's own beside it: what is late first, then what comes.
#include "cards/verbs.hpp"
#include "storage/reopened_periods_store.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;

namespace {

constexpr const char* until_when = "¿Hasta cuándo registro el avance mensual del plan de acción?";
constexpr const char* october = "¿Hasta cuándo registro el avance del plan de octubre?";
constexpr const char* to_validate = "¿qué dice GEN-21?";

}  // namespace

TEST_CASE(
    "on 12 November, with records missing since February, the oldest comes first, then December (R-11)") {
  const Assistant assistant;
  const Said said = assistant.says(liaison_com, until_when);
  REQUIRE(said.field("criteria").rfind("PLA-05", 0) == 0);
  const std::string shown = said.shown();
  const auto late = shown.find("febrero de 2026. Venció el 6 de marzo de 2026");
  const auto next = shown.find("diciembre de 2026. Vence el 8 de enero de 2027");
  REQUIRE(late != std::string::npos);
  REQUIRE(next != std::string::npos);
  CHECK(late < next);
  CHECK(said.shows("Para registrarlo (PAI-COM-01-T2) pida una SS-5"));
  CHECK(said.shows("Es el más antiguo de 7 registros vencidos."));
}

TEST_CASE("nothing late: the next date alone (R-11)") {
  const Said said = Assistant().says(liaison_dir, until_when);
  CHECK(said.shows("diciembre de 2026. Vence el 8 de enero de 2027"));
  CHECK_FALSE(said.shows("Venció"));
  CHECK_FALSE(said.shows("SS-5, que reabre"));
}

TEST_CASE(
    "a month that is late says how it can still be recorded, and until when once it is reopened (R-11)") {
  const Assistant assistant;
  const Said late = assistant.says(liaison_com, october);
  CHECK(
      late.shows("octubre de 2026. Venció el 9 de noviembre de 2026, hace 3 días hábiles. Para registrarlo "
                 "(PAI-COM-02-T2) pida una SS-5"));
  CHECK_FALSE(late.shows("febrero de 2026"));

  storage::test::writing(assistant.database(), [&](storage::Session& session) {
    storage::reopen_period(session, {.request_id = "SS-2026-0099",
                                     .process_id = "COM",
                                     .practice = "planes",
                                     .item_id = "PAI-COM-02-T2",
                                     .period = "2026-10",
                                     .opens_on = make_date(2026, 11, 12),
                                     .closes_on = make_date(2026, 11, 13),
                                     .reopened_by = advisor_com,
                                     .reopened_at = assistant.now()});
  });
  const Said reopened = assistant.says(liaison_com, october);
  CHECK(reopened.shows("Está abierto de nuevo hasta el 13 de noviembre de 2026."));
  CHECK_FALSE(reopened.shows("pida una SS-5, que"));
}

TEST_CASE("the ten days to validate come with the window of the own report, for leader and liaison (R-30)") {
  const Assistant assistant;
  for (const char* person : {leader_dir, liaison_dir}) {
    const Said said = assistant.says(person, to_validate);
    REQUIRE(said.field("criteria").rfind("GEN-21", 0) == 0);
    CHECK(said.shows(
        "Reporte de su proceso (Direccionamiento Estratégico), tercer trimestre de 2026. Vence el 20 de "
        "noviembre de 2026, le quedan 5 días hábiles."));
    CHECK(said.shows(cards::verb::report_view));
  }
  for (const char* person : {owner_dir, advisor_dir, stranger})
    CHECK_FALSE(assistant.says(person, to_validate).shows("Reporte de su proceso"));

  Assistant later;
  later.move_to("2026-11-21T09:00:00-05:00");  // it has closed
  CHECK_FALSE(later.says(liaison_dir, to_validate).shows("Reporte de su proceso"));
}

TEST_CASE("an answer with the person's own date is not worded by a model, which would lose it (R-11)") {
  const Assistant assistant(storage::test::demo_morning, {.enabled = true});
  const Said own = assistant.says(liaison_dir, until_when);
  CHECK(own.field("late").empty());
  CHECK(own.shows("Su proceso ("));
  CHECK(own.shows(cards::verb::explain_due));
  CHECK(assistant.says(stranger, until_when).field("late") == "true");
}
