#include "storage/knowledge/guideline_file.hpp"
#include "tests/paths.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

using namespace pao;
using namespace pao::storage::knowledge;

namespace {

std::string file_text(const std::string& name) {
  std::ifstream file(std::string(pao::tests::source_dir) + "/tests/data/guidelines/" + name);
  std::stringstream out;
  out << file.rdbuf();
  return out.str();
}

const std::string good =
    "---\npractice: planes\nname: Planes\nprefix: PLA\nvigencia: 2026\nversion: 1\nsample: true\n"
    "periodicity: monthly\nalert_days_before: 5, 2, 0\n---\n# Título\n> Muestra.\n## Sección\n### PLA-01 "
    "Uno\nTexto.\n";

std::string with(const std::string& what, const std::string& instead) {
  std::string out = good;
  out.replace(out.find(what), what.size(), instead);
  return out;
}

}  // namespace

TEST_CASE("the nine sample guidelines are read whole") {
  struct Case {
    const char* file;
    std::size_t criteria;
    std::size_t due_dates;
  };
  const Case cases[] = {{"planes.md", 17, 12},
                        {"proyectos-de-inversion.md", 17, 12},
                        {"indicadores.md", 18, 4},
                        {"riesgos.md", 17, 3},
                        {"repac.md", 17, 4},
                        {"mejoras-por-autocontrol.md", 17, 12},
                        {"documentos.md", 17, 1},
                        {"general.md", 26, 0},
                        {"continuidad-del-negocio.md", 17, 2}};
  for (const Case& each : cases) {
    CAPTURE(each.file);
    const auto guideline = parse_guideline(file_text(each.file));
    REQUIRE(guideline.has_value());
    CHECK(guideline->criteria.size() == each.criteria);
    CHECK(guideline->due_dates.size() == each.due_dates);
    CHECK(guideline->rules.term == 2026);
    CHECK(guideline->rules.version == 1);
    CHECK(guideline->rules.sample);
    CHECK(guideline->notice.find("Contenido de muestra") != std::string::npos);
    for (const auto& criterion : guideline->criteria) {
      CHECK(criterion.code.starts_with(guideline->rules.prefix));
      CHECK_FALSE(criterion.text.empty());
      CHECK_FALSE(criterion.section.empty());
      CHECK(criterion.practice == guideline->rules.practice);
      CHECK(criterion.term == 2026);
    }
  }
}

TEST_CASE("the front matter of planes and general lands in the rules") {
  const auto plans = parse_guideline(file_text("planes.md"));
  REQUIRE(plans.has_value());
  CHECK(plans->rules.periodicity == procedure::Periodicity::monthly);
  CHECK(plans->rules.cutoff_business_day == 5);
  CHECK(plans->rules.alert_days_before == std::vector<int>{5, 2, 0});
  CHECK(plans->rules.required_fields.size() == 6);
  REQUIRE(plans->rules.conditional_fields.size() == 1);
  CHECK(plans->rules.conditional_fields[0].field == "justificacion_atraso");
  CHECK(plans->rules.conditional_fields[0].condition == "porcentaje_avance < porcentaje_programado");
  CHECK(plans->due_dates[2].period == "2026-03");
  CHECK(plans->due_dates[2].due_on == make_date(2026, 4, 9));
  CHECK(plans->further.at("related") == "indicadores, proyectos-de-inversion, riesgos, general");

  const auto general = parse_guideline(file_text("general.md"));
  REQUIRE(general.has_value());
  REQUIRE(general->rules.service_levels.size() == 7);
  CHECK(general->rules.service_levels[1].type == "SS-2");
  CHECK(general->rules.service_levels[1].name == "modificacion");
  CHECK(general->rules.service_levels[1].business_days == 5);
  REQUIRE(general->rules.attention_levels.size() == 4);
  CHECK(general->rules.attention_levels[0].name == "PAO Teams");
  CHECK_FALSE(general->rules.attention_levels[0].business_days.has_value());
  CHECK(general->rules.attention_levels[3].name == "Coordinacion GESFO o Jefe OAP");
  CHECK(general->rules.attention_levels[3].business_days == 5);
  CHECK(general->rules.validation_window_business_days == 10);
}

TEST_CASE("what a guideline gets wrong is reported with its line") {
  struct Case {
    std::string text;
    std::size_t line;
  };
  const Case cases[] = {
      {with("version: 1", "version: uno"), 6},
      {with("sample: true", "sample: si"), 7},
      {with("periodicity: monthly", "periodicity: semanal"), 8},
      {with("alert_days_before: 5, 2, 0", "alert_days_before: 5, x"), 9},
      {with("alert_days_before: 5, 2, 0", "grant_role: admin"), 9},
      {with("alert_days_before: 5, 2, 0", "conditional_fields:\n  - causa when haga falta"), 10},
      {with("### PLA-01 Uno", "### PLA-1 Uno"), 14},
      {with("### PLA-01 Uno", "### IND-01 Uno"), 14},
      {with("Texto.\n", ""), 14},
      {with("Texto.\n", "Texto.\n\nOtro párrafo.\n"), 17},
      {with("## Sección\n", ""), 13},
      {with("> Muestra.\n", "Texto suelto.\n"), 12},
      {with("name: Planes\n", "name: Planes\nname: Otra\n"), 4},
      {with("prefix: PLA\n", ""), 0},
      {"# Sin encabezado\n", 1},
      {"", 1},
  };
  for (const Case& each : cases) {
    CAPTURE(each.text);
    const auto guideline = parse_guideline(each.text);
    REQUIRE_FALSE(guideline.has_value());
    const auto& problems = guideline.error();
    CHECK(std::any_of(problems.begin(), problems.end(),
                      [&](const auto& problem) { return problem.line == each.line; }));
  }
  CHECK(parse_guideline(good).has_value());
}

TEST_CASE("a file with Windows line ends and a byte order mark reads the same") {
  std::string windows = "\xEF\xBB\xBF";
  for (const char c : good) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const auto guideline = parse_guideline(windows);
  REQUIRE(guideline.has_value());
  CHECK(guideline->criteria.front().text == "Texto.");
}
