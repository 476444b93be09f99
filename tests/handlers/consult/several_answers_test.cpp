// Several questions in one message: each gets what it would get alone.
#include "cards/verbs.hpp"
#include "handlers/consult/late_answers.hpp"
#include "handlers/consult/several_questions.hpp"
#include "storage/answers_store.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::consult;
using namespace pao::handlers::test;
namespace verb = pao::cards::verb;

namespace {

constexpr const char* record_and_convener =
    "¿Hasta cuándo se sube el acta de la REPAC? ¿Quién convoca la REPAC?";

}  // namespace

TEST_CASE("several questions in a message are answered each, at most three, and the rest is named") {
  const Assistant assistant;
  const Said two = assistant.says(liaison_dir, record_and_convener);
  CHECK(two.outcome() == "answered");
  CHECK(two.field("criteria") == "REP-07 REP-03");
  CHECK(two.shows("REP-07"));
  CHECK(two.shows("REP-03"));
  CHECK_FALSE(two.shows("sin mirar"));
  const Said five = assistant.says(
      liaison_dir,
      "¿Hasta cuándo se sube el acta de la REPAC? ¿Quién convoca la REPAC? ¿Qué es el BIA? ¿Cada cuánto se "
      "hacen los riesgos? ¿Cuál es el semáforo de los indicadores?");
  CHECK(five.field("criteria") == "REP-07 REP-03 CON-05");
  CHECK(five.shows("Quedaron 2 preguntas sin mirar"));
}

TEST_CASE("a story with one question inside is one question; bare marks are none") {
  CHECK(questions_in("Ayer se cayó todo. ¿Eso se reporta?").size() == 1);
  CHECK(questions_in("???").empty());
  CHECK(questions_in("hola\nbuenas\n").empty());
  CHECK(questions_in("¿qué es el BIA? ¿sí?").size() == 1);
  CHECK(questions_in("que es el bia? cada cuanto se actualiza?").size() == 2);
}

TEST_CASE("the lines of a list are questions also without marks, to the last one") {
  const std::vector<std::string> both{"hasta cuándo se sube el acta", "quién convoca la reunión"};
  CHECK(questions_in("1. hasta cuándo se sube el acta\n2. quién convoca la reunión") == both);
  CHECK(questions_in("Buenas:\n- hasta cuándo se sube el acta\n- quién convoca la reunión\nGracias") == both);
  CHECK(questions_in("¿hasta cuándo se sube el acta\n¿quién convoca la reunión").size() == 2);
  // What follows a question on its line belongs to it, and a line that asks nothing is none.
  CHECK(questions_in("¿quién convoca? por que ayer no pude entrar").size() == 1);
  CHECK(questions_in("Tengo estas tareas:\n1. Capacitación\n2. Taller\n¿hasta cuándo las registro?").size() ==
        1);
}

TEST_CASE("several answers have what one answer has: sources, feedback and the advisor (R-06, R-08)") {
  const Assistant assistant;
  const Said said = assistant.says(liaison_dir, record_and_convener);
  CHECK(said.shows("Respondo con los criterios REP-07 [1] y REP-03 [2]."));
  REQUIRE(said.reply.content.citations.size() == 2);
  CHECK(said.reply.content.citations[1].title.starts_with("REP-03"));
  CHECK(said.reply.content.feedback);
  CHECK(said.shows(verb::advisor_form));
  CHECK_FALSE(assistant.says(stranger, record_and_convener).shows(verb::advisor_form));
  // The row of the message is what the person judges.
  const Said helped =
      assistant.presses(liaison_dir, verb::answer_helped, {{"respuesta_id", said.field("answer_id")}});
  CHECK(said.shows(said.field("answer_id")));
  CHECK(helped.outcome() == "feedback_helped");
}

TEST_CASE("each answer from last year's guideline says so (C-01)") {
  Assistant assistant;
  CHECK_FALSE(assistant.says(liaison_dir, record_and_convener).shows("todavía no están publicados"));
  assistant.move_to("2027-01-04T09:00:00-05:00");
  const std::string shown = assistant.says(liaison_dir, record_and_convener).shown();
  const std::string notice = "para la vigencia 2027 todavía no están publicados";
  const std::size_t first = shown.find(notice);
  REQUIRE(first != std::string::npos);
  CHECK(shown.find(notice, first + 1) != std::string::npos);
}

TEST_CASE("a question that may mean several topics gets its options, not the first of them (R-06)") {
  const Assistant assistant;
  const Said said = assistant.says(
      liaison_dir, "¿Los responsables quiénes son? ¿Hasta cuándo se sube el acta de la REPAC?");
  CHECK(said.outcome() == "answered");
  CHECK(said.field("criteria") == "REP-07");
  CHECK(said.shows("¿Sobre cuál de estos temas pregunta?"));
  CHECK(said.shows("Ver CON-04"));
  CHECK(said.shows("Ver RIE-05"));
}

TEST_CASE("an order beside a question gets its button, a foreign topic its refusal (R-51, R-53)") {
  const Assistant assistant;
  const std::string record = "¿Hasta cuándo se sube el acta de la REPAC? ";
  const Said foreign = assistant.says(liaison_dir, record + "¿Cuándo pagan la nómina?");
  CHECK(foreign.field("criteria") == "REP-07");
  CHECK(foreign.shows("Por favor consulte a Talento Humano."));
  CHECK_FALSE(foreign.shows("No encontré un criterio"));

  const std::string order = record + "¿Puede abrir una SS?";
  const Said liaison = assistant.says(liaison_dir, order);
  CHECK(liaison.shows("Ese cambio se pide por SS."));
  CHECK(liaison.shows(verb::request_start));
  const Said advisor = assistant.says(advisor_dir, order);
  CHECK(advisor.outcome() == "answered");
  CHECK_FALSE(advisor.shows(verb::request_start));
  CHECK(assistant.says(stranger, order).shows("No lo encuentro en el directorio"));
  Turn in_group = assistant.text(liaison_dir, order);
  in_group.place = Place::group;
  in_group.mentions_us = true;
  CHECK(assistant.take(in_group).shows("escríbame en el chat personal"));
}

TEST_CASE("a card that answers several questions does not wait for one text of a language model") {
  const Assistant assistant(storage::test::demo_morning,
                            {.enabled = true, .wait = std::chrono::milliseconds{20'000}});
  const Said said = assistant.says(liaison_dir, record_and_convener);
  CHECK(said.field("late").empty());
  CHECK(said.shows("REP-03"));
}
