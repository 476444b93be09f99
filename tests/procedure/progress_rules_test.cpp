#include "handlers/procedure/progress_rules.hpp"

#include "handlers/procedure/conditions.hpp"
#include "tests/procedure/sample_ministry.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::procedure;

namespace {

using Values = std::map<std::string, std::string>;

PracticeRules plan_rules() {
  auto rules = sample::rules_of(practice::plans, Periodicity::monthly, 5);
  rules.required_fields = {"actividad_id", "periodo",    "porcentaje_avance", "descripcion_cualitativa",
                           "evidencia",    "responsable"};
  rules.conditional_fields = {{"justificacion_atraso", "porcentaje_avance < porcentaje_programado"}};
  rules.evidence_required = true;
  rules.evidence_kinds = {"acta", "informe"};
  return rules;
}

PracticeRules indicator_rules() {
  auto rules = sample::rules_of(practice::indicators, Periodicity::quarterly, 8);
  rules.required_fields = {"indicador_id", "periodo",  "numerador", "denominador",
                           "resultado",    "analisis", "evidencia"};
  rules.evidence_required = true;
  rules.evidence_kinds = {"hoja_de_calculo"};
  return rules;
}

Item task() {
  Item item;
  item.id = "PAI-DIR-01-T1";
  item.parent_id = "PAI-DIR-01";
  item.kind = ItemKind::plan_task;
  item.practice = practice::plans;
  item.process_id = "DIR";
  item.owner_id = "U-017";
  return item;
}

Item indicator(const char* formula = "numerador / denominador * 100") {
  Item item;
  item.id = "IND-DIR-01";
  item.kind = ItemKind::indicator;
  item.practice = practice::indicators;
  item.attributes["formula"] = formula;
  return item;
}

const Values good_plan{{"porcentaje_avance", "40"},
                       {"descripcion_cualitativa", "Se entregó la versión preliminar."},
                       {"evidencia", "PAI-DIR-01-T1_2026-04.pdf"},
                       {"tipo_evidencia", "informe"}};

const Values good_measure{{"numerador", "127"},
                          {"denominador", "142"},
                          {"analisis", "El resultado mejoró."},
                          {"evidencia", "base.xlsx"},
                          {"tipo_evidencia", "hoja_de_calculo"}};

ProgressContext april(const ProgressRecord* previous = nullptr, std::optional<double> planned = 40) {
  return {*parse_period("2026-04"), previous, planned, "Rocío Sietecueros"};
}

Values with(Values values, const std::string& field, const std::string& value) {
  values[field] = value;
  return values;
}

// The fields with problems, in order.
std::vector<std::string> fields_of(const ProgressCheck& check) {
  std::vector<std::string> fields;
  for (const auto& problem : check.problems) {
    CHECK_FALSE(problem.sentence.empty());
    fields.push_back(problem.field);
  }
  return fields;
}

using Fields = std::vector<std::string>;

}  // namespace

TEST_CASE("a complete plan record is accepted, normalised and completed with what is known (R-12)") {
  auto values = with(good_plan, "porcentaje_avance", " 93,50 % ");
  values["otro"] = "no se pide";
  const auto check = check_progress(plan_rules(), task(), april(), values);
  CHECK(check.problems.empty());
  CHECK(check.values.at("porcentaje_avance") == "93.5");
  CHECK(check.values.at("actividad_id") == "PAI-DIR-01");
  CHECK(check.values.at("periodo") == "2026-04");
  CHECK(check.values.at("responsable") == "Rocío Sietecueros");
  CHECK(check.values.count("otro") == 0);
}

