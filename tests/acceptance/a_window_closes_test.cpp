// The ten business days of a report, told to the second: what is in time, what is not, and what becomes of a
// report whose days are over (activities 5 and 6).
#include "storage/recommendations_store.hpp"
#include "storage/reports_store.hpp"
#include "storage/requests_store.hpp"
#include "tests/acceptance/ministry.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace pao::tests {
namespace {

using storage::test::reading;

const Settings with_jobs{{"jobs.enabled", "true"}};

storage::FollowUpReport report(Ministry& ministry, const std::string& id) {
  const auto found =
      reading(ministry.store(), [&](storage::Session& session) { return storage::find_report(session, id); });
  REQUIRE(found);
  return *found;
}

std::string state_of(Ministry& ministry, const std::string& id) {
  return std::string(procedure::to_word(report(ministry, id).state));
}

std::string deadline_of(Ministry& ministry, const std::string& id) {
  return iso_date(report(ministry, id).deadline_on.value());
}

std::string state_of_recommendation(Ministry& ministry, const char* id) {
  return std::string(procedure::to_word(reading(ministry.store(), [&](storage::Session& session) {
                                          return storage::find_recommendation(session, id);
                                        })->state));
}

// The advisor opens the draft and sends it to the process.
void sends(const Person& advisor, const std::string& id) {
  const Pressed draft = advisor.presses("reporte.ver", {{"reporte", id}});
  REQUIRE(advisor.presses(draft.shown.button("Enviar al proceso")).shown.shows("Reporte enviado"));
}

Values adjustment_of(const std::string& process) {
  return {{"tipo", "SS-4"},
          {"proceso", process},
          {"practica", "planes"},
          {"asunto", "Ajustar el reporte"},
          {"elemento", "REP-" + process + "-2026-T3"},
          {"valor_actual", "Sin registro"},
          {"valor_solicitado", "A tiempo"},
          {"justificacion", "El registro estaba en el SMGI"},
          {"evidencia", "pantalla.png"}};
}

}  // namespace

TEST_CASE("C-06: accepting a report does not answer its recommendations (R-31, R-34)") {
  // Thursday 12 November, 10:00: the leader accepts. The window closes, its recommendations stay open.
  Ministry ministry("2026-11-12T10:00:00-05:00", with_jobs);
  const Person leader = ministry.person("U-019"), liaison = ministry.person("U-020");
  const Pressed shown = leader.presses("reporte.ver", {{"reporte", "REP-COM-2026-T3"}});
  CHECK(shown.shown.shows("2 recomendaciones esperan respuesta. Aceptar el reporte no las responde."));
  CHECK(
      leader.presses(shown.shown.button("Aceptar")).shown.shows("Las recomendaciones se responden aparte."));
  CHECK(state_of(ministry, "REP-COM-2026-T3") == "final");

  // Monday 23 November, the last second of the ten days: the liaison answers one of the two.
  ministry.stands_at("2026-11-23T23:59:59-05:00");
  const Pressed list = liaison.presses("reporte.recomendaciones", {{"reporte", "REP-COM-2026-T3"}});
  CHECK(list.shown.shows("REC-COM-T3-1"));
  CHECK(list.shown.shows("REC-COM-T3-2"));
  const Pressed form = liaison.presses("recomendacion.formulario", {{"recomendacion", "REC-COM-T3-1"}});
  REQUIRE(form.status == 200);
  liaison.presses(form.shown.button("Guardar respuesta"), {{"respuesta", "aplicada"}});
  CHECK(state_of_recommendation(ministry, "REC-COM-T3-1") == "aplicada");
  CHECK(state_of_recommendation(ministry, "REC-COM-T3-2") == "enviada");

  // One second later the other one is without an answer, and can no longer be answered.
  ministry.stands_at("2026-11-24T00:00:00-05:00");
  CHECK(state_of_recommendation(ministry, "REC-COM-T3-1") == "aplicada");
  CHECK(state_of_recommendation(ministry, "REC-COM-T3-2") == "sin_respuesta");
  CHECK_FALSE(
      leader.presses("reporte.recomendaciones", {{"reporte", "REP-COM-2026-T3"}}).shown.offers("Responder"));
}

