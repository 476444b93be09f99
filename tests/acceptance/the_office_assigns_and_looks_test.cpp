// The planning office above the advisors: the coordination hands work from one advisor to another, the head
// looks at everything, and neither decides for a process (procedure section 2, R-09, R-51).
#include "storage/requests_store.hpp"
#include "tests/acceptance/ministry.hpp"

#include <doctest/doctest.h>

namespace pao::tests {
namespace {

using storage::test::reading;

std::string advisor_of(Ministry& ministry, const std::string& request) {
  return reading(ministry.store(),
                 [&](storage::Session& session) { return storage::find_request(session, request); })
      .value()
      .advisor_id;
}

}  // namespace

TEST_CASE(
    "the coordination hands an SS and a consult to another advisor, and everybody learns it (R-09, R-41)") {
  // Thursday 12 November, 9:00: an SS and a question reach the advisors of DIR and COM.
  Ministry ministry;
  const Person coordination = ministry.person("U-002"), liaison = ministry.person("U-015"),
               owner = ministry.person("U-022"), former = ministry.person("U-003"),
               of_com = ministry.person("U-004"), next = ministry.person("U-005");
  liaison.presses("ss.radicar", {{"tipo", "SS-7"},
                                 {"proceso", "DIR"},
                                 {"practica", "planes"},
                                 {"asunto", "Una mesa sobre el cierre"},
                                 {"justificacion", "Hay dudas"}});
  former.receives("Una mesa sobre el cierre");
  owner.presses("asesor.enviar",
                {{"pregunta", "¿Puedo unir dos tareas?"}, {"practica", "planes"}, {"proceso", "COM"}});
  of_com.receives("¿Puedo unir dos tareas?");

  // 10:00: both go to another advisor. The dates that were promised stay.
  ministry.moves_to("2026-11-12T10:00:00-05:00");
  CHECK(coordination.says("bandeja ss").shows("PAO-2026-0001"));
  const Pressed request = coordination.presses("ss.ver", {{"ss", "PAO-2026-0001"}});
  const Pressed form = coordination.presses(request.shown.button("Reasignar"));
  const Pressed moved =
      coordination.presses(form.shown.button("Reasignar"), {{"asesor", "U-005"}, {"motivo", "Vacaciones"}});
  CHECK(moved.shown.shows("Selene Colibrí (demo)"));
  CHECK(moved.shown.shows("18 de noviembre de 2026"));
  for (const Person& person : {former, next, liaison})
    person.receives("La solicitud PAO-2026-0001 la tiene ahora Selene Colibrí (demo)");
  former.presses("ss.tomar", {{"ss", "PAO-2026-0001"}});
  CHECK(advisor_of(ministry, "PAO-2026-0001") == "U-005");
  CHECK(next.presses("ss.tomar", {{"ss", "PAO-2026-0001"}}).shown.shows("En revisión"));

  const Pressed all = coordination.presses("consulta.bandeja", {{"pagina", "0"}, {"de", "todas"}});
  CHECK(all.shown.shows("¿Puedo unir dos tareas?"));
  const Pressed consult = coordination.presses("consulta.ver", {{"consulta", "C-2026-0001"}});
  coordination.presses(consult.shown.button("Reasignar"), {{"asesor", "U-005"}});
  const Seen assigned = next.receives("¿Puedo unir dos tareas?");
  CHECK(assigned.shows("viernes 13 de noviembre de 2026"));
  of_com.receives("C-2026-0001");
  owner.receives("C-2026-0001");
  next.presses(assigned.button("Enviar respuesta"), {{"respuesta", "Sí, con una SS-3."}});
  CHECK(owner.receives("Selene Colibrí (demo) respondió su pregunta").shows("Sí, con una SS-3."));
}

TEST_CASE("the head of the office sees every process and decides nothing for any (R-51)") {
  Ministry ministry;
  const Person head = ministry.person("U-001");
  CHECK(head.says("reportes de gestión de comunicaciones").shows("Gestión de Comunicaciones"));
  CHECK(head.presses("oci.planes", {{"proceso", "COM"}, {"pagina", "0"}}).shown.shows("Programado"));
  CHECK(head.presses("equipo.ver", {{"proceso", "COM"}}).shown.shows("Tobías Arrayán (demo)"));
  CHECK(head.presses("reporte.ver", {{"reporte", "REP-COM-2026-T3"}}).shown.shows("Reporte preventivo"));
  head.says("sin nadie a cargo");

  const std::int64_t length = ministry.registro_length();
  const std::pair<const char*, Values> writes[] = {
      {"avance.guardar", {{"elemento", "PAI-COM-02-T2"}, {"periodo", "2026-10"}}},
      {"ss.radicar", {{"tipo", "SS-7"}, {"proceso", "COM"}, {"practica", "planes"}, {"asunto", "Algo"}}},
      {"ss.decidir",
       {{"ss", "SS-2026-0070"},
        {"decision", "aprobada"},
        {"decia_reporte", "A"},
        {"muestra_evidencia", "B"}}},
      {"ss.reasignar", {{"ss", "SS-2026-0070"}, {"asesor", "U-005"}}},
      {"reporte.aceptar", {{"reporte", "REP-COM-2026-T3"}, {"version", "1"}}},
      {"reporte.enviar", {{"reporte", "REP-CID-2026-T3"}, {"version", "0"}}},
      {"enlace.guardar", {{"proceso", "COM"}, {"persona", "U-021"}}},
      {"verificar.aceptar", {{"registro", "AVP-0001"}}},
      {"lineamientos.aprobar", {{"practica", "riesgos"}, {"vigencia", "2026"}, {"version", "1"}}},
  };
  for (const auto& [verb, values] : writes) {
    CAPTURE(verb);
    const Seen refused = head.presses(verb, values).shown;
    CHECK_FALSE(refused.is_card());  // a sentence
    CHECK_FALSE(refused.text().empty());
  }
  // Each try is kept as what it was, a turn that was refused.
  CHECK(ministry.registro_length() == length + static_cast<std::int64_t>(std::size(writes)));
  CHECK(advisor_of(ministry, "SS-2026-0070") != "U-005");
}

}  // namespace pao::tests
