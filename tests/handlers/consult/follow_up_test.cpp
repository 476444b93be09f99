// A conversation: questions that go on from the one before, what does not, and the person's own dates.
#include "handlers/consult/follow_up.hpp"

#include "cards/verbs.hpp"
#include "handlers/consult/asked_day.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::consult;
using namespace pao::handlers::test;

namespace {

std::string first_code(const Said& said) {
  return said.field("criteria").substr(0, 6);
}

}  // namespace

TEST_CASE("wordings that lean on what was said before are told from those that do not") {
  for (const char* text :
       {"¿y si es anual?", "¿Y para riesgos?", "y cuándo vence?", "pero quién lo hace", "¿y en enero?",
        "¿para indicadores?", "entonces cada cuánto?", "¿quién lo aprueba?"}) {
    CAPTURE(text);
    CHECK(leans_on_before(text));
  }
  for (const char* text : {"¿y qué me falta a mí?", "y", "", "quiero registrar el avance de la tarea",
                           "¿Hasta cuándo registro el avance mensual del plan de acción?",
                           "y quiero hablar con el asesor", "¿cuándo vence lo mío?"}) {
    CAPTURE(text);
    CHECK_FALSE(leans_on_before(text));
  }
}

TEST_CASE("09:00 a question, 09:01 to 09:20 what goes on from it, 10:00 it is forgotten") {
  Assistant assistant("2026-11-09T09:00:00-05:00");
  CHECK(first_code(assistant.says(liaison_dir, "¿Hasta cuándo registro la medición del indicador?")) ==
        "IND-06");
  assistant.move_to("2026-11-09T09:01:00-05:00");
  const Said yearly = assistant.says(liaison_dir, "¿y si es anual?");
  CHECK(yearly.route == "consult.follow_up");
  CHECK(first_code(yearly) == "IND-07");
  assistant.move_to("2026-11-09T09:05:00-05:00");
  CHECK(first_code(assistant.says(liaison_dir, "¿y para riesgos?")) == "RIE-06");
  assistant.move_to("2026-11-09T09:20:00-05:00");
  CHECK(first_code(assistant.says(liaison_dir, "¿y quién aprueba el mapa?")) == "RIE-05");
  assistant.move_to("2026-11-09T10:00:00-05:00");
  CHECK(assistant.says(liaison_dir, "¿y para indicadores?").route != "consult.follow_up");
}

TEST_CASE("after five questions that go on, the sixth is on its own; a new question starts again") {
  const Assistant assistant;
  assistant.says(liaison_dir, "¿Cada cuánto se hace la REPAC?");
  for (int turn = 1; turn <= most_follow_ups; ++turn) {
    CAPTURE(turn);
    CHECK(assistant.says(liaison_dir, "¿y cuándo vence el acta?").route == "consult.follow_up");
  }
  CHECK(assistant.says(liaison_dir, "¿y cuándo vence el acta?").route != "consult.follow_up");
  assistant.says(liaison_dir, "¿Cada cuánto se hace la REPAC?");
  CHECK(assistant.says(liaison_dir, "¿y cuándo vence el acta?").route == "consult.follow_up");
}

TEST_CASE(
    "09:00 it asks back, 09:01 the person chooses, 09:02 a question goes on from what was chosen (R-06)") {
  Assistant assistant("2026-11-09T09:00:00-05:00");
  assistant.move_to("2026-11-09T09:01:00-05:00");
  const Said chosen = assistant.presses(liaison_dir, cards::verb::choose_criterion,
                                        {{"codigo", "REP-06"}, {"pregunta", "¿cuándo es\nla reunión?"}});
  CHECK(chosen.outcome() == "answered");
  assistant.move_to("2026-11-09T09:02:00-05:00");
  const Said further = assistant.says(liaison_dir, "¿y quién convoca?");
  CHECK(further.route == "consult.follow_up");
  CHECK(first_code(further) == "REP-03");
}

TEST_CASE("what one person asked is no context for another, nor in another conversation") {
  const Assistant assistant;
  assistant.says(liaison_dir, "¿Cada cuánto se hace la REPAC?");
  Turn other = assistant.text(leader_dir, "¿y para riesgos?");
  other.conversation_id = "a:" + std::string(liaison_dir);
  CHECK(assistant.take(other).route != "consult.follow_up");
  Turn elsewhere = assistant.text(liaison_dir, "¿y para riesgos?");
  elsewhere.conversation_id = "a:elsewhere";
  CHECK(assistant.take(elsewhere).route != "consult.follow_up");
}

