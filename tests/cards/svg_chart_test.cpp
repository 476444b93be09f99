// Charts: what a screen reader hears, what a hostile name cannot do, and gaps where there is nothing.
#include "cards/documents/svg_chart.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <regex>

using namespace pao::cards;

namespace {

Chart chart() {
  return {.title = "Preguntas por práctica",
          .description = "Cuántas se resolvieron.",
          .unit = "%",
          .labels = {"Planes", "Riesgos"},
          .series = {{"Resueltas", {50, 100}}, {"Sin respuesta", {std::nullopt, 12.5}}}};
}

int count(const std::string& text, const std::string& part) {
  int found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

// Every tag that is opened is closed, in order.
bool is_well_formed(const std::string& svg) {
  static const std::regex tag("<(/?)([a-z]+)[^<>]*?(/?)>");
  std::vector<std::string> open;
  for (std::sregex_iterator at(svg.begin(), svg.end(), tag), end; at != end; ++at) {
    if ((*at)[3].length()) continue;
    if (!(*at)[1].length()) {
      open.push_back((*at)[2]);
    } else {
      if (open.empty() || open.back() != (*at)[2]) return false;
      open.pop_back();
    }
  }
  return open.empty();
}

}  // namespace

TEST_CASE("bars carry their numbers as words, with title and description for who cannot see them") {
  const std::string svg = bar_chart_svg(chart());
  CHECK(is_well_formed(svg));
  CHECK(svg.find("role=\"img\"") != std::string::npos);
  CHECK(svg.find("<title id=\"titulo\">Preguntas por práctica</title>") != std::string::npos);
  CHECK(svg.find("<desc id=\"descripcion\">Cuántas se resolvieron.</desc>") != std::string::npos);
  CHECK(svg.find("12,5 %") != std::string::npos);
  CHECK(svg.find("sin datos") != std::string::npos);
  CHECK(count(svg, "height=\"18\"") == 3);
  CHECK(svg == bar_chart_svg(chart()));
}

TEST_CASE("a line breaks where there is no value and goes on after it") {
  Chart gap = chart();
  gap.labels = {"a", "b", "c", "d"};
  gap.series = {{"x", {1, std::nullopt, 2, 4}}};
  const std::string svg = line_chart_svg(gap);
  CHECK(is_well_formed(svg));
  CHECK(count(svg, "<circle") == 3);
  const std::regex path("d=\"M[0-9. ]+ M[0-9. ]+ L[0-9. ]+\"");
  CHECK(std::regex_search(svg, path));
}

TEST_CASE("names are text whatever they hold, and odd numbers do not break a chart") {
  Chart odd = chart();
  odd.title = "<script>alert(1)</script> & \"comillas\"";
  odd.labels = {"</svg><b>", std::string(500, 'x')};
  odd.series[0].values = {std::numeric_limits<double>::infinity(), -3};
  odd.series[1].values = {std::numeric_limits<double>::quiet_NaN()};
  for (const std::string& svg : {bar_chart_svg(odd), line_chart_svg(odd)}) {
    CHECK(is_well_formed(svg));
    CHECK(svg.find("<script") == std::string::npos);
    CHECK(svg.find("<b>") == std::string::npos);
    CHECK(svg.find("nan") == std::string::npos);
    CHECK(svg.find("inf") == std::string::npos);
  }
  CHECK(is_well_formed(bar_chart_svg({})));
  CHECK(line_chart_svg({}).find("Sin datos en el periodo.") != std::string::npos);
}

TEST_CASE("a chart with too much draws what fits") {
  Chart much = chart();
  much.labels.assign(500, "x");
  much.series.assign(40, {"s", std::vector<std::optional<double>>(500, 1.0)});
  CHECK(count(bar_chart_svg(much), "height=\"18\"") == static_cast<int>(max_chart_labels * max_chart_series));
}