TEST_CASE("each wrong value of a plan record is named (R-12, R-14, R-15)") {
  ProgressRecord previous;
  previous.values["porcentaje_avance"] = "30.5";
  struct Case {
    const char* field;
    const char* value;
    Fields problems;
  };
  const std::string too_long(max_text_length + 1, 'a');
  for (const Case& c :
       {Case{"porcentaje_avance", "", {"porcentaje_avance"}},
        Case{"porcentaje_avance", "mucho", {"porcentaje_avance"}},
        Case{"porcentaje_avance", "101", {"porcentaje_avance"}},
        Case{"porcentaje_avance", "-1", {"porcentaje_avance", "justificacion_atraso"}},
        Case{"porcentaje_avance", "30", {"porcentaje_avance", "justificacion_atraso"}},
        Case{"porcentaje_avance", "30,5", {"justificacion_atraso"}},
        Case{"porcentaje_avance", "39.9", {"justificacion_atraso"}}, Case{"porcentaje_avance", "100", {}},
        Case{"descripcion_cualitativa", "   ", {"descripcion_cualitativa"}},
        Case{"descripcion_cualitativa", too_long.c_str(), {"descripcion_cualitativa"}},
        Case{"evidencia", "", {"evidencia"}}, Case{"tipo_evidencia", "", {"tipo_evidencia"}},
        Case{"tipo_evidencia", "foto", {"tipo_evidencia"}}}) {
    CAPTURE(c.field);
    CAPTURE(c.value);
    const auto check =
        check_progress(plan_rules(), task(), april(&previous), with(good_plan, c.field, c.value));
    CHECK(fields_of(check) == c.problems);
  }
}

TEST_CASE("a text is measured in characters, not in bytes") {
  std::string accents;
  for (std::size_t i = 0; i < max_text_length; ++i) accents += "ñ";
  CHECK(check_progress(plan_rules(), task(), april(), with(good_plan, "descripcion_cualitativa", accents))
            .problems.empty());
}

TEST_CASE("below plan the justification is mandatory, and enough (R-14)") {
  const auto late = with(good_plan, "porcentaje_avance", "20");
  CHECK(fields_of(check_progress(plan_rules(), task(), april(), late)) == Fields{"justificacion_atraso"});
  CHECK(check_progress(plan_rules(), task(), april(), with(late, "justificacion_atraso", "Faltó personal."))
            .problems.empty());
  CHECK(check_progress(plan_rules(), task(), april(nullptr, std::nullopt), late).problems.empty());
}

TEST_CASE("an empty record lists every missing field in the order of the guideline (R-12)") {
  CHECK(fields_of(check_progress(plan_rules(), task(), april(), {})) ==
        Fields{"porcentaje_avance", "descripcion_cualitativa", "evidencia", "tipo_evidencia"});
}

TEST_CASE("the result of an indicator is computed, never taken from the person") {
  const ProgressContext context{*parse_period("2026-T1"), nullptr, std::nullopt};
  const auto check =
      check_progress(indicator_rules(), indicator(), context, with(good_measure, "resultado", "100"));
  CHECK(check.problems.empty());
  CHECK(check.values.at("resultado") == "89.44");
  CHECK(check_progress(indicator_rules(), indicator("numerador/denominador"), context, good_measure)
            .values.at("resultado") == "0.89");
  CHECK(check_progress(indicator_rules(), indicator("numerador - denominador"), context, good_measure)
            .values.count("resultado") == 0);
}

TEST_CASE("with denominator zero the result stays empty and the analysis must say why") {
  const ProgressContext context{*parse_period("2026-T1"), nullptr, std::nullopt};
  auto values = with(with(good_measure, "denominador", "0"), "numerador", "0");
  const auto explained = check_progress(indicator_rules(), indicator(), context, values);
  CHECK(explained.problems.empty());
  CHECK(explained.values.count("resultado") == 0);
  const auto silent = check_progress(indicator_rules(), indicator(), context, with(values, "analisis", ""));
  CHECK(fields_of(silent) == Fields{"analisis"});
  CHECK(silent.problems.at(0).sentence.find("cero") != std::string::npos);
}

