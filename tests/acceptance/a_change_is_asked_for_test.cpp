// A change of a plan, an indicator or a risk goes by an SS and by nothing else: from the order in the chat to
// the new value, step by step as liaison, leader and advisor see it (R-38 to R-42).
#include "handlers/procedure/item_changes.hpp"
#include "storage/item_changes_store.hpp"
#include "storage/items_store.hpp"
#include "storage/requests_store.hpp"
#include "tests/acceptance/ministry.hpp"

#include <doctest/doctest.h>
#include <httplib.h>

#include <map>

namespace pao::tests {
namespace {

using storage::test::reading;

constexpr const char* ss = "PAO-2026-0001";  // the first one that is filed
constexpr const char* task = "PAI-DIR-01-T2";

// Everything that an SS can change in the items of a process: "PAI-COM-03/fecha_fin" to its value.
std::map<std::string, std::string> values_of(Ministry& ministry, const std::string& process) {
  std::map<std::string, std::string> values;
  for (const procedure::Item& item : reading(ministry.store(), [&](storage::Session& session) {
         return storage::items_of(session, process);
       })) {
    for (const std::string& field : procedure::changeable_fields(item.kind))
      values[item.id + "/" + field] = procedure::item_value(item, field);
  }
  return values;
}

std::string state_of_request(Ministry& ministry, const std::string& id) {
  return std::string(procedure::to_word(
      reading(ministry.store(), [&](storage::Session& session) { return storage::find_request(session, id); })
          .value()
          .state));
}

Values request_of(const std::string& type, const Values& more = {}) {
  Values values{{"tipo", type},
                {"proceso", "DIR"},
                {"practica", "planes"},
                {"asunto", "Mover la fecha final"},
                {"elemento", task},
                {"valor_actual", "2026-12-30"},
                {"valor_solicitado", "2027-01-29"},
                {"justificacion", "El insumo llega en enero."},
                {"evidencia", "oficio-123.pdf"}};
  for (const auto& [name, value] : more) values[name] = value;
  return values;
}

const Values approval{{"decision", "aprobada"},
                      {"decia_reporte", "Termina el 30 de diciembre."},
                      {"muestra_evidencia", "El insumo llega en enero."},
                      {"motivo", ""}};

}  // namespace

TEST_CASE("C-11: «cambie la fecha» changes nothing and opens an SS-2 with the activity filled in (R-39)") {
  Ministry ministry;
  const Person liaison = ministry.person("U-020");
  const auto before = values_of(ministry, "COM");
  // An activity by its number, a task by its code.
  const std::pair<const char*, const char*> orders[] = {
      {"Cambie la fecha de la actividad 3 para noviembre", "PAI-COM-03"},
      {"cambie la fecha de entrega de la tarea PAI-COM-02-T2 para el 29 de enero", "PAI-COM-02-T2"}};
  for (const auto& [order, item] : orders) {
    CAPTURE(order);
    const Seen card = liaison.says(order);
    CHECK(card.shows("Ese cambio se pide por SS."));
    CHECK(card.shows("No he cambiado nada."));
    CHECK(card.shows("SS-2"));
    CHECK(card.prefilled("elemento") == item);
    CHECK(card.prefilled("campo") == "fecha_fin");
    CHECK(card.offers("Enviar solicitud"));
  }
  CHECK(values_of(ministry, "COM") == before);
  CHECK(reading(ministry.store(), [](storage::Session& session) {
          return storage::requests_of(session, "COM", true);
        }).empty());
}

TEST_CASE("C-12: no door, card or sentence changes goal, date, weight, owner, formula or valuation (R-38)") {
  Ministry ministry;
  const auto before = values_of(ministry, "DIR");
  REQUIRE(before.contains("PAI-DIR-01/meta"));
  REQUIRE(before.contains("IND-DIR-01/formula"));
  REQUIRE(before.contains("RIE-DIR-01/nivel_residual"));
  const Person leader = ministry.person("U-014"), liaison = ministry.person("U-015"),
               advisor = ministry.person("U-003"), coordination = ministry.person("U-002");

  // Whoever writes it, and whatever card is made up for it.
  for (const Person& person : {leader, liaison, advisor, coordination}) {
    for (const char* order :
         {"Cambie la meta de la PAI-DIR-01 a 6 reportes",
          "Ponga a Benigno Cámbulo de responsable de PAI-DIR-01",
          "Cambie la fórmula del indicador IND-DIR-01", "Baje el nivel residual de RIE-DIR-01 a bajo",
          "Apruebe y aplique todas las SS"})
      person.says(order);
    for (const char* verb : {"avance.guardar", "elemento.cambiar", "ss.aplicar", "avance.corregir.guardar"}) {
      person.presses(verb, {{"elemento", "PAI-DIR-01-T2"},
                            {"periodo", "2026-10"},
                            {"ss", ss},
                            {"campo", "fecha_fin"},
                            {"valor_nuevo", "2027-01-29"},
                            {"fecha_fin", "2027-01-29"},
                            {"meta", "6"},
                            {"peso", "1"},
                            {"responsable_id", "U-018"},
                            {"formula", "1"},
                            {"nivel_residual", "bajo"}});
    }
  }
  httplib::Client client("127.0.0.1", ministry.port());
  for (const char* path : {"/api/items", "/api/items/PAI-DIR-01", "/api/requests", "/api/ss"})
    CHECK(client.Post(path, R"({"fecha_fin":"2027-01-29"})", "application/json")->status == 404);
  CHECK(values_of(ministry, "DIR") == before);

  // An SS changes nothing either until it is approved: filed, in review, rejected.
  const Values application{
      {"elemento", task}, {"campo", "fecha_fin"}, {"valor_nuevo", "2027-01-29"}, {"ss", ss}};
  leader.presses("ss.radicar", request_of("SS-2"));
  CHECK_FALSE(advisor.presses("ss.aplicar", application).shown.shows("Aplicada"));
  advisor.presses("ss.tomar", {{"ss", ss}});
  CHECK_FALSE(advisor.presses("ss.aplicar", application).shown.shows("Aplicada"));
  Values rejection = approval;
  rejection["decision"] = "rechazada";
  rejection["motivo"] = "No hay soporte.";
  rejection["ss"] = ss;
  CHECK(advisor.presses("ss.decidir", rejection).shown.shows("Rechazada"));
  CHECK_FALSE(advisor.presses("ss.aplicar", application).shown.shows("Aplicada"));
  CHECK(values_of(ministry, "DIR") == before);
  CHECK(state_of_request(ministry, ss) == "rechazada");
}

TEST_CASE("an SS from the filing to the new value: everybody learns what concerns them (R-40, R-41)") {
  // Thursday 12 November, 9:00: the liaison files; the leader is asked for the endorsement.
  Ministry ministry;
  const Person leader = ministry.person("U-014"), liaison = ministry.person("U-015"),
               other_liaison = ministry.person("U-016"), advisor = ministry.person("U-003");
  const auto before = values_of(ministry, "DIR");
  const Pressed form =
      liaison.presses("ss.formulario", {{"tipo", "SS-2"}, {"asunto", ""}, {"elemento", task}});
  const Pressed receipt = liaison.presses(form.shown.button("Enviar solicitud"), request_of("SS-2"));
  CHECK(receipt.shown.shows("Solicitud guardada, pendiente de radicar"));
  CHECK(receipt.shown.shows("Empieza a contar con el aval del líder"));
  const Seen asked = leader.receives("Una solicitud necesita su aval");
  CHECK(advisor.hears_nothing_more());

  // Friday, 10:00: endorsed. Five business days begin; the advisor has it.
  ministry.moves_to("2026-11-13T10:00:00-05:00");
  CHECK(leader.presses(asked.button("Dar el aval")).shown.shows("23 de noviembre de 2026"));
  const Seen assigned = advisor.receives("Tiene una nueva solicitud");
  liaison.receives(ss);

  // Tuesday, 9:00 (Monday is a holiday): the advisor takes it into review.
  ministry.moves_to("2026-11-17T09:00:00-05:00");
  CHECK(advisor.says("bandeja ss").shows(ss));
  const Pressed seen = advisor.presses(assigned.button("Ver la solicitud"));
  CHECK(advisor.presses(seen.shown.button("Tomar en revisión")).shown.shows("En revisión"));

  // Wednesday, 11:00: something is missing. The clock stops, the process is told.
  ministry.moves_to("2026-11-18T11:00:00-05:00");
  const Pressed question =
      advisor.presses(advisor.presses("ss.ver", {{"ss", ss}}).shown.button("Pedir información"));
  const Pressed waiting = advisor.presses(question.shown.button("Pedir información"),
                                          {{"pregunta", "¿Cuál es el acta de la mesa?"}});
  CHECK(waiting.shown.shows("Detenido mientras llega la información pedida"));
  const Seen missing = liaison.receives("Falta información en la solicitud");
  leader.receives("Falta información en la solicitud");
  other_liaison.receives("Falta información en la solicitud");

  // Friday, 15:00: the liaison completes it. Two days of waiting move the date from the 23rd to the 25th.
  ministry.moves_to("2026-11-20T15:00:00-05:00");
  const Pressed complete = liaison.presses(missing.button("Completar la información"));
  CHECK(complete.shown.shows("Le pidieron: ¿Cuál es el acta de la mesa?"));
  const Pressed given = liaison.presses(complete.shown.button("Enviar información"),
                                        {{"informacion", "Es el acta 12."}, {"evidencia", "acta-12.pdf"}});
  CHECK(given.shown.shows("25 de noviembre de 2026"));
  CHECK(liaison.presses(given.shown.button("¿Por qué esa fecha?")).shown.shows("se esperaba información"));
  advisor.receives("Llegó la información de la solicitud");

  // Monday, 9:00: decided, with what the plan said and what the evidence shows. Nothing has changed yet.
  ministry.moves_to("2026-11-23T09:00:00-05:00");
  const Pressed decision = advisor.presses(advisor.presses("ss.ver", {{"ss", ss}}).shown.button("Decidir"));
  CHECK(advisor.presses(decision.shown.button("Guardar decisión"), approval).shown.shows("Aprobada"));
  for (const Person& person : {leader, liaison, other_liaison})
    CHECK(person.receives("fue aprobada").shows("El insumo llega en enero."));
  CHECK(values_of(ministry, "DIR") == before);

  // Tuesday, 9:00: applied by the advisor, with the old and the new value.
  ministry.moves_to("2026-11-24T09:00:00-05:00");
  const Pressed apply =
      advisor.presses(advisor.presses("ss.ver", {{"ss", ss}}).shown.button("Aplicar el cambio"));
  const Pressed applied =
      advisor.presses(apply.shown.button("Aplicar"),
                      {{"elemento", task}, {"campo", "fecha_fin"}, {"valor_nuevo", "2027-01-29"}});
  CHECK(applied.shown.shows("Aplicada"));
  for (const Person& person : {leader, liaison, other_liaison})
    CHECK(person.receives("Se aplicó el cambio de la solicitud")
              .shows("Fecha final: 30 de diciembre de 2026 → 29 de enero de 2027"));
  auto expected = before;
  expected[std::string(task) + "/fecha_fin"] = "2027-01-29";
  CHECK(values_of(ministry, "DIR") == expected);
  const auto changes = reading(
      ministry.store(), [](storage::Session& session) { return storage::changes_of_request(session, ss); });
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].old_value == "2026-12-30");
  CHECK(changes[0].new_value == "2027-01-29");
  CHECK(changes[0].changed_by == "U-003");

  // The SMGI gives its number; the request is closed and found by either number.
  const Pressed number =
      advisor.presses(advisor.presses("ss.ver", {{"ss", ss}}).shown.button("Registrar número SMGI"));
  advisor.presses(number.shown.button("Registrar número"), {{"numero_smgi", "SS-2026-0900"}});
  liaison.receives("Solicitud radicada con el número SS-2026-0900");
  const Pressed closing = advisor.presses("ss.ver", {{"ss", "SS-2026-0900"}});
  CHECK(advisor.presses(closing.shown.button("Cerrar")).shown.shows("Cerrada"));
  CHECK(liaison.says("en qué va mi solicitud PAO-2026-0001").shows("SS-2026-0900"));
  // Nobody was told anything twice, or what is not theirs.
  for (const Person& person : {leader, other_liaison, advisor}) CHECK(person.hears_nothing_more());
}

