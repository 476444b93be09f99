// What the alert rules say of the sample ministry (activity 4, R-21 to R-23).
#include "handlers/alerts/rule_lines.hpp"
#include "storage/alert_rules_content.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using storage::test::reading;

namespace {

std::vector<DigestLine> lines(const Assistant& assistant, const char* person = "") {
  return reading(assistant.database(), [&](storage::Session& session) {
    return alerts::rule_lines(session, *assistant.reference().current(), person, assistant.now());
  });
}

bool told(const std::vector<DigestLine>& all, const std::string& key_part, const std::string& person = "") {
  for (const DigestLine& line : all) {
    if (line.key.find(key_part) != std::string::npos && (person.empty() || line.person_id == person))
      return true;
  }
  return false;
}

}  // namespace

TEST_CASE("the demo's situations are warned of, each with datum, criterion and next step") {
  const Assistant assistant;
  const auto all = lines(assistant);
  CHECK(told(all, "reglas/mejoras.minimo_anual/ADM"));                 // no improvement this year
  CHECK(told(all, "reglas/continuidad.prueba_sin_realizar/CON-TIC"));  // the test that was not run
  CHECK(told(all, "reglas/documentos.mas_de_tres_anios/"));
  CHECK(told(all, "reglas/riesgos.materializado_sin_accion/CTL-TIC"));
  std::set<std::string> keys;
  for (const DigestLine& line : all) {
    CAPTURE(line.key);
    CHECK(keys.insert(line.key + "|" + line.person_id).second);
    CHECK(line.key.find(' ') == std::string::npos);
    CHECK(line.text.find("Criterio ") != std::string::npos);
    CHECK(line.text.find('{') == std::string::npos);
    CHECK_FALSE(line.person_id.empty());
    CHECK_FALSE(line.rule.empty());
  }
}

TEST_CASE("asked for one person the rules say the same as for everybody") {
  const Assistant assistant;
  std::map<std::string, std::set<std::string>> by_person;
  for (const DigestLine& line : lines(assistant)) by_person[line.person_id].insert(line.key);
  for (const char* person : {liaison_com, leader_com, owner_com, advisor_com, coordination, liaison_dir}) {
    CAPTURE(person);
    std::set<std::string> own;
    for (const DigestLine& line : lines(assistant, person)) own.insert(line.key);
    CHECK(own == by_person[person]);
  }
}

TEST_CASE("an overdue commitment is told to its owner and stops when it is done (R-22, R-23)") {
  Assistant assistant;
  assistant.change(
      "INSERT INTO items (id, position, kind, practice, process_id, parent_id, name, owner_id, ends_on, "
      "attributes)"
      " VALUES ('COMP-NEW', 99999, 'compromiso', 'repac', 'COM', 'REPAC-COM-2026-T3', 'Entregar el plan', "
      "'U-021',"
      " '2026-11-11', '{}')");
  const auto first = lines(assistant);
  CHECK(told(first, "COMP-NEW|-1", owner_com));
  CHECK(told(first, "COMP-NEW|-1", liaison_com));
  CHECK_FALSE(told(first, "COMP-NEW", leader_com));
  assistant.move_to("2026-11-17T09:00:00-05:00");  // three business days late
  CHECK(told(lines(assistant), "COMP-NEW|-3", leader_com));
  assistant.change(
      "UPDATE items SET attributes = '{\"fecha_cumplimiento\":\"2026-11-17\"}' WHERE id = 'COMP-NEW'");
  CHECK_FALSE(told(lines(assistant), "COMP-NEW"));
}

TEST_CASE("execution under 80 % and a target missed twice are seen in the records") {
  Assistant assistant;
  assistant.change(
      "UPDATE progress_records SET recorded_values = "
      "'{\"obligaciones_programadas_cop\":\"1000\",\"obligaciones_cop\":"
      "\"790\"}' WHERE item_id = '202600000000901' AND period = '2026-09'");
  assistant.change("DELETE FROM progress_records WHERE item_id = '202600000000901' AND period = '2026-10'");
  const auto all = lines(assistant);
  CHECK(told(all, "reglas/proyectos.baja_ejecucion/202600000000901|2026-09"));
  assistant.change(
      "UPDATE progress_records SET recorded_values = "
      "'{\"obligaciones_programadas_cop\":\"1000\",\"obligaciones_cop\":"
      "\"800\"}' WHERE item_id = '202600000000901' AND period = '2026-09'");
  CHECK_FALSE(told(lines(assistant), "reglas/proyectos.baja_ejecucion/202600000000901"));
  assistant.change(
      "UPDATE progress_records SET recorded_values = '{\"resultado\":\"10\"}' WHERE item_id = 'IND-COM-01'");
  CHECK(told(lines(assistant), "reglas/indicadores.bajo_meta_dos_veces/IND-COM-01"));
}