TEST_CASE("the results of the sample measurements come out of their formula") {
  for (const auto& row : sample::ministry("mediciones_indicadores.csv")) {
    CAPTURE(row.at("medicion_id"));
    Values values{{"numerador", row.at("numerador")},
                  {"denominador", row.at("denominador")},
                  {"analisis", "x"},
                  {"evidencia", "x"},
                  {"tipo_evidencia", "hoja_de_calculo"}};
    const auto check = check_progress(indicator_rules(), indicator(),
                                      {*parse_period(row.at("periodo")), nullptr, std::nullopt}, values);
    const auto expected = parse_number(row.at("resultado"));
    const auto found = check.values.find("resultado");
    REQUIRE((found != check.values.end()) == expected.has_value());
    if (expected) CHECK(*parse_number(found->second) == doctest::Approx(*expected).epsilon(0.0002));
  }
}

TEST_CASE("pesos, dates and choices are checked by their kind") {
  auto rules = sample::rules_of(practice::projects, Periodicity::monthly, 3);
  rules.required_fields = {"pagos_cop", "fecha_revision", "resultado_revision"};
  const Values good{
      {"pagos_cop", "$ 1.500.000"}, {"fecha_revision", "2026-10-08"}, {"resultado_revision", "vigente"}};
  Item project;
  project.kind = ItemKind::project;
  project.id = "202600000000901";
  const auto check = check_progress(rules, project, april(), good);
  CHECK(check.problems.empty());
  CHECK(check.values.at("pagos_cop") == "1500000");
  CHECK(fields_of(check_progress(rules, project, april(), with(good, "pagos_cop", "1500,5"))) ==
        Fields{"pagos_cop"});
  CHECK(fields_of(check_progress(rules, project, april(), with(good, "fecha_revision", "8/10/2026"))) ==
        Fields{"fecha_revision"});
  CHECK(fields_of(check_progress(rules, project, april(), with(good, "resultado_revision", "quizás"))) ==
        Fields{"resultado_revision"});
}

TEST_CASE("the minutes are the evidence of a review meeting (R-15)") {
  auto rules = sample::rules_of(practice::review_meeting, Periodicity::quarterly, 15);
  rules.required_fields = {"periodo", "acta"};
  rules.evidence_required = true;
  CHECK(evidence_field(rules) == "acta");
  Item process;
  process.kind = ItemKind::commitment;
  CHECK(fields_of(check_progress(rules, process, april(), {})) == Fields{"acta"});
}

TEST_CASE("conditions of a guideline are compared, never run") {
  const Values values{{"materializado", "si"},
                      {"porcentaje_avance", "20"},
                      {"porcentaje_programado", "40"},
                      {"obligaciones_cop", "79"},
                      {"obligaciones_programadas_cop", "100"},
                      {"estado", "abierta"},
                      {"vacio", ""}};
  struct Case {
    const char* condition;
    bool holds;
  };
  for (const Case& c :
       {Case{"materializado = si", true}, Case{"materializado = no", false}, Case{"estado != cerrada", true},
        Case{"porcentaje_avance < porcentaje_programado", true},
        Case{"porcentaje_programado < porcentaje_avance", false}, Case{"porcentaje_avance <= 20", true},
        Case{"porcentaje_avance > 20", false}, Case{"obligaciones < 80% de lo programado", true},
        Case{"obligaciones < 79% de lo programado", false}, Case{"lider no asiste", false},
        Case{"estado in (critico, en_riesgo) durante 2 periodos seguidos", false}, Case{"", false},
        Case{"estado in (cerrada, abierta)", true}, Case{"estado in (cerrada)", false},
        Case{"falta = si", false}, Case{"vacio != x", false}, Case{"estado < 3", false}}) {
    CAPTURE(c.condition);
    CHECK(condition_holds(c.condition, values) == c.holds);
  }
  CHECK(condition_field("materializado = si") == "materializado");
  CHECK(condition_field("obligaciones < 80% de lo programado") == "obligaciones_programadas_cop");
  CHECK(condition_field("lider no asiste") == "asiste_lider");
}

