// Who is not in the directory, and who listens in: general answers, and nothing of anybody's own.
#include "tests/acceptance/ministry.hpp"

#include <doctest/doctest.h>

namespace pao::tests {
namespace {

constexpr const char* group = "19:planeacion@thread.v2";

}  // namespace

TEST_CASE("somebody who is not in the directory gets general answers only") {
  Ministry ministry;
  const Person stranger = ministry.stranger("0f0f0f0f-1111-4222-8333-444444444444");
  const Seen answer =
      stranger.says("¿hasta qué día puedo reportar el avance de las tareas del plan de acción?");
  CHECK(answer.shows("Fuente: criterio PLA-05"));
  CHECK(answer.main_buttons().empty());

  CHECK(stranger.opens_conversation() == 200);
  CHECK(stranger.receives("Todavía no figura con un proceso a cargo").main_buttons().empty());

  for (const char* wish : {"qué me toca", "quiero registrar el avance de la tarea PAI-COM-02-T2",
                           "quiero radicar una SS para cambiar una fecha", "quiero hablar con mi asesor",
                           "en qué estado va mi solicitud SS-2026-0045"}) {
    CAPTURE(wish);
    CHECK(stranger.says(wish).shows("No lo encuentro en el directorio de procesos"));
  }
  const std::pair<const char*, Values> presses[] = {
      {"pendientes.ver", {{"pagina", "0"}}},
      {"avance.formulario", {{"elemento", "IND-COM-01"}, {"periodo", "2026-10"}}},
      {"ss.ver", {{"ss", "SS-2026-0045"}}},
      {"consulta.responder", {{"consulta", "C-1"}, {"respuesta", "sí"}}},
  };
  for (const auto& [verb, values] : presses) {
    CAPTURE(verb);
    CHECK(stranger.presses(verb, values).shown.shows("No lo encuentro en el directorio de procesos"));
  }
}

TEST_CASE("in a group the assistant answers only when it is mentioned") {
  Ministry ministry;
  const Person there = ministry.person("U-020").in_group(group);
  CHECK(there.sends("¿hasta qué día puedo reportar el avance?") == 200);
  CHECK(there.hears_nothing_more());
  const Seen answer =
      there.mentioning().says("¿hasta qué día puedo reportar el avance de las tareas del plan de acción?");
  CHECK(answer.shows("Fuente: criterio PLA-05"));
}

TEST_CASE("what was said in a group without a mention is not kept") {
  Ministry ministry;
  CHECK(ministry.person("U-020").in_group(group).sends("esto no es para el asistente") == 200);
  for (const storage::RegistroEntry& entry : ministry.registro())
    CHECK(entry.content.find("esto no es para el asistente") == std::string::npos);
}

TEST_CASE("nothing of anybody's own is shown in a group") {
  Ministry ministry;
  const Person there = ministry.person("U-020").in_group(group).mentioning();
  for (const char* wish : {"qué me toca", "quiero registrar el avance de la tarea PAI-COM-02-T2",
                           "quiero radicar una SS para cambiar una fecha", "quiero hablar con mi asesor",
                           "en qué estado va mi solicitud SS-2026-0054"}) {
    CAPTURE(wish);
    const Seen answer = there.says(wish);
    CHECK(answer.shows("escríbame en el chat personal"));
    CHECK_FALSE(answer.shows("COM-"));
  }
  CHECK(there.presses("pendientes.ver", {{"pagina", "0"}}).shown.shows("escríbame en el chat personal"));
}

}  // namespace pao::tests