TEST_CASE("an SS that nobody decides is warned of at its last day, and goes up when it is over (R-42)") {
  // Thursday 12 November, 9:00: the leader files; five business days of service level begin.
  Ministry ministry("2026-11-12T09:00:00-05:00", {{"jobs.enabled", "true"}});
  const Person leader = ministry.person("U-014"), advisor = ministry.person("U-003"),
               coordination = ministry.person("U-002");
  CHECK(leader.presses("ss.radicar", request_of("SS-2")).shown.shows("20 de noviembre de 2026"));
  advisor.receives("Tiene una nueva solicitud");

  // Friday the 20th, 8:00: its last day.
  ministry.moves_to("2026-11-20T08:00:00-05:00");
  CHECK(advisor.receives("Vence hoy, 20 de noviembre de 2026").shows(ss));

  // Monday the 23rd, 8:00: it is over. The coordination learns it too.
  ministry.moves_to("2026-11-23T08:00:00-05:00");
  for (const Person& person : {advisor, coordination})
    CHECK(person.receives("Pasó su nivel de servicio: venció el 20 de noviembre de 2026").shows(ss));

  // It stays open until somebody decides it.
  CHECK(state_of_request(ministry, ss) == "radicada");
}

TEST_CASE("an SS that is withdrawn, and one that waits in vain for information, end (R-41)") {
  // Thursday 12 November: two that need no endorsement.
  Ministry ministry("2026-11-12T09:00:00-05:00", {{"jobs.enabled", "true"}});
  const Person liaison = ministry.person("U-015"), advisor = ministry.person("U-003");
  liaison.presses("ss.radicar", request_of("SS-7", {{"asunto", "Una mesa sobre el cierre"}}));
  liaison.presses("ss.radicar", request_of("SS-7", {{"asunto", "Otra mesa"}}));
  advisor.receives("Una mesa sobre el cierre");
  advisor.receives("Otra mesa");

  // The second is withdrawn by who filed it: the advisor is told, and can no longer take it.
  const Pressed view = liaison.presses("ss.ver", {{"ss", "PAO-2026-0002"}});
  const Pressed form = liaison.presses(view.shown.button("Retirar la solicitud"));
  CHECK(liaison.presses(form.shown.button("Retirar"), {{"motivo", ""}}).shown.shows("por qué la retira"));
  CHECK(liaison.presses(form.shown.button("Retirar"), {{"motivo", "Ya se resolvió"}}).shown.shows("Anulada"));
  advisor.receives("Se retiró la solicitud PAO-2026-0002");
  advisor.presses("ss.tomar", {{"ss", "PAO-2026-0002"}});
  CHECK(state_of_request(ministry, "PAO-2026-0002") == "anulada");

  // The first waits for information from Friday on, five business days at most.
  ministry.moves_to("2026-11-13T10:00:00-05:00");
  advisor.presses("ss.tomar", {{"ss", ss}});
  advisor.presses("ss.preguntar", {{"ss", ss}, {"pregunta", "¿Sobre qué punto?"}});
  CHECK(liaison.receives("Falta información en la solicitud").shows("23 de noviembre de 2026"));
  ministry.moves_to("2026-11-23T08:00:00-05:00");
  CHECK(state_of_request(ministry, ss) == "en_espera_informacion");
  ministry.moves_to("2026-11-24T08:00:00-05:00");
  CHECK(state_of_request(ministry, ss) == "cerrada_sin_respuesta");
  liaison.receives("se cerró por falta de respuesta");
}