TEST_CASE("a condition says whether it is understood, so that a guideline with another one is refused") {
  for (const char* good :
       {"materializado = si", "porcentaje_avance < 50", "obligaciones < 80% de lo programado",
        "lider no asiste", "estado in (critico, en_riesgo)",
        "estado in (critico, en_riesgo) durante 2 periodos seguidos"}) {
    CAPTURE(good);
    CHECK(is_understood(good));
  }
  for (const char* bad :
       {"", "materializado", "cuando haga falta", "obligaciones < mucho de lo programado", "equipo no opina",
        "estado in critico", "estado in ()", "estado in (critico) durante 3 periodos seguidos"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_understood(bad));
    CHECK_FALSE(condition_holds(bad, {{"estado", "critico"}, {"anterior_estado", "critico"}}));
  }
}

TEST_CASE("a percentage that was imported under another name may not fall either (R-14)") {
  auto rules = sample::rules_of(practice::projects, Periodicity::monthly, 3);
  rules.required_fields = {"avance_fisico_producto", "avance_gestion"};
  Item project;
  project.kind = ItemKind::project;
  ProgressRecord imported;
  imported.values = {{"avance_fisico_pct", "30.5"}, {"avance_gestion_pct", "40"}};
  const Values values{{"avance_fisico_producto", "30"}, {"avance_gestion", "40"}};
  const auto check = check_progress(rules, project, april(&imported), values);
  REQUIRE(fields_of(check) == Fields{"avance_fisico_producto"});
  CHECK(check.problems[0].sentence.find("30,5 %") != std::string::npos);
}

TEST_CASE("low execution is asked for with the amount that was programmed, and must be explained (PIN-10)") {
  auto rules = sample::rules_of(practice::projects, Periodicity::monthly, 3);
  rules.required_fields = {"obligaciones_cop", "pagos_cop"};
  rules.conditional_fields = {{"alerta_ejecucion", "obligaciones < 80% de lo programado"}};
  Item project;
  project.kind = ItemKind::project;
  CHECK(fields_to_fill(rules) == Fields{"obligaciones_cop", "obligaciones_programadas_cop", "pagos_cop"});
  Values values{{"obligaciones_cop", "790"}, {"pagos_cop", "700"}};
  CHECK(fields_of(check_progress(rules, project, april(), values)) == Fields{"obligaciones_programadas_cop"});
  values["obligaciones_programadas_cop"] = "1.000";
  const auto low = check_progress(rules, project, april(), values);
  CHECK(fields_of(low) == Fields{"alerta_ejecucion"});
  CHECK(low.conditional == Fields{"alerta_ejecucion"});
  CHECK(low.values.at("obligaciones_programadas_cop") == "1000");
  CHECK(check_progress(rules, project, april(), with(values, "obligaciones_cop", "800")).problems.empty());
}

TEST_CASE("two measurements that need attention in a row ask for cause and action (IND-12)") {
  auto rules = indicator_rules();
  rules.conditional_fields = {
      {"accion_correctiva", "estado in (critico, en_riesgo) durante 2 periodos seguidos"}};
  Item measured = indicator();
  measured.attributes["meta"] = "100";
  struct Case {
    const char* before;  // result of the measurement before; empty: there is none
    const char* numerator;
    bool due;
  };
  for (const Case& each : {Case{"", "10", false}, Case{"95", "10", false}, Case{"60", "95", false},
                           Case{"60", "89", true}, Case{"89", "60", true}, Case{"60", "90", false}}) {
    CAPTURE(each.before);
    CAPTURE(each.numerator);
    ProgressRecord previous;
    previous.values["resultado"] = each.before;
    const ProgressContext context{*parse_period("2026-T2"), *each.before ? &previous : nullptr, std::nullopt};
    const auto values = with(with(good_measure, "numerador", each.numerator), "denominador", "100");
    CHECK(fields_of(check_progress(rules, measured, context, values)) ==
          (each.due ? Fields{"accion_correctiva"} : Fields{}));
    CHECK(check_progress(rules, measured, context, with(values, "accion_correctiva", "Se contrata apoyo."))
              .problems.empty());
  }
}

