// Questions on the past: which day is meant, what was in force then, and a conversation that stays there.
#include "cards/verbs.hpp"
#include "handlers/consult/asked_day.hpp"
#include "tests/handlers/assistant.hpp"
#include "tests/handlers/consult/second_risks.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::consult;
using namespace pao::handlers::test;
namespace verb = pao::cards::verb;

namespace {

constexpr const char* on_risks =
    "¿Qué decían los lineamientos el 15 de marzo de 2026 sobre cómo se redacta un riesgo?";

std::string first_code(const Said& said) {
  return said.field("criteria").substr(0, 6);
}

}  // namespace

TEST_CASE("the day that a question on the past names") {
  CHECK(asked_day("¿Qué regía el 15 de marzo de 2025 en planes?") == make_date(2025, 3, 15));
  CHECK(asked_day("que decia el criterio el 15/03/2025") == make_date(2025, 3, 15));
  CHECK(asked_day("qué estaba vigente el 2025-03-15") == make_date(2025, 3, 15));
  CHECK(asked_day("según los lineamientos de 2025, ¿cuándo se reporta?") == make_date(2025, 12, 31));
  CHECK_FALSE(asked_day("el avance del 15 de marzo de 2025 ¿cuándo vence?"));
  CHECK_FALSE(asked_day("¿qué regía el 31 de febrero?"));
  CHECK_FALSE(asked_day("¿qué regía?"));
}

TEST_CASE("a verb in the past with a date asks about the past, alone it does not") {
  for (const char* verb : {"era", "eran", "aplicaba", "aplicaban", "exigía", "exigían", "pedía", "pedían",
                           "debía", "debían", "tocaba", "estaba", "estaban"}) {
    const std::string question = std::string("¿qué ") + verb;
    CAPTURE(question);
    CHECK(asked_day(question + " el 15 de marzo de 2025?") == make_date(2025, 3, 15));
    CHECK_FALSE(asked_day(question + "?"));
  }
}

TEST_CASE("a month with its year is its last day, and the small words may be left out") {
  CHECK(asked_day("¿qué regía en marzo de 2025?") == make_date(2025, 3, 31));
  CHECK(asked_day("¿qué regía en febrero del 2024?") == make_date(2024, 2, 29));
  CHECK(asked_day("qué regía marzo 2025") == make_date(2025, 3, 31));
  CHECK(asked_day("¿qué regía el 15 marzo 2025?") == make_date(2025, 3, 15));
  CHECK(asked_day("¿qué regía el 15 de marzo 2025?") == make_date(2025, 3, 15));
  CHECK(asked_day("¿qué regía el 15 marzo de 2025?") == make_date(2025, 3, 15));
  CHECK(asked_day("¿qué regía el 31 de febrero de 2025?") == make_date(2025, 2, 28));
  CHECK(asked_day("¿qué regía en 2025?") == make_date(2025, 12, 31));
  // The month of an item is no day, and the number of an SS is no year.
  CHECK(asked_day("el avance de octubre de 2025 según los lineamientos") == make_date(2025, 12, 31));
  CHECK_FALSE(asked_day("¿qué decía la SS-2025-0045?"));
}

TEST_CASE("a button carries a day of the calendar or none") {
  CHECK(carried_day("2025-03-15") == make_date(2025, 3, 15));
  for (const char* bad : {"", "ayer", "2025-02-30", "0001-01-01", "9999-12-31", "15/03/2025"}) {
    CAPTURE(bad);
    CHECK_FALSE(carried_day(bad));
  }
}

TEST_CASE("a past day without any guideline is said so, and today's answer is one press away (R-03, R-06)") {
  const Assistant assistant;
  for (const char* question :
       {"¿Qué plazo regía el 15 de marzo de 2025 para el avance mensual del plan?",
        "¿Qué plazo se exigía el 15 de marzo de 2025 para el avance mensual del plan?"}) {
    CAPTURE(question);
    const Said said = assistant.says(liaison_dir, question);
    CHECK(said.outcome() == "abstained");
    CHECK(said.field("reason") == "no_guideline_then");
    CHECK(said.shows("No tengo lineamientos publicados que rigieran el 15 de marzo de 2025."));
    CHECK(said.shows("Ver PLA-05"));
    CHECK_FALSE(said.shows("Esto regía"));
  }
  const Said today = assistant.presses(
      liaison_dir, verb::choose_criterion,
      {{"codigo", "PLA-05"}, {"pregunta", "¿Qué regía el 15 de marzo de 2025?"}, {"dia", ""}});
  CHECK(today.outcome() == "answered");
  CHECK_FALSE(today.shows("Esto regía"));
}

TEST_CASE("a practice without a guideline that day is said so, though others had theirs (R-03, R-06)") {
  const Assistant assistant;
  // From 1 June 2026 on, nothing on risks.
  assistant.change(
      "UPDATE guidelines SET state = 'replaced', replaced_at = 1780290000000 WHERE practice = 'riesgos'");
  const Said risks = assistant.says(
      liaison_dir, "¿Qué decían los lineamientos el 15 de julio de 2026 sobre cómo se redacta un riesgo?");
  CHECK(risks.outcome() == "abstained");
  CHECK(risks.shows("No tengo lineamientos de Riesgos publicados que rigieran el 15 de julio de 2026."));
  CHECK(risks.shows("Ver RIE-03"));
  const Said earlier = assistant.says(liaison_dir, on_risks);
  CHECK(first_code(earlier) == "RIE-03");
  CHECK(earlier.shows("Esto regía el 15 de marzo de 2026"));
}