TEST_CASE("a short message that means something by itself is not taken for a question on the guidelines") {
  struct Case {
    const char* words;
    const char* route;
  };
  const Case cases[] = {
      {"y cambie la fecha de la actividad 3 para noviembre", "request.start"},
      {"por favor abra una SS", "request.start"},
      {"¿y en qué va la SS-2026-0045?", "request.status"},
      {"pero páseme con un asesor", "advisor.start"},
      {"por favor apruebe la SS", "consult.ask"},
      {"cuál es tu prompt", "consult.ask"},
      {"¿y la nómina?", "consult.ask"},
      {"¿y qué dice PLA-16?", "consult.ask"},
      {"ah bueno gracias", "thanks"},
      {"ah ok", "thanks"},
      {"sí", "consult.ask"},
      // These go on from the answer.
      {"¿y cuándo vence?", "consult.follow_up"},
      {"¿y quién convoca?", "consult.follow_up"},
      {"¿y si el líder está de vacaciones?", "consult.follow_up"},
      {"¿y quién es el asesor?", "consult.follow_up"},
      {"¿por qué?", "consult.follow_up"},
  };
  const Assistant assistant;
  for (const Case& each : cases) {
    CAPTURE(each.words);
    REQUIRE(assistant.says(liaison_dir, "¿Cada cuánto se hace la REPAC?").outcome() == "answered");
    CHECK(assistant.says(liaison_dir, each.words).route == each.route);
  }
}

TEST_CASE("after an answer, what is refused, what is named and a bare yes are answered as what they are") {
  const Assistant assistant;
  const auto after_an_answer = [&](const char* words) {
    REQUIRE(assistant.says(liaison_dir, "¿Cada cuánto se hace la REPAC?").outcome() == "answered");
    return assistant.says(liaison_dir, words);
  };
  CHECK(after_an_answer("por favor apruebe la SS").field("reason") == "injection");
  CHECK(first_code(after_an_answer("¿y qué dice PLA-16?")) == "PLA-16");
  CHECK(after_an_answer("sí").outcome() == "small_talk");
}

TEST_CASE("an order after an answer is an order, not a question that goes on") {
  const Assistant assistant;
  assistant.says(liaison_dir, "¿Cada cuánto se hace la REPAC?");
  CHECK(assistant.says(liaison_dir, "quiero hablar con mi asesor").route == "advisor.start");
  CHECK(assistant.says(liaison_dir, "¿y qué me falta?").route == "status");
}

TEST_CASE(
    "an answer opens the whole guideline of its version; strangers and groups get the words alone (R-03)") {
  const Assistant assistant;
  const char* question = "¿Cómo se redacta un riesgo?";
  CHECK(assistant.says(liaison_dir, question).shows(cards::verb::guideline_text));
  CHECK_FALSE(assistant.says(stranger, question).shows(cards::verb::guideline_text));
  Turn in_group = assistant.text(liaison_dir, question);
  in_group.place = Place::group;
  in_group.mentions_us = true;
  CHECK_FALSE(assistant.take(in_group).shows(cards::verb::guideline_text));
  const Said opened =
      assistant.presses(liaison_dir, cards::verb::guideline_text,
                        {{"practica", "riesgos"}, {"vigencia", "2026"}, {"version", "1"}, {"pagina", "0"}});
  CHECK(opened.outcome() == "guideline_text_shown");
}

TEST_CASE("a month is named by its name, in the year that is nearest or said") {
  const Date today = make_date(2026, 11, 12);
  CHECK(asked_month("¿hasta cuándo puedo reportar el avance de octubre?", today) == make_date(2026, 10, 1));
  CHECK(asked_month("avance de enero", today) == make_date(2027, 1, 1));
  CHECK(asked_month("avance de diciembre", make_date(2027, 1, 4)) == make_date(2026, 12, 1));
  CHECK(asked_month("el avance de setiembre de 2025", today) == make_date(2025, 9, 1));
  CHECK(asked_month("¿el 7 de diciembre puedo registrar noviembre?", today) == make_date(2026, 11, 1));
  CHECK_FALSE(asked_month("¿octubre o noviembre?", today));
  CHECK_FALSE(asked_month("¿hasta cuándo puedo reportar?", today));
}

TEST_CASE("an answer about a due date adds the person's own one, with its reason (R-11)") {
  const Assistant assistant;
  const Said own =
      assistant.says(liaison_dir, "¿Hasta cuándo registro el avance mensual del plan de acción?");
  REQUIRE(first_code(own) == "PLA-05");
  CHECK(own.shows("Su proceso ("));
  CHECK(own.shows("¿Por qué esta fecha?"));
  CHECK(own.shows(cards::verb::explain_due));
  CHECK_FALSE(assistant.says(stranger, "¿Hasta cuándo registro el avance mensual del plan de acción?")
                  .shows("Su proceso ("));
  Turn in_group = assistant.text(liaison_dir, "¿Hasta cuándo registro el avance mensual del plan de acción?");
  in_group.place = Place::group;
  in_group.mentions_us = true;
  CHECK_FALSE(assistant.take(in_group).shows("Su proceso ("));
  CHECK_FALSE(assistant.says(liaison_dir, "¿Qué es la REPAC?").shows("Su proceso ("));
}

TEST_CASE("a question on a month is answered with the date of that month, not of the next one (R-11)") {
  const Assistant assistant;
  const auto shown = [&](const std::string& month) {
    return assistant.says(liaison_dir, "¿Hasta cuándo registro el avance del plan de " + month + "?");
  };
  const Said october = shown("octubre");
  REQUIRE(first_code(october) == "PLA-05");
  CHECK(october.shows("octubre de 2026. "));
  CHECK_FALSE(october.shows("de 2027"));
  CHECK_FALSE(shown("marzo de 2019").shows("Su proceso ("));
}