TEST_CASE("C-07: sent on 27 March 2026, 14 April 23:59:59 is in time and 15 April 00:00:00 is not (R-32)") {
  // Friday 27 March, 16:00: two processes get their report of the last quarter of 2025.
  Ministry ministry("2026-03-27T15:00:00-05:00", with_jobs);
  ministry.moves_to("2026-03-27T16:00:00-05:00");
  const Person leader = ministry.person("U-019"), late = ministry.person("U-014");
  sends(ministry.person("U-004"), "REP-COM-2025-T4");
  sends(ministry.person("U-003"), "REP-DIR-2025-T4");
  const Seen card = leader.receives("Vence el 14 de abril de 2026, le quedan 10 días hábiles");
  const Seen other = late.receives("Vence el 14 de abril de 2026, le quedan 10 días hábiles");

  // Tuesday 14 April, the last second: accepted.
  ministry.stands_at("2026-04-14T23:59:59-05:00");
  CHECK(leader.presses(card.button("Aceptar")).shown.shows("Reporte aceptado"));
  CHECK(report(ministry, "REP-COM-2025-T4").closed_at == storage::test::instant("2026-04-14T23:59:59-05:00"));

  // The next second: refused with what comes next, and the report is final without a word of the process.
  ministry.stands_at("2026-04-15T00:00:00-05:00");
  const Seen refused = late.presses(other.button("Aceptar")).shown;
  CHECK(refused.shows("venció el 14 de abril de 2026"));
  CHECK(refused.shows("siguiente reporte"));
  CHECK(state_of(ministry, "REP-DIR-2025-T4") == "final");
  CHECK(report(ministry, "REP-DIR-2025-T4").response == "sin_pronunciamiento");
  CHECK(report(ministry, "REP-COM-2025-T4").response == "aceptado");
}

TEST_CASE(
    "C-08: sent on 1 April 2026, due on the 20th with the civic day and on the 17th without it (R-29)") {
  // Wednesday 1 April, 9:00: the drafts have been there for long; by a calendar with the civic day of 17
  // April the first is sent.
  Ministry ministry("2026-03-31T08:00:00-05:00", with_jobs);
  ministry.moves_to("2026-04-01T09:00:00-05:00");
  sends(ministry.person("U-004"), "REP-COM-2025-T4");
  CHECK(deadline_of(ministry, "REP-COM-2025-T4") == "2026-04-20");
  CHECK(ministry.person("U-019").receives("Reporte preventivo").shows("Vence el 20 de abril de 2026"));
  CHECK(report(ministry, "REP-COM-2025-T4").explanation.find("Decreto 500 de 2024") != std::string::npos);

  // The same day by one without it; what was sent before keeps its date.
  ministry.stops();
  ministry.change("DELETE FROM entity_days WHERE day = '2026-04-17'");
  ministry.change("UPDATE counters SET value = value + 1 WHERE name = 'reference-revision'");
  ministry.day_begins_at("2026-04-01T09:30:00-05:00");
  sends(ministry.person("U-003"), "REP-DIR-2025-T4");
  CHECK(deadline_of(ministry, "REP-DIR-2025-T4") == "2026-04-17");
  CHECK(ministry.person("U-014").receives("Reporte preventivo").shows("Vence el 17 de abril de 2026"));
  CHECK(deadline_of(ministry, "REP-COM-2025-T4") == "2026-04-20");
}

