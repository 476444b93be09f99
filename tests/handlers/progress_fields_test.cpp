// What the form of each practice asks beyond its required fields: amounts, questions and explanations that
// its guideline's conditions need.
#include "cards/verbs.hpp"
#include "handlers/alerts/rule_lines.hpp"
#include "storage/items_store.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using storage::test::reading;
namespace verb = pao::cards::verb;

namespace {

constexpr const char* open_morning = "2026-11-05T09:00:00-05:00";
constexpr const char* liaison_pre = "U-033";
constexpr const char* project = "202600000000901";  // September: 67.6 % physical, imported from the SMGI

bool asks(const Said& form, const std::string& field) {
  return form.shows("\"id\":\"" + field + "\"");
}

bool is_warned(const Assistant& assistant, const std::string& key) {
  const auto lines = reading(assistant.database(), [&](storage::Session& session) {
    return alerts::rule_lines(session, *assistant.reference().current(), "", assistant.now());
  });
  return std::any_of(lines.begin(), lines.end(),
                     [&](const DigestLine& line) { return line.key.find(key) != std::string::npos; });
}

Values project_values() {
  return {{"elemento", project},
          {"periodo", "2026-10"},
          {"avance_fisico_producto", "90"},
          {"avance_gestion", "80"},
          {"compromisos_cop", "17.121.125.000"},
          {"obligaciones_cop", "12.000.000.000"},
          {"obligaciones_programadas_cop", "16.000.000.000"},
          {"pagos_cop", "11.000.000.000"},
          {"descripcion_cualitativa", "Se entregaron dos productos de octubre"},
          {"evidencia", "siif-octubre.pdf"},
          {"tipo_evidencia", "reporte_siif"}};
}

}  // namespace

TEST_CASE("a project says what was programmed; low execution is explained and warned of (PIN-10, R-21)") {
  const Assistant assistant(open_morning);
  assistant.change("DELETE FROM progress_records WHERE item_id = '202600000000901' AND period = '2026-10'");
  const Said form =
      assistant.presses(liaison_pre, verb::progress_form, {{"elemento", project}, {"periodo", "2026-10"}});
  REQUIRE_MESSAGE(form.outcome() == "progress_form_shown", form.outcome());
  CHECK(asks(form, "obligaciones_programadas_cop"));
  CHECK(asks(form, "alerta_ejecucion"));

  Values values = project_values();
  values["avance_fisico_producto"] = "60";
  CHECK(assistant.presses(liaison_pre, verb::progress_save, values).shows("67,6 %"));  // it may not fall

  values = project_values();
  const Said low = assistant.presses(liaison_pre, verb::progress_save, values);
  CHECK(low.outcome() == "form_incomplete");
  CHECK(low.shows("La ejecución es baja frente a lo programado"));
  values["alerta_ejecucion"] = "El contrato inició tarde; se recupera con dos entregas el 30 de noviembre.";
  const Said saved = assistant.presses(liaison_pre, verb::progress_save, values);
  REQUIRE_MESSAGE(saved.outcome() == "progress_recorded", saved.outcome());
  CHECK(saved.shows("Obligaciones programadas a la fecha"));
  CHECK(is_warned(assistant, "reglas/proyectos.baja_ejecucion/202600000000901|2026-10"));
  CHECK(is_warned(assistant, "reglas/proyectos.fisico_sin_gestion/202600000000901|2026-10"));
}

TEST_CASE("what was imported of a project is warned of as what was typed") {
  const Assistant assistant;
  assistant.change(
      "UPDATE progress_records SET recorded_values = "
      "'{\"avance_fisico_pct\":\"70\",\"avance_gestion_pct\":\"65\"}'"
      " WHERE item_id = '202600000000901' AND period = '2026-10'");
  CHECK(is_warned(assistant, "reglas/proyectos.fisico_sin_gestion/202600000000901|2026-10"));
}

TEST_CASE("a second measurement in a row that needs attention asks for cause and action (IND-12)") {
  const Assistant assistant(open_morning);
  assistant.change(
      "UPDATE progress_records SET recorded_values = '{\"resultado\":\"10\"}' WHERE item_id = 'IND-COM-01'");
  Values values = {{"elemento", "IND-COM-01"},
                   {"periodo", "2026-10"},
                   {"numerador", "10"},
                   {"denominador", "50"},
                   {"analisis", "Faltaron piezas por publicar"},
                   {"evidencia", "octubre.xlsx"},
                   {"tipo_evidencia", "hoja_de_calculo"}};
  const Said asked = assistant.presses(liaison_com, verb::progress_save, values);
  CHECK(asked.outcome() == "form_incomplete");
  CHECK(asks(asked, "accion_correctiva"));
  values["accion_correctiva"] = "Se reparten las piezas entre dos personas desde noviembre.";
  CHECK(assistant.presses(liaison_com, verb::progress_save, values).outcome() == "progress_recorded");
}

