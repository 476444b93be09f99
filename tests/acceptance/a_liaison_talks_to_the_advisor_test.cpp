// What the guidelines do not answer goes to a person, and the answer comes back into the conversation that it
// left.
#include "tests/acceptance/ministry.hpp"

#include <doctest/doctest.h>

namespace pao::tests {
namespace {

constexpr const char* question = "¿Con qué marca de tinta se firma?";

}  // namespace

TEST_CASE("the assigned advisor answers a liaison's question in the same conversation") {
  Ministry ministry;
  const Person liaison = ministry.person("U-020"), advisor = ministry.person("U-004");
  const Seen abstained = liaison.says(question);
  const Pressed form = liaison.presses(abstained.button("Hablar con mi asesor"));
  REQUIRE(form.status == 200);
  CHECK(form.shown.prefilled("pregunta") == question);
  CHECK(form.shown.shows("Damián Yarumo (demo)"));

  const Pressed sent = liaison.presses(form.shown.button("Enviar pregunta"), {{"pregunta", question}});
  REQUIRE(sent.status == 200);
  CHECK(sent.shown.shows("Su pregunta va en camino"));
  CHECK(sent.shown.shows("Damián Yarumo (demo)"));
  CHECK(sent.shown.shows("viernes 13 de noviembre de 2026"));  // level 1: one business day

  const Seen assigned = advisor.receives("Tiene una consulta por responder");
  CHECK(assigned.shows(question));
  CHECK(assigned.shows("Tobías Arrayán (demo)"));
  CHECK(assigned.shows("Gestión de Comunicaciones"));
  CHECK(advisor.says("qué me toca").shows("1 consulta por responder"));

  SUBCASE("an empty answer is asked for again") {
    const Pressed back = advisor.presses(assigned.button("Enviar respuesta"), {{"respuesta", "  "}});
    CHECK(back.shown.shows("Escriba la respuesta."));
    CHECK(liaison.hears_nothing_more());
  }
  SUBCASE("answered") {
    const Pressed done = advisor.presses(assigned.button("Enviar respuesta"),
                                         {{"respuesta", "Con la que tenga: no hay una marca obligatoria."}});
    CHECK(done.shown.shows("Respuesta enviada"));
    const Seen reply = liaison.receives("Damián Yarumo (demo) respondió su pregunta");
    CHECK(reply.shows("Con la que tenga: no hay una marca obligatoria."));
    CHECK(reply.shows(question));

    const Pressed again = advisor.presses(assigned.button("Enviar respuesta"), {{"respuesta", "Sí."}});
    CHECK(again.shown.shows("Esta consulta ya fue respondida."));
    CHECK(liaison.hears_nothing_more());
    CHECK_FALSE(advisor.says("qué me toca").shows("consulta por responder"));
  }
  SUBCASE("only the assigned advisor and the coordination may answer") {
    const SeenButton reply = assigned.button("Enviar respuesta");
    CHECK(ministry.person("U-011")
              .presses(reply, {{"respuesta", "Yo respondo."}})
              .shown.shows("No autorizado"));
    for (const char* id : {"U-003", "U-015", "U-019", "U-020"}) {
      CAPTURE(id);
      CHECK(ministry.person(id)
                .presses(reply, {{"respuesta", "Yo respondo."}})
                .shown.shows("la responde el asesor asignado o la coordinación"));
    }
    CHECK(liaison.hears_nothing_more());
    CHECK(ministry.person("U-002")
              .presses(reply, {{"respuesta", "Desde la coordinación: no."}})
              .shown.shows("Respuesta enviada"));
    CHECK(liaison.receives("Sol Frailejón (demo) respondió su pregunta").shows("Desde la coordinación: no."));
  }
}

TEST_CASE(
    "C-05: an owner's request for advice reaches the assigned advisor with level and due date, and silence "
    "lifts it (R-07, R-08, R-09)") {
  // Thursday 12 November, 10:00: an owner of COM asks about plans.
  Ministry ministry("2026-11-12T10:00:00-05:00", {{"jobs.enabled", "true"}});
  const Person owner = ministry.person("U-022"), advisor = ministry.person("U-004"),
               of_the_practice = ministry.person("U-003"), coordination = ministry.person("U-002");
  const Pressed sent = owner.presses(
      "asesor.enviar",
      {{"pregunta", "¿Puedo unir las dos tareas del boletín?"}, {"practica", "planes"}, {"proceso", "COM"}});
  CHECK(sent.shown.shows("Damián Yarumo (demo)"));
  CHECK(sent.shown.shows("a más tardar el viernes 13 de noviembre de 2026"));
  const Seen assigned = advisor.receives("Tiene una consulta por responder");
  for (const char* part :
       {"¿Puedo unir las dos tareas del boletín?", "Rocío Sietecueros (demo)", "Gestión de Comunicaciones",
        "Nivel 1, asesor GESFO asignado", "a más tardar el viernes 13 de noviembre de 2026"}) {
    CAPTURE(part);
    CHECK(assigned.shows(part));
  }

  // Tuesday, 8:00, the next business day after Friday's silence: the advisor of the practice has it.
  ministry.moves_to("2026-11-17T08:00:00-05:00");
  const Seen lifted = of_the_practice.receives("¿Puedo unir las dos tareas del boletín?");
  CHECK(lifted.shows("Nivel 2, asesor temático de la práctica"));
  CHECK_FALSE(coordination.says("qué me toca").shows("¿Puedo unir las dos tareas del boletín?"));
  of_the_practice.presses(lifted.button("Enviar respuesta"), {{"respuesta", "Sí, con una SS-3."}});
  CHECK(owner.receives("Silvestre Ceiba (demo) respondió su pregunta").shows("Sí, con una SS-3."));
  CHECK(ministry.registro_has("escalated"));
}

TEST_CASE("the answer that was shown goes along to the advisor") {
  Ministry ministry;
  const Person liaison = ministry.person("U-020");
  const Seen answer =
      liaison.says("¿hasta qué día puedo reportar el avance de las tareas del plan de acción?");
  const Pressed form = liaison.presses(answer.button("Hablar con mi asesor"));
  CHECK(form.shown.shows("Criterio PLA-05"));
  liaison.presses(form.shown.button("Enviar pregunta"), {{"pregunta", "¿Y si el quinto día es festivo?"}});
  const Seen assigned = ministry.person("U-004").receives("Tiene una consulta por responder");
  CHECK(assigned.shows("¿Y si el quinto día es festivo?"));
  CHECK(assigned.shows("Lo que respondió PAO Teams"));
  CHECK(assigned.shows("Criterio PLA-05"));
}

TEST_CASE("a question without words, or for a process that is not the asker's, goes nowhere") {
  Ministry ministry;
  const Person liaison = ministry.person("U-020");
  CHECK(liaison.presses("asesor.enviar", {{"pregunta", "  "}, {"proceso", "COM"}})
            .shown.shows("Escriba su pregunta."));
  CHECK(liaison.presses("asesor.enviar", {{"pregunta", "¿Qué hago?"}, {"proceso", "DIR"}})
            .shown.shows("Elija el proceso por el que pregunta."));
  CHECK(ministry.person("U-004").hears_nothing_more());
  CHECK(ministry.person("U-003").hears_nothing_more());
}

}  // namespace pao::tests
