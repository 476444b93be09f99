// Opening an SS in chat. The chat is not the official record: until the SMGI gives its number, the request
// has a provisional one and is "pendiente de radicar".
#include "storage/requests_store.hpp"
#include "tests/acceptance/ministry.hpp"

#include <doctest/doctest.h>

namespace pao::tests {
namespace {

using storage::test::reading;

Values change_of_date() {
  return {{"tipo", "SS-2"},
          {"proceso", "COM"},
          {"practica", "planes"},
          {"asunto", "Correr la entrega del boletín de cierre"},
          {"elemento", "PAI-COM-02-T2"},
          {"valor_actual", "2026-12-31"},
          {"valor_solicitado", "2027-01-29"},
          {"justificacion", "Los resultados fiscales de diciembre se conocen en enero."},
          {"evidencia", "memorando-fiscales.pdf"}};
}

std::vector<procedure::ServiceRequest> open_requests(Ministry& ministry) {
  return reading(ministry.store(),
                 [](storage::Session& session) { return storage::requests_of(session, "COM", true); });
}

// "Radicada" is a claim that only the SMGI's number allows.
void check_never_says_filed(const Seen& seen) {
  CHECK_FALSE(seen.shows("radicada"));
  CHECK_FALSE(seen.shows("Radicada"));
}

}  // namespace

TEST_CASE("the types of SS are offered with their service levels") {
  Ministry ministry;
  const Person liaison = ministry.person("U-020");
  const Seen types = liaison.says("quiero radicar una SS para cambiar una fecha");
  for (const char* type :
       {"SS-1, 3 días hábiles", "SS-2, 5 días hábiles", "SS-3, 8 días hábiles", "SS-4, 5 días hábiles",
        "SS-5, 2 días hábiles", "SS-6, 10 días hábiles", "SS-7, 3 días hábiles"}) {
    CAPTURE(type);
    CHECK(types.shows(type));
  }
  CHECK(open_requests(ministry).empty());
}

TEST_CASE("a change asked for by the liaison waits for the leader, then goes to the advisor") {
  Ministry ministry;
  const Person liaison = ministry.person("U-020"), leader = ministry.person("U-019"),
               advisor = ministry.person("U-004");

  const Pressed form = liaison.presses("ss.formulario", {{"tipo", "SS-2"}, {"asunto", ""}, {"elemento", ""}});
  REQUIRE(form.status == 200);
  const Pressed filed = liaison.presses(form.shown.button("Enviar solicitud"), change_of_date());
  REQUIRE(filed.status == 200);
  CHECK(filed.shown.shows("Solicitud guardada, pendiente de radicar"));
  CHECK(filed.shown.shows("PAO-2026-0001"));
  CHECK(filed.shown.shows("Aurora Guadua (demo) (falta su aval)"));
  CHECK(filed.shown.shows("Empieza a contar con el aval del líder"));
  check_never_says_filed(filed.shown);
  REQUIRE(open_requests(ministry).size() == 1);
  CHECK(open_requests(ministry).front().provisional);
  CHECK_FALSE(open_requests(ministry).front().due_on);

  const Seen asked = leader.receives("Una solicitud necesita su aval");
  CHECK(asked.shows("Tobías Arrayán (demo)"));
  CHECK(asked.shows("2027-01-29"));
  CHECK(advisor.hears_nothing_more());
  check_never_says_filed(asked);

  SUBCASE("the leader endorses it: the clock starts, the advisor has it, the liaison is told") {
    const Pressed endorsed = leader.presses(asked.button("Dar el aval"));
    REQUIRE(endorsed.status == 200);
    // Five business days after 12 November; the 16th is a holiday.
    CHECK(endorsed.shown.shows("20 de noviembre de 2026"));
    check_never_says_filed(endorsed.shown);
    const Seen assigned = advisor.receives("Tiene una nueva solicitud: Modificación");
    CHECK(assigned.shows("PAO-2026-0001"));
    CHECK(assigned.shows("Vence el 20 de noviembre de 2026, le quedan 5 días hábiles"));
    CHECK(assigned.shows("Gestión de Comunicaciones"));
    check_never_says_filed(assigned);
    CHECK(liaison.receives("PAO-2026-0001").shows("Damián Yarumo (demo)"));
    CHECK_FALSE(open_requests(ministry).front().endorsement_pending);

    const Seen again = leader.presses(asked.button("Dar el aval")).shown;
    CAPTURE(again);
    CHECK(again.shows("ya tiene su aval"));
    CHECK(advisor.hears_nothing_more());
    const Seen status = liaison.says("en qué estado va mi solicitud PAO-2026-0001");
    CHECK(status.shows("Pendiente de radicar"));
    check_never_says_filed(status);
  }
  SUBCASE("nobody else can endorse it") {
    const auto tries = [&](const char* id) {
      return ministry.person(id).presses("ss.aval", {{"ss", "PAO-2026-0001"}}).shown;
    };
    for (const char* id : {"U-020", "U-004", "U-014", "U-002"}) {
      CAPTURE(id);
      CHECK(tries(id).shows("El aval lo da el líder"));
    }
    CHECK(tries("U-011").shows("No autorizado"));
    CHECK(open_requests(ministry).front().endorsement_pending);
    CHECK(advisor.hears_nothing_more());
  }
  SUBCASE("people of other processes do not learn that it exists") {
    CHECK(ministry.person("U-015")
              .presses("ss.ver", {{"ss", "PAO-2026-0001"}})
              .shown.shows("No encontré la solicitud"));
    CHECK(ministry.person("U-015")
              .presses("ss.ver", {{"ss", "PAO-2026-9999"}})
              .shown.shows("No encontré la solicitud"));
  }
  SUBCASE("the liaison sees it among the pending things") {
    CHECK(liaison.says("qué me toca").shows("Número provisional PAO-2026-0001"));
  }
}

TEST_CASE("what the leader files needs no further endorsement") {
  Ministry ministry;
  const Pressed filed = ministry.person("U-019").presses("ss.radicar", change_of_date());
  CHECK(filed.shown.shows("PAO-2026-0001"));
  CHECK(filed.shown.shows("20 de noviembre de 2026"));
  CHECK(ministry.person("U-004").receives("Tiene una nueva solicitud").shows("PAO-2026-0001"));
}

TEST_CASE("an SS that lacks something comes back with the sentences, and nothing is stored") {
  Ministry ministry;
  const Person liaison = ministry.person("U-020");
  const std::pair<const char*, const char*> cases[] = {
      {"asunto", "Escriba el asunto en una frase."},
      {"elemento", "Escriba el código de lo que quiere cambiar"},
      {"valor_solicitado", "Escriba el valor que solicita."},
      {"justificacion", "Explique por qué lo solicita."},
      {"evidencia", "Indique la evidencia"},
  };
  for (const auto& [field, sentence] : cases) {
    CAPTURE(field);
    Values typed = change_of_date();
    typed[field] = " ";
    const Pressed back = liaison.presses("ss.radicar", typed);
    CHECK(back.status == 200);
    CHECK(back.shown.shows(sentence));
    CHECK(back.shown.offers("Enviar solicitud"));
  }
  CHECK(open_requests(ministry).empty());
}

TEST_CASE("who has no process to speak for files nothing") {
  Ministry ministry;
  CHECK(ministry.person("U-011").presses("ss.radicar", change_of_date()).shown.shows("No autorizado"));
  for (const char* id : {"U-004", "U-015", "U-021"}) {
    CAPTURE(id);
    const Pressed refused = ministry.person(id).presses("ss.radicar", change_of_date());
    CHECK(refused.status == 200);
    CHECK(refused.shown.shows("La solicitud la radica el líder o el enlace del proceso."));
  }
  Values unknown = change_of_date();
  unknown["tipo"] = "SS-9";
  CHECK(ministry.person("U-020").presses("ss.radicar", unknown).shown.shows("Esta tarjeta ya no es válida."));
  CHECK(open_requests(ministry).empty());
}

}  // namespace pao::tests