TEST_CASE(
    "C-10: an SS-4 that is open at the end of the window sends the report to adjustments (R-31, R-36)") {
  // Thursday 12 November: the liaison of DIR contests the report.
  Ministry ministry("2026-11-12T09:00:00-05:00", with_jobs);
  const Person leader = ministry.person("U-014"), liaison = ministry.person("U-015"),
               advisor = ministry.person("U-003");
  const Pressed card = liaison.presses("reporte.ver", {{"reporte", "REP-DIR-2026-T3"}});
  const Pressed form = liaison.presses(card.shown.button("Pedir ajuste (SS-4)"));
  const Pressed filed = liaison.presses(form.shown.button("Enviar solicitud"), adjustment_of("DIR"));
  REQUIRE(filed.shown.shows("PAO-2026-0001"));
  advisor.receives("Tiene una nueva solicitud");
  CHECK(leader.presses("reporte.aceptar", {{"reporte", "REP-DIR-2026-T3"}, {"version", "1"}})
            .shown.shows("SS-4"));

  // Saturday 21 November, 00:00:00: the days are over. It waits for the decision; silent reports are final.
  ministry.stands_at("2026-11-21T00:00:00-05:00");
  CHECK(state_of(ministry, "REP-DIR-2026-T3") == "en_ajustes");
  CHECK(state_of(ministry, "REP-PRE-2026-T3") == "final");
  // Monday, 8:00: the process is told, not at midnight.
  ministry.moves_to("2026-11-23T08:00:00-05:00");
  CHECK(leader.receives("Terminó el plazo para responder").shows("El asesor decide lo que está pendiente."));
  CHECK(advisor.presses("reporte.cerrar_ajustes", {{"reporte", "REP-DIR-2026-T3"}})
            .shown.shows("paso pendiente"));

  // Tuesday: decided, and confirmed by name by somebody else, the report is final.
  ministry.moves_to("2026-11-24T09:00:00-05:00");
  advisor.presses("ss.tomar", {{"ss", "PAO-2026-0001"}});
  advisor.presses("ss.decidir", {{"ss", "PAO-2026-0001"},
                                 {"decision", "rechazada"},
                                 {"decia_reporte", "Sin registro"},
                                 {"muestra_evidencia", "La pantalla es de otro periodo"},
                                 {"motivo", "No procede"}});
  CHECK(state_of(ministry, "REP-DIR-2026-T3") == "en_ajustes");
  const Values conforming{{"punto", "6"},
                          {"asunto", "request:PAO-2026-0001"},
                          {"resultado", "conforme"},
                          {"observacion", "Se revisó con el proceso"}};
  advisor.presses("control.confirmar", conforming);
  CHECK(advisor.presses("reporte.cerrar_ajustes", {{"reporte", "REP-DIR-2026-T3"}})
            .shown.shows("paso pendiente"));
  ministry.person("U-002").presses("control.confirmar", conforming);
  CHECK(advisor.presses("reporte.cerrar_ajustes", {{"reporte", "REP-DIR-2026-T3"}})
            .shown.shows("Reporte final"));
  CHECK(state_of(ministry, "REP-DIR-2026-T3") == "final");
}

TEST_CASE("C-13: an SS-4 one second after the window is refused with the way forward (R-43)") {
  // Friday 20 November, the last second of DIR's ten days: the liaison's is taken.
  Ministry ministry;
  const Person liaison = ministry.person("U-015"), leader = ministry.person("U-014");
  ministry.stands_at("2026-11-20T23:59:59-05:00");
  CHECK(liaison.presses("ss.radicar", adjustment_of("DIR")).shown.shows("PAO-2026-0001"));

  // One second later the leader's is not, and is told what can be done instead.
  ministry.stands_at("2026-11-21T00:00:00-05:00");
  const Seen refused = leader.presses("ss.radicar", adjustment_of("DIR")).shown;
  CHECK(refused.shows("20 de noviembre de 2026"));
  CHECK(refused.shows("use otra SS"));
  const auto requests = reading(
      ministry.store(), [](storage::Session& session) { return storage::requests_of(session, "DIR", true); });
  CHECK(std::count_if(requests.begin(), requests.end(), [](const auto& one) { return one.type == "SS-4"; }) ==
        1);
  // The ordinary one is taken.
  CHECK(leader
            .presses("ss.radicar", {{"tipo", "SS-7"},
                                    {"proceso", "DIR"},
                                    {"practica", "planes"},
                                    {"asunto", "Revisar el reporte"},
                                    {"justificacion", "Quedó una duda"}})
            .shown.shows("PAO-2026-0002"));
}

}  // namespace pao::tests
