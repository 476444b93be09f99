// Registering progress: the form asks what the guideline asks, refuses what the rules refuse, and what was
// saved counts at once.
#include "storage/items_store.hpp"
#include "tests/acceptance/ministry.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace pao::tests {
namespace {

using storage::test::reading;

constexpr const char* open_october = "2026-11-05T10:00:00-05:00";  // plan tasks close on the 9th
const Values task{{"elemento", "PAI-COM-02-T2"}, {"periodo", "2026-10"}};
const Values indicator{{"elemento", "IND-COM-01"}, {"periodo", "2026-10"}};

std::size_t records_of(Ministry& ministry, const Values& of) {
  return reading(
             ministry.store(),
             [&](storage::Session& session) { return storage::records_of_item(session, of.at("elemento")); })
      .size();
}

// As planned: 80 % in October, above the 60 % of August.
Values good_task_values() {
  return {{"porcentaje_avance", "80"},
          {"descripcion_cualitativa", "Se publicaron los boletines de septiembre y octubre."},
          {"evidencia", "boletines-octubre.pdf"},
          {"tipo_evidencia", "enlace_publicacion"},
          {"responsable", "Rocío Sietecueros"}};
}

Values good_indicator_values() {
  return {{"numerador", "45"},
          {"denominador", "50"},
          {"analisis", "Se publicó lo programado, salvo cinco piezas que pasan a noviembre."},
          {"evidencia", "publicaciones-octubre.xlsx"},
          {"tipo_evidencia", "hoja_de_calculo"}};
}

Values without(Values values, const std::string& name) {
  values.erase(name);
  return values;
}

Values with(Values values, const std::string& name, const std::string& value) {
  values[name] = value;
  return values;
}

bool contains(const std::vector<std::string>& list, const std::string& name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

}  // namespace

TEST_CASE("the form of a plan task asks exactly what the guideline asks (R-12)") {
  Ministry ministry(open_october);
  const Pressed form = ministry.person("U-020").presses("avance.formulario", task);
  REQUIRE(form.status == 200);
  CHECK(form.shown.required_fields() == std::vector<std::string>{"porcentaje_avance",
                                                                 "descripcion_cualitativa", "evidencia",
                                                                 "tipo_evidencia", "responsable"});
  CHECK(form.shown.prefilled("responsable") == "Rocío Sietecueros (demo)");
  CHECK(form.shown.shows("60 % en agosto de 2026"));
  CHECK(form.shown.shows("Vence el 9 de noviembre de 2026, le quedan 2 días hábiles"));
}

TEST_CASE("a plan task is registered, with a receipt, and is no longer pending (R-13, R-17)") {
  Ministry ministry(open_october);
  const Person liaison = ministry.person("U-020");
  const Seen list = liaison.says("quiero registrar el avance de la tarea PAI-COM-02-T2");
  REQUIRE(list.shows("Registrar avance"));
  const std::size_t before = records_of(ministry, task);
  REQUIRE(ministry.state_of("COM", "PAI-COM-02-T2", "2026-10", open_october) != "cumplida");

  const Pressed saved = liaison.presses(list.button("Guardar avance"), good_task_values());
  REQUIRE(saved.status == 200);
  CHECK(saved.shown.shows("Avance registrado"));
  CHECK(saved.shown.shows("Comprobante"));
  CHECK(saved.shown.shows("Tobías Arrayán (demo)"));
  CHECK(saved.shown.shows("5 de noviembre de 2026, 10:00 a. m."));
  CHECK(saved.shown.shows("PAO Teams"));
  CHECK(saved.shown.shows("Oportuno"));
  CHECK(saved.shown.shows("pendiente de pasar al SMGI"));

  const auto records = reading(ministry.store(), [&](storage::Session& session) {
    return storage::records_of_item(session, "PAI-COM-02-T2");
  });
  REQUIRE(records.size() == before + 1);
  const procedure::ProgressRecord& record = records.back();
  CHECK(saved.shown.shows(record.id));
  CHECK(record.period == "2026-10");
  CHECK(record.recorded_by == "U-020");
  CHECK(record.channel == "pao_teams");
  CHECK(record.values.at("porcentaje_avance") == "80");
  CHECK(ministry.state_of("COM", "PAI-COM-02-T2", "2026-10", "2026-11-05T11:00:00-05:00") == "cumplida");
  CHECK_FALSE(liaison.says("qué me toca").shows("PAI-COM-02-T2"));

  SUBCASE("the same period is not registered twice") {
    const Pressed again = liaison.presses(list.button("Guardar avance"), good_task_values());
    CHECK(again.status == 200);
    CHECK(again.shown.shows("Ese avance ya está registrado"));
    CHECK(again.shown.shows("SS-1"));
    CHECK(records_of(ministry, task) == before + 1);
  }
  SUBCASE("the registro tells who, what and when") {
    const nlohmann::json content = nlohmann::json::parse(ministry.registro().at(1).content);
    CHECK(content["outcome"] == "progress_recorded");
    CHECK(content["record"] == record.id);
  }
}

TEST_CASE(
    "a form that lacks something comes back with the sentence, and nothing is stored (R-12, R-14, R-15)") {
  Ministry ministry(open_october);
  const Person liaison = ministry.person("U-020");
  const std::size_t before = records_of(ministry, task);
  const Pressed form = liaison.presses("avance.formulario", task);

  struct Case {
    std::string what;
    Values typed;
    std::string sentence, field;
  };
  const Case cases[] = {
      {"no description", without(good_task_values(), "descripcion_cualitativa"), "Este dato es obligatorio.",
       "descripcion_cualitativa"},
      {"only blanks", with(good_task_values(), "descripcion_cualitativa", "  \n "),
       "Este dato es obligatorio.", "descripcion_cualitativa"},
      {"no evidence", without(good_task_values(), "evidencia"), "Esta práctica exige una evidencia.",
       "evidencia"},
      {"a kind of evidence that the guideline does not list",
       with(good_task_values(), "tipo_evidencia", "reporte_siif"), "Esta clase de evidencia no se acepta",
       "tipo_evidencia"},
      {"below the plan without a justification", with(good_task_values(), "porcentaje_avance", "70"),
       "El avance es menor que lo programado.", "justificacion_atraso"},
      {"less than before", with(good_task_values(), "porcentaje_avance", "59,5"),
       "no puede bajar: el último registro tiene 60 %", "porcentaje_avance"},
      {"more than everything", with(good_task_values(), "porcentaje_avance", "101"),
       "El porcentaje debe estar entre 0 y 100.", "porcentaje_avance"},
      {"not a number", with(good_task_values(), "porcentaje_avance", "ochenta"), "Escriba un número",
       "porcentaje_avance"},
      {"a text without end", with(good_task_values(), "descripcion_cualitativa", std::string(4001, 'x')),
       "El texto es demasiado largo.", "descripcion_cualitativa"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.what);
    const Pressed back = liaison.presses(form.shown.button("Guardar avance"), one.typed);
    CHECK(back.status == 200);
    CHECK(back.shown.shows(one.sentence));
    CHECK(contains(back.shown.required_fields(), one.field));
    CHECK(back.shown.prefilled("evidencia") ==
          (one.typed.contains("evidencia") ? "boletines-octubre.pdf" : ""));
    CHECK(records_of(ministry, task) == before);
  }

  SUBCASE("with the justification it is taken") {
    const Values late = with(with(good_task_values(), "porcentaje_avance", "70"), "justificacion_atraso",
                             "Faltó un insumo; se pide por escrito y se recupera el 30 de noviembre.");
    const Pressed saved = liaison.presses(form.shown.button("Guardar avance"), late);
    CHECK(saved.shown.shows("Avance registrado"));
    CHECK(records_of(ministry, task) == before + 1);
  }
}

TEST_CASE("an indicator is registered on its last day: the result is computed, not typed") {
  Ministry ministry;
  const Person liaison = ministry.person("U-020");
  const Pressed form = liaison.presses("avance.formulario", indicator);
  REQUIRE(form.status == 200);
  CHECK(form.shown.required_fields() ==
        std::vector<std::string>{"numerador", "denominador", "analisis", "evidencia", "tipo_evidencia"});
  REQUIRE(ministry.state_of("COM", "IND-COM-01", "2026-10", demo_morning) == "por_vencer");

  SUBCASE("saved") {
    Values typed = good_indicator_values();
    typed["resultado"] = "100";  // not asked for, so not believed
    const Pressed saved = liaison.presses(form.shown.button("Guardar avance"), typed);
    REQUIRE(saved.status == 200);
    CHECK(saved.shown.shows("Avance registrado"));
    const auto records = reading(ministry.store(), [&](storage::Session& session) {
      return storage::records_of_item(session, "IND-COM-01");
    });
    CHECK(records.back().period == "2026-10");
    CHECK(records.back().values.at("resultado") == "90");
    CHECK(ministry.state_of("COM", "IND-COM-01", "2026-10", "2026-11-12T10:00:00-05:00") == "cumplida");
  }
  SUBCASE("without cases the analysis has to say why") {
    Values typed = without(good_indicator_values(), "analisis");
    typed["numerador"] = typed["denominador"] = "0";
    const std::size_t before = records_of(ministry, indicator);
    const Pressed back = liaison.presses(form.shown.button("Guardar avance"), typed);
    CHECK(back.shown.shows("El denominador es cero. Explique por qué no hubo casos en el periodo."));
    CHECK(records_of(ministry, indicator) == before);
  }
}

TEST_CASE("who may not register is told why, and nothing is stored (R-16)") {
  Ministry ministry(open_october);
  const std::size_t before = records_of(ministry, task);
  Values carried = good_task_values();
  carried.insert(task.begin(), task.end());

  SUBCASE("the process's advisor") {
    const Pressed refused = ministry.person("U-004").presses("avance.guardar", carried);
    CHECK(refused.shown.shows("Un asesor no registra en nombre del proceso."));
  }
  SUBCASE("the liaison of another process") {
    const Pressed refused = ministry.person("U-015").presses("avance.guardar", carried);
    CHECK(refused.shown.shows("Solo el líder, el enlace o el responsable del proceso"));
  }
  SUBCASE("an owner of other items of the same process") {
    const Pressed refused = ministry.person("U-021").presses("avance.guardar", carried);
    CHECK(refused.shown.shows("Este elemento está a cargo de otra persona."));
  }
  SUBCASE("internal control") {
    const Pressed refused = ministry.person("U-011").presses("avance.guardar", carried);
    CHECK(refused.shown.shows("No autorizado"));
  }
  SUBCASE("the liaison, from a group") {
    const Person there = ministry.person("U-020").in_group("19:equipo@thread.v2");
    CHECK(there.presses("avance.guardar", carried).shown.shows("escríbame en el chat personal"));
  }
  CHECK(records_of(ministry, task) == before);
}

TEST_CASE("a period that closed points to an SS-5") {
  Ministry ministry;  // the plan's period closed three days ago
  const Person liaison = ministry.person("U-020");
  const std::size_t before = records_of(ministry, task);
  CHECK(liaison.presses("avance.formulario", task).shown.shows("SS-5"));
  Values carried = good_task_values();
  carried.insert(task.begin(), task.end());
  const Pressed refused = liaison.presses("avance.guardar", carried);
  CHECK(refused.shown.shows("El plazo de este periodo ya cerró."));
  CHECK(refused.shown.shows("SS-5"));
  CHECK(records_of(ministry, task) == before);
}

TEST_CASE("the last second of the last day is still in time (R-18)") {
  const Values late = [] {
    Values carried = good_task_values();
    carried.insert(task.begin(), task.end());
    return carried;
  }();
  {
    Ministry ministry("2026-11-09T23:59:50-05:00");
    CHECK(ministry.person("U-020").presses("avance.guardar", late).shown.shows("Oportuno"));
  }
  Ministry ministry("2026-11-10T00:00:00-05:00");
  CHECK(ministry.person("U-020")
            .presses("avance.guardar", late)
            .shown.shows("El plazo de este periodo ya cerró."));
}

TEST_CASE("cards with stale, foreign or senseless values change nothing and say so (R-52)") {
  Ministry ministry(open_october);
  const Person liaison = ministry.person("U-020");
  const std::size_t before = records_of(ministry, task);
  const std::pair<Values, std::string> cases[] = {
      {{{"elemento", "NO-EXISTE"}, {"periodo", "2026-10"}}, "Esta tarjeta ya no es válida."},
      {{{"elemento", "PAI-COM-02-T2"}, {"periodo", "octubre"}}, "Esta tarjeta ya no es válida."},
      {{{"elemento", "PAI-COM-02-T2"}, {"periodo", "2026-09"}}, "no tiene avance programado"},
      {{{"elemento", "PAI-COM-02-T2"}, {"periodo", "2026-12"}}, "Este periodo todavía no termina."},
      {{{"elemento", "PAI-COM-02-T2' OR '1'='1"}, {"periodo", "2026-10"}}, "Esta tarjeta ya no es válida."},
      {{}, "Esta tarjeta ya no es válida."},
  };
  for (const auto& [values, sentence] : cases) {
    CAPTURE(sentence);
    const Pressed refused = liaison.presses("avance.guardar", values);
    CHECK(refused.status == 200);
    INFO(refused.shown.words());
    CHECK(refused.shown.shows(sentence));
  }
  CHECK(liaison.presses("no.existe").shown.shows("Esta tarjeta ya no es válida."));
  Values oversized = task;
  oversized["descripcion_cualitativa"] = std::string(9000, 'x');
  CHECK(liaison.presses("avance.guardar", oversized).status == 400);
  CHECK(records_of(ministry, task) == before);
}

}  // namespace pao::tests