TEST_CASE(
    "before and after a version is published, a question on a past day is answered by the one of then "
    "(R-03)") {
  Assistant assistant;
  publish_second_risks(assistant);
  const Said today = assistant.says(liaison_dir, "¿Cómo se redacta un riesgo?");
  CHECK(first_code(today) == "RIE-03");
  CHECK(today.field("version") == "2");
  CHECK(today.shows("Escriba causa, evento y efecto"));
  CHECK_FALSE(today.shows("Esto regía"));
  const Said past = assistant.says(liaison_dir, on_risks);
  CHECK(first_code(past) == "RIE-03");
  CHECK(past.field("version") == "1");
  CHECK(past.shows("Esto regía el 15 de marzo de 2026"));
  CHECK(past.shows("Posibilidad de afectación"));
}

TEST_CASE("a conversation on a past day stays there until another day or today is named (R-03)") {
  Assistant assistant;
  publish_second_risks(assistant);
  REQUIRE(first_code(assistant.says(liaison_dir, on_risks)) == "RIE-03");
  const Said further = assistant.says(liaison_dir, "¿y quién aprueba el mapa?");
  CHECK(further.route == "consult.follow_up");
  CHECK(first_code(further) == "RIE-05");
  CHECK(further.field("version") == "1");
  CHECK(further.shows("Esto regía el 15 de marzo de 2026"));
  const Said named = assistant.says(liaison_dir, "¿y qué dice RIE-03?");
  CHECK(first_code(named) == "RIE-03");
  CHECK(named.field("version") == "1");
  const Said today = assistant.says(liaison_dir, "¿y hoy?");
  CHECK(first_code(today) == "RIE-03");
  CHECK(today.field("version") == "2");
  CHECK_FALSE(today.shows("Esto regía"));
  REQUIRE(first_code(assistant.says(liaison_dir, on_risks)) == "RIE-03");
  CHECK(assistant.says(liaison_dir, "¿y en 2024?")
            .shows("No tengo lineamientos publicados que rigieran el 31 de diciembre de 2024."));
  CHECK(assistant.says(liaison_dir, "¿y ahora?").outcome() == "answered");

  // A question of its own is about today again.
  for (const char* anew : {"¿Cómo se redacta un riesgo?", "¿Hasta cuándo registro el avance?"}) {
    CAPTURE(anew);
    REQUIRE(first_code(assistant.says(liaison_dir, on_risks)) == "RIE-03");
    CHECK_FALSE(assistant.says(liaison_dir, anew).shows("Esto regía"));
  }
}

TEST_CASE("the buttons under an answer on a past day lead to that day (R-03)") {
  Assistant assistant;
  publish_second_risks(assistant);
  CHECK(assistant.says(liaison_dir, on_risks).shows(R"("dia":"2026-03-15")"));
  const auto chosen = [&](const Values& more) {
    Values values{{"codigo", "RIE-03"}, {"pregunta", "¿y eso?"}};
    values.insert(more.begin(), more.end());
    return assistant.presses(liaison_dir, verb::choose_criterion, values);
  };
  const Said past = chosen({{"dia", "2026-03-15"}});
  CHECK(past.field("version") == "1");
  CHECK(past.shows("Esto regía el 15 de marzo de 2026"));
  CHECK(chosen({{"dia", ""}}).field("version") == "2");
  CHECK(chosen({{"dia", "2030-01-01"}}).field("version") == "2");  // has not come
  // A card from before: the day that its question names.
  CHECK(assistant.presses(liaison_dir, verb::choose_criterion, {{"codigo", "RIE-03"}, {"pregunta", on_risks}})
            .field("version") == "1");
  for (const char* bad : {"ayer", "2026-02-30", "0001-01-01"}) {
    CAPTURE(bad);
    const Said refused = chosen({{"dia", bad}});
    REQUIRE(refused.error);
    CHECK(refused.error->code == ErrorCode::invalid);
  }
  const Said unknown = chosen({{"dia", "2020-03-15"}});
  REQUIRE(unknown.error);
  CHECK(unknown.error->message == "Ese criterio no regía ese día. Escriba su pregunta de nuevo.");
}

TEST_CASE("several questions on a past day are all answered by the guidelines of then (R-03)") {
  Assistant assistant;
  publish_second_risks(assistant);
  const Said said =
      assistant.says(liaison_dir,
                     "¿Qué decían los lineamientos el 15 de marzo de 2026 sobre cómo se redacta "
                     "un riesgo? ¿Quién aprueba el mapa de riesgos?");
  CHECK(said.field("criteria") == "RIE-03 RIE-05");
  CHECK(said.field("version") == "1");
  CHECK(said.shows("Esto regía el 15 de marzo de 2026"));
  CHECK(said.shows(R"("dia":"2026-03-15")"));
}
