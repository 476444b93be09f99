// From an improvement action back to the recommendations that it was registered for.
#include "handlers/improvement_origin.hpp"

#include "cards/verbs.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::handlers::test;
namespace verb = pao::cards::verb;

TEST_CASE(
    "whoever records progress of an improvement action sees which recommendations it comes from (R-48)") {
  const Assistant assistant("2026-11-05T09:00:00-05:00");
  const auto form = [&](const char* item) {
    return assistant.presses(liaison_com, verb::progress_form, {{"elemento", item}, {"periodo", "2026-10"}});
  };
  const Said action = form("MEJ-COM-01");
  REQUIRE_MESSAGE(action.outcome() == "progress_form_shown", action.outcome());
  CHECK(action.shows("Nace de"));
  CHECK(action.shows("Recomendaciones REC-COM-T1-1 y REC-COM-T2-1"));
  const Said task = form("PAI-COM-02-T2");
  REQUIRE_MESSAGE(task.outcome() == "progress_form_shown", task.outcome());
  CHECK_FALSE(task.shows("Nace de"));
}

TEST_CASE(
    "whoever verifies progress of an improvement action sees which recommendation it comes from (R-48)") {
  const Assistant assistant;
  assistant.change(
      "UPDATE progress_records SET review = 'registrado' WHERE id = 'AVM-011'");  // of MEJ-COM-02
  const auto verifying = [&] {
    return assistant.presses(advisor_com, verb::verify_record, {{"registro", "AVM-011"}});
  };
  const Said before = verifying();
  REQUIRE_MESSAGE(before.outcome() == "verification_shown", before.outcome());
  CHECK_FALSE(before.shows("Nace de"));
  REQUIRE(assistant
              .presses(leader_com, verb::recommendation_answer,
                       {{"recomendacion", "REC-COM-T3-1"},
                        {"respuesta", "convertida_en_mejora"},
                        {"mejora", "MEJ-COM-02"}})
              .outcome() == "recommendation_answered");
  const Said after = verifying();
  CHECK(after.shows("Nace de"));
  CHECK(after.shows("Recomendación REC-COM-T3-1"));
}