TEST_CASE("what an item says of itself decides conditions; what is typed beside the form does not") {
  auto rules = sample::rules_of(practice::improvements, Periodicity::monthly, 5);
  rules.required_fields = {"descripcion_cualitativa"};
  rules.conditional_fields = {{"verificacion_eficacia", "estado = cerrada"}};
  Item improvement;
  improvement.kind = ItemKind::improvement;
  improvement.attributes["estado"] = "cerrada";
  const Values values{{"descripcion_cualitativa", "Se cerró."}, {"estado", "abierta"}};
  const auto check = check_progress(rules, improvement, april(), values);
  CHECK(fields_of(check) == Fields{"verificacion_eficacia"});
  CHECK(check.values.count("estado") == 0);
  improvement.attributes["estado"] = "abierta";
  CHECK(check_progress(rules, improvement, april(), with(values, "estado", "cerrada")).problems.empty());
}

TEST_CASE("a meeting says whether the leader came; when not, to whom it was delegated (REP-04)") {
  auto rules = sample::rules_of(practice::review_meeting, Periodicity::quarterly, 15);
  rules.required_fields = {"periodo", "decisiones"};
  rules.conditional_fields = {{"delegacion", "lider no asiste"}};
  Item process;
  process.kind = ItemKind::commitment;
  const Values values{{"decisiones", "Se ajusta el cronograma."}};
  CHECK(fields_of(check_progress(rules, process, april(), values)) == Fields{"asiste_lider"});
  CHECK(check_progress(rules, process, april(), with(values, "asiste_lider", "si")).problems.empty());
  const auto away = with(values, "asiste_lider", "no");
  CHECK(fields_of(check_progress(rules, process, april(), away)) == Fields{"delegacion"});
  const auto delegated =
      check_progress(rules, process, april(), with(away, "delegacion", "En la enlace, por correo."));
  CHECK(delegated.problems.empty());
  CHECK(delegated.values.at("asiste_lider") == "no");
}

TEST_CASE("a conditional field becomes mandatory when its condition holds") {
  auto rules = sample::rules_of(practice::risks, Periodicity::four_monthly, 5);
  rules.required_fields = {"materializado"};
  rules.conditional_fields = {{"plan_contingencia", "materializado = si"}};
  Item control;
  control.kind = ItemKind::risk_control;
  control.id = "CTL-DIR-01-1";
  control.parent_id = "RIE-DIR-01";
  CHECK(check_progress(rules, control, april(), {{"materializado", "no"}}).problems.empty());
  CHECK(fields_of(check_progress(rules, control, april(), {{"materializado", "si"}})) ==
        Fields{"plan_contingencia"});
  CHECK(check_progress(rules, control, april(), {{"materializado", "no"}}).values.at("riesgo_id") ==
        "RIE-DIR-01");
}

TEST_CASE("a period accepts records from its opening to the last second of its due day (R-18)") {
  const Obligation obligation{"DIR",     practice::plans,        "T1",
                              "2026-10", make_date(2026, 11, 9), make_date(2026, 11, 1)};
  struct Case {
    const char* now;
    std::optional<Date> reopened_until;
    bool open;
  };
  for (const Case& c : {Case{"2026-10-31T23:59:59-05:00", std::nullopt, false},
                        Case{"2026-11-01T00:00:00-05:00", std::nullopt, true},
                        Case{"2026-11-09T23:59:59-05:00", std::nullopt, true},
                        Case{"2026-11-10T00:00:00-05:00", std::nullopt, false},
                        Case{"2026-11-18T23:59:59-05:00", make_date(2026, 11, 18), true},
                        Case{"2026-11-19T00:00:00-05:00", make_date(2026, 11, 18), false}}) {
    CAPTURE(c.now);
    CHECK(period_is_open(obligation, *parse_instant(c.now), c.reopened_until).has_value() == c.open);
  }
  const auto closed = period_is_open(obligation, *parse_instant("2026-11-10T00:00:00-05:00"));
  REQUIRE_FALSE(closed);
  CHECK(closed.error().code == ErrorCode::refused);
  CHECK(closed.error().message.find("SS-5") != std::string::npos);
}