TEST_CASE("an improvement that is closed asks at once for the check of its effect (MEJ-12)") {
  const Assistant assistant(open_morning);
  const Values values = {{"elemento", "MEJ-COM-01"}, {"periodo", "2026-10"}};
  CHECK_FALSE(asks(assistant.presses(liaison_com, verb::progress_form, values), "verificacion_eficacia"));
  assistant.change("UPDATE items SET attributes = '{\"estado\":\"cerrada\"}' WHERE id = 'MEJ-COM-01'");
  CHECK(asks(assistant.presses(liaison_com, verb::progress_form, values), "verificacion_eficacia"));
}

TEST_CASE("a meeting says whether the leader came (REP-04)") {
  const Assistant assistant("2026-10-14T09:00:00-05:00");
  assistant.change("DELETE FROM progress_records WHERE item_id = 'REPAC-DIR' AND period = '2026-T3'");
  const Said form = assistant.presses(liaison_dir, verb::progress_form,
                                      {{"elemento", "REPAC-DIR"}, {"periodo", "2026-T3"}});
  REQUIRE_MESSAGE(form.outcome() == "progress_form_shown", form.outcome());
  CHECK(asks(form, "asiste_lider"));
  CHECK_FALSE(asks(form, "delegacion"));
}

TEST_CASE(
    "the receipt of several items tells what was seen in each, and names who answers for it (R-13, R-17)") {
  const Assistant assistant(open_morning);
  const Said measured = assistant.presses(liaison_com, verb::progress_several_save,
                                          {{"proceso", "COM"},
                                           {"practica", "indicadores"},
                                           {"periodo", "2026-10"},
                                           {"elemento_1", "IND-COM-01"},
                                           {"numerador_1", "44"},
                                           {"denominador_1", "50"},
                                           {"analisis_1", "Faltaron seis piezas por publicar"},
                                           {"evidencia_1", "octubre.xlsx"},
                                           {"tipo_evidencia_1", "hoja_de_calculo"}});
  REQUIRE_MESSAGE(measured.outcome() == "progress_recorded", measured.outcome());
  CHECK(measured.shows("Resultado: 88"));
  CHECK(measured.shows("no alcanza la meta"));

  const char* task = "PAI-COM-02-T2";  // of U-022
  const Said planned = assistant.presses(liaison_com, verb::progress_several_save,
                                         {{"proceso", "COM"},
                                          {"practica", "planes"},
                                          {"periodo", "2026-10"},
                                          {"elemento_1", task},
                                          {"porcentaje_avance_1", "90"},
                                          {"descripcion_cualitativa_1", "Se publicaron los boletines"},
                                          {"evidencia_1", "boletines.pdf"},
                                          {"tipo_evidencia_1", "informe"}});
  REQUIRE_MESSAGE(planned.outcome() == "progress_recorded", planned.outcome());
  CHECK(planned.shows("Responsable: Rocío Sietecueros (demo)"));
  const auto records = reading(assistant.database(), [&](storage::Session& session) {
    return storage::records_of_item(session, task);
  });
  CHECK(records.back().values.at("responsable") == "Rocío Sietecueros (demo)");
}

TEST_CASE("«mis avances» names who recorded what others of the process see, and old ids are read as names") {
  const Assistant assistant(open_morning);
  const Values values = {
      {"elemento", "PAI-COM-02-T2"},  {"periodo", "2026-10"},
      {"porcentaje_avance", "90"},    {"descripcion_cualitativa", "Se publicaron los boletines"},
      {"evidencia", "boletines.pdf"}, {"tipo_evidencia", "informe"},
      {"responsable", "U-022"}};  // as it was stored once
  const Said saved = assistant.presses(liaison_com, verb::progress_save, values);
  REQUIRE_MESSAGE(saved.outcome() == "progress_recorded", saved.outcome());
  CHECK(assistant.presses(leader_com, verb::progress_recent).shows("Registró Tobías Arrayán (demo)"));
  CHECK_FALSE(assistant.presses(liaison_com, verb::progress_recent).shows("Registró Tobías Arrayán (demo)"));
  const Said verified =
      assistant.presses(advisor_com, verb::verify_record, {{"registro", saved.field("record")}});
  CHECK(verified.shows("Rocío Sietecueros (demo)"));
  CHECK_FALSE(verified.shows("U-022"));
}
