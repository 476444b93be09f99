// Greeting, help, thanks, and the diagnostic echo.
#include "cards/verbs.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
namespace verb = pao::cards::verb;

TEST_CASE("eco answers what was written, typed or pressed, to anybody") {
  const Assistant assistant;
  for (const char* person : {liaison_dir, stranger}) {
    CHECK(assistant.says(person, "eco hola  mundo").reply.content.text == "Eco: hola  mundo");
    CHECK(assistant.presses(person, verb::echo, {{"texto", "hola"}}).reply.content.text == "Eco: hola");
    CHECK(assistant.presses(person, verb::echo).reply.content.text == "Eco: ");
  }
}

TEST_CASE("the words of help work whatever their case and accents") {
  const Assistant assistant;
  for (const char* words : {"ayuda", "AYUDA", "Ayuda ", "tarjeta", "menú", "MENU"}) {
    const Said said = assistant.says(liaison_dir, words);
    CHECK(said.route == "help");
    CHECK(said.outcome() == "helped");
  }
  CHECK(assistant.says(liaison_dir, "ayuda para subir la evidencia de mi plan").route != "help");
}

TEST_CASE("help offers what the person may use, and greets by name those it knows") {
  const Assistant assistant;
  const Said liaison = assistant.presses(liaison_dir, verb::help);
  CHECK(liaison.shows(verb::my_status));
  const Said unknown = assistant.presses(stranger, verb::help);
  CHECK_FALSE(unknown.shows(verb::my_status));
  CHECK_FALSE(unknown.shows(verb::progress_list));
  // Who advises has a desk, and internal control reads plans.
  const Said advisor = assistant.presses(advisor_dir, verb::help);
  CHECK(advisor.shows("Le muestro todo lo que espera por usted"));
  CHECK_FALSE(advisor.shows(verb::oversight_list));
  const Said control = assistant.presses(internal_control, verb::help);
  CHECK(control.shows(verb::oversight_list));
  CHECK_FALSE(control.shows("¿Qué me toca esta semana?"));
  CHECK_FALSE(liaison.shows(verb::oversight_list));
  const Said greeted = assistant.says(liaison_dir, "hola");
  CHECK(greeted.outcome() == "greeted");
  CHECK(greeted.shows("Ulises"));
  CHECK(assistant.says(stranger, "gracias").outcome() == "thanked");
}

TEST_CASE("the head reads which guidelines are missing and who was reached, and registers nothing (R-51)") {
  const Assistant assistant;
  CHECK(assistant.presses(head, verb::help).shows(verb::guideline_board));
  const Said board = assistant.says(head, "lineamientos");
  CHECK(board.outcome() == "guidelines_listed");
  CHECK_FALSE(board.shows(verb::guideline_start));
  const Said coverage = assistant.says(head, "cobertura");
  CHECK(coverage.shows("Cobertura de la socialización"));
  CHECK_FALSE(coverage.shows(verb::socialisation_form));
  CHECK(assistant.says(professional, "cobertura").shows(verb::socialisation_form));
  CHECK(assistant.presses(head, verb::socialisation_form).error);
}
