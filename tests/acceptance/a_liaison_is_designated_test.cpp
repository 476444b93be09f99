// Who speaks for a process: the leader names a liaison with dates and a document, somebody replaces another
// for a time, somebody leaves (procedure section 2, decision 21).
#include "storage/designations_store.hpp"
#include "storage/requests_store.hpp"
#include "tests/acceptance/ministry.hpp"

#include <doctest/doctest.h>

namespace pao::tests {
namespace {

using storage::test::reading;

// Only who is liaison or leader that day may file for DIR; what is filed is withdrawn at once.
bool may_file(Ministry& ministry, const Person& person) {
  const auto filed = [&] {
    return reading(ministry.store(),
                   [](storage::Session& session) { return storage::requests_of(session, "DIR", false); })
        .size();
  };
  const std::size_t before = filed();
  const Pressed said = person.presses("ss.radicar", {{"tipo", "SS-7"},
                                                     {"proceso", "DIR"},
                                                     {"practica", "planes"},
                                                     {"asunto", "Una mesa de trabajo"},
                                                     {"justificacion", "Hay dudas del cierre"}});
  const bool did = filed() > before;
  if (!did) CHECK(said.shown.shows("La solicitud la radica el líder o el enlace del proceso."));
  return did;
}

}  // namespace

TEST_CASE(
    "the leader designates a liaison for a time: rights begin, end and return on their days (R-50, R-51)") {
  // Thursday 12 November, 9:00: the leader of DIR names a replacement for a month, by a memorandum.
  Ministry ministry;
  const Person leader = ministry.person("U-014"), former = ministry.person("U-015"),
               second = ministry.person("U-016"), substitute = ministry.person("U-018"),
               advisor = ministry.person("U-003");
  const Seen team = leader.says("mi equipo");
  CHECK(team.shows("Ulises Colibrí (demo)"));
  const Pressed form = leader.presses(team.button("Designar enlace"));
  Values typed{{"persona", "benigno.cambulo@hacienda-demo.example.com"},
               {"desde", "2026-11-17"},
               {"hasta", "2026-12-18"},
               {"documento", ""},
               {"principal", "si"},
               {"reemplaza", "U-015"}};
  CHECK_FALSE(leader.presses(form.shown.button("Designar"), typed).shown.shows("Enlace designado"));
  typed["documento"] = "Memorando 31 del 12 de noviembre";
  const Pressed named = leader.presses(form.shown.button("Designar"), typed);
  CHECK(named.shown.shows("del 17 de noviembre de 2026 al 18 de diciembre de 2026"));
  CHECK(named.shown.shows("Memorando 31 del 12 de noviembre"));
  CHECK(named.shown.shows("19 de diciembre de 2026"));  // who was replaced is back
  for (const Person& person : {former, second, substitute, advisor})
    CHECK(person.receives("Enlace designado: Benigno Cámbulo (demo)").shows("Lo designó"));
  // Nobody else can.
  for (const Person& person : {former, advisor, ministry.person("U-002")})
    CHECK(person.presses(form.shown.button("Designar"), typed).shown.shows("Al enlace lo designa el líder"));

  // The service is started again; each right begins and ends on its day all the same.
  ministry.continues_at("2026-11-13T08:00:00-05:00");
  struct Day {
    const char* at;
    bool former, substitute;
  };
  for (const Day& day :
       {Day{"2026-11-16T23:59:59-05:00", true, false}, Day{"2026-11-17T00:00:00-05:00", false, true},
        Day{"2026-12-18T23:59:59-05:00", false, true}, Day{"2026-12-19T00:00:00-05:00", true, false}}) {
    CAPTURE(day.at);
    ministry.stands_at(day.at);
    CHECK(may_file(ministry, former) == day.former);
    CHECK(may_file(ministry, substitute) == day.substitute);
  }
  CHECK(leader.says("mi equipo").shows("DES-2026-0001: Memorando 31"));
  CHECK(ministry.registro_has("liaison_designated"));
}

TEST_CASE(
    "the new liaison inherits an open window with its date, and the one who left is out of it (R-28, R-29)") {
  // Thursday 12 November: the second liaison of DIR becomes the only one tomorrow. Its report is open until
  // the 20th.
  Ministry ministry("2026-11-12T09:00:00-05:00", {{"jobs.enabled", "true"}});
  const Person leader = ministry.person("U-014"), leaves = ministry.person("U-015"),
               comes = ministry.person("U-017");
  leaves.presses("ss.radicar", {{"tipo", "SS-7"},
                                {"proceso", "DIR"},
                                {"practica", "planes"},
                                {"asunto", "Una mesa de trabajo"},
                                {"justificacion", "Hay dudas del cierre"}});
  const Pressed ended = leader.presses(
      leader.presses(leader.says("mi equipo").button("Retirar un enlace")).shown.button("Retirar"),
      {{"persona", "U-015"}, {"ultimo_dia", "2026-11-12"}, {"motivo", "Cambia de dependencia"}});
  CHECK(ended.shown.shows("León Cóndor (demo)"));  // who goes on
  CHECK(ended.shown.shows("PAO-2026-0001"));       // with what is open
  leaves.receives("Termina como enlace: Ulises Colibrí (demo)");
  leader.presses("enlace.guardar", {{"proceso", "DIR"},
                                    {"persona", "U-017"},
                                    {"desde", "2026-11-13"},
                                    {"documento", "Memorando 32"},
                                    {"principal", "si"}});
  comes.receives("Enlace designado: Sol Chicalá (demo)");

  // Friday: the new one sees the report with its date, and accepts it; the former one no longer can.
  ministry.moves_to("2026-11-13T10:00:00-05:00");
  const Pressed card = comes.presses("reporte.ver", {{"reporte", "REP-DIR-2026-T3"}});
  CHECK(card.shown.shows("Vence el 20 de noviembre de 2026"));
  const SeenButton accept = card.shown.button("Aceptar");
  CHECK(leaves.presses(accept).shown.shows("El reporte lo valida el líder o el enlace del proceso."));
  CHECK(comes.presses(accept).shown.shows("Se espera la respuesta del líder"));
  leader.receives("aceptó");

  // Tuesday, 8:00: the digests speak to the new one, and to the former one no more.
  ministry.moves_to("2026-11-17T08:00:00-05:00");
  leader.receives("por atender");
  for (const Delivered& one : ministry.teams().delivered_to(leaves.conversation()))
    CHECK_FALSE(Seen::message(one.body).shows("Resumen del martes 17 de noviembre"));
}

TEST_CASE("a process whose last liaison leaves is told to the leader and to the coordination (R-51)") {
  Ministry ministry;
  const Person leader = ministry.person("U-019"), coordination = ministry.person("U-002");
  CHECK_FALSE(coordination.says("sin nadie a cargo").shows("No tiene enlace activo"));
  const Pressed ended = leader.presses(
      "enlace.retirar_guardar",
      {{"proceso", "COM"}, {"persona", "U-020"}, {"ultimo_dia", "2026-11-12"}, {"motivo", "Retiro"}});
  CHECK(ended.shown.shows("El proceso queda sin enlace."));
  ministry.moves_to("2026-11-13T09:00:00-05:00");
  CHECK(coordination.says("sin nadie a cargo").shows("No tiene enlace activo"));
  CHECK(leader.says("mi equipo").shows("No tiene enlace activo"));
}

}  // namespace pao::tests