TEST_CASE("a closed period is opened again by an SS-5 for two business days, and the record is late (R-18)") {
  // Thursday 12 November: October closed on Monday.
  Ministry ministry;
  const Person liaison = ministry.person("U-020"), advisor = ministry.person("U-004");
  const char* closed = "PAI-COM-02-T2";
  const Values record{{"elemento", closed},
                      {"periodo", "2026-10"},
                      {"porcentaje_avance", "90"},
                      {"descripcion_cualitativa", "Se publicaron los boletines de octubre."},
                      {"evidencia", "boletines-octubre.pdf"},
                      {"tipo_evidencia", "informe"}};
  CHECK(liaison.presses("avance.guardar", record).shown.shows("El plazo de este periodo ya cerró."));
  liaison.presses("ss.radicar", request_of("SS-5", {{"proceso", "COM"},
                                                    {"elemento", closed},
                                                    {"valor_solicitado", "octubre de 2026"}}));
  advisor.presses("ss.tomar", {{"ss", ss}});
  Values decided = approval;
  decided["ss"] = ss;
  advisor.presses("ss.decidir", decided);
  const Pressed applied =
      advisor.presses("ss.aplicar", {{"ss", ss}, {"elemento", closed}, {"periodo", "2026-10"}});
  CHECK(applied.shown.shows("17 de noviembre de 2026"));  // the 16th is a holiday

  // Its last second takes the record, which counts as late; the next one does not.
  ministry.stands_at("2026-11-17T23:59:59-05:00");
  CHECK(liaison.presses("avance.guardar", record).shown.shows("Extemporáneo"));
  CHECK(ministry.state_of("COM", closed, "2026-10", "2026-11-18T08:00:00-05:00") == "cumplida_extemporanea");
  ministry.stands_at("2026-11-18T00:00:00-05:00");
  CHECK_FALSE(liaison.presses("avance.guardar", record).shown.shows("Extemporáneo"));
}

}  // namespace pao::tests
