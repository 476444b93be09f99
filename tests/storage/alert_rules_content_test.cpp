// The shipped alert rules and what their file must say (activity 4).
#include "storage/alert_rules_content.hpp"

#include "storage/guidelines_store.hpp"
#include "tests/storage/demo_store.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

using namespace pao;
using namespace pao::storage;

TEST_CASE(
    "each of the eight practices has at least three alert rules, each with a criterion that exists (R-21)") {
  std::map<std::string, int> by_practice;
  std::set<std::string> ids;
  const test::DemoStore demo;
  std::set<std::string> codes;
  for (const auto& criterion :
       test::reading(*demo.database, [](Session& s) { return criteria_in_force(s, 2026); }))
    codes.insert(criterion.code);
  for (const auto& rule : alert_rules()) {
    CAPTURE(rule.id);
    ++by_practice[rule.practice];
    CHECK(ids.insert(rule.id).second);
    CHECK(codes.contains(rule.criterion));
  }
  CHECK(by_practice.size() == 8);
  for (const auto& [practice, count] : by_practice) {
    CAPTURE(practice);
    CHECK(count >= 3);
    CHECK(procedure::obligation_rule(alert_rules(), practice, 5) != nullptr);
    CHECK(procedure::obligation_rule(alert_rules(), practice, -3) != nullptr);
    CHECK(procedure::obligation_rule(alert_rules(), practice, 5) !=
          procedure::obligation_rule(alert_rules(), practice, -3));
  }
}

TEST_CASE("a file of alert rules that cannot be read is refused with what is wrong") {
  const std::string good =
      "regla: a\npractica: planes\nsobre: registro\nsi: x = si\ncuando: dias 5, 0\na: enlace\ncriterio: "
      "PLA-05\n"
      "dato: D.\nsigue: S.\n";
  REQUIRE(parse_alert_rules(good));
  CHECK(parse_alert_rules(good)->front().steps == std::vector<int>{5, 0});
  const auto without = [&](const std::string& line) {
    std::string text = good;
    const auto at = text.find(line);
    text.erase(at, text.find('\n', at) - at + 1);
    return text;
  };
  for (const char* line : {"practica", "si:", "a:", "criterio", "dato", "sigue"}) {
    CAPTURE(line);
    CHECK_FALSE(parse_alert_rules(without(line)));
  }
  for (const char* bad : {"regla: a\n", "quien: enlace\n", "a: todos\n", "cuando: dias cinco\n",
                          "cuando: diario\n", "sobre: persona\n", "regla: b c\n"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_alert_rules(good + bad));
  }
  CHECK_FALSE(parse_alert_rules("practica: planes\n"));
  CHECK(parse_alert_rules("# nothing\n")->empty());
}

TEST_CASE("each shipped rule beyond due dates fires on what it is about and not one step beside it (R-21)") {
  using Facts = std::map<std::string, std::string>;
  struct Case {
    const char* rule;
    Facts facts;
    std::pair<const char*, const char*> beside;  // the fact that makes it untrue
  };
  const Case cases[] = {
      {"planes.texto_repetido",
       {{"texto_repetido", "si"}, {"revision", "registrado"}},
       {"revision", "aceptado"}},
      {"planes.devuelto", {{"revision", "devuelto"}, {"dias_devuelto", "3"}}, {"dias_devuelto", "4"}},
      {"proyectos.baja_ejecucion", {{"ejecucion", "79.9"}}, {"ejecucion", "80"}},
      {"proyectos.fisico_sin_gestion",
       {{"avance_fisico_producto", "50"}, {"avance_gestion", "40"}},
       {"avance_gestion", "50"}},
      {"indicadores.bajo_meta_dos_veces",
       {{"cumplimiento", "80"}, {"anterior_cumplimiento", "89.9"}},
       {"anterior_cumplimiento", "90"}},
      {"riesgos.materializado_sin_accion",
       {{"materializado", "si"}, {"tiene_plan_contingencia", "no"}},
       {"tiene_plan_contingencia", "si"}},
      {"riesgos.control_no_ejecutado", {{"control_ejecutado", "no"}}, {"control_ejecutado", "si"}},
      {"repac.reunion_sin_realizar",
       {{"reunion_del_trimestre", "no"}, {"dias", "0"}},
       {"reunion_del_trimestre", "si"}},
      {"repac.compromiso_vencido",
       {{"clase", "compromiso"}, {"cumplido", "no"}, {"dias", "-1"}},
       {"cumplido", "si"}},
      {"mejoras.sin_avance", {{"avanza", "no"}, {"porcentaje_avance", "40"}}, {"porcentaje_avance", "100"}},
      {"mejoras.minimo_anual", {{"mejoras_del_anio", "0"}}, {"mejoras_del_anio", "1"}},
      {"continuidad.prueba_sin_realizar",
       {{"clase", "plan_continuidad"}, {"prueba_hecha", "no"}, {"dias_prueba", "-1"}},
       {"dias_prueba", "0"}},
      {"continuidad.bia_sin_actualizar",
       {{"clase", "plan_continuidad"}, {"bia_al_dia", "no"}},
       {"bia_al_dia", "si"}},
      {"documentos.mas_de_tres_anios", {{"documentos_viejos", "2"}}, {"documentos_viejos", "0"}},
      {"documentos.actualizacion_comprometida",
       {{"clase", "documento"}, {"resultado_revision", "actualizar"}, {"dias", "5"}},
       {"resultado_revision", "vigente"}},
  };
  const Date today = make_date(2026, 11, 12);
  std::set<std::string> covered;
  for (const Case& each : cases) {
    CAPTURE(each.rule);
    covered.insert(each.rule);
    const auto rule = std::find_if(alert_rules().begin(), alert_rules().end(),
                                   [&](const auto& one) { return one.id == each.rule; });
    REQUIRE(rule != alert_rules().end());
    procedure::AlertSubject subject{.kind = rule->about,
                                    .id = "X-1",
                                    .step_key = "2026-10",
                                    .process_id = "COM",
                                    .practice = rule->practice,
                                    .name = "X",
                                    .facts = each.facts};
    const auto fired = procedure::fire(*rule, subject, today);
    REQUIRE(fired);
    CHECK_FALSE(fired->recipients.empty());
    CHECK(fired->text.find(rule->criterion) != std::string::npos);
    CHECK(fired->text.find(rule->next_step) != std::string::npos);
    subject.facts[each.beside.first] = each.beside.second;
    CHECK_FALSE(procedure::fire(*rule, subject, today));
  }
  for (const auto& rule : alert_rules()) {
    CAPTURE(rule.id);
    CHECK((rule.about == procedure::AlertSubjectKind::obligation) != covered.contains(rule.id));
  }
}
