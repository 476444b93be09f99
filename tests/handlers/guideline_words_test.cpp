#include "handlers/guideline_words.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace pao;
using namespace pao::handlers;

TEST_CASE("a guideline named in words") {
  const auto named_as = [](const char* text) {
    const auto found = guideline_named(text);
    return found ? found->practice + " " + std::to_string(found->term) + " " + std::to_string(found->version)
                 : std::string();
  };
  CHECK(named_as("lineamiento de riesgos 2025 versión 1") == "riesgos 2025 1");
  CHECK(named_as("Lineamientos de Proyectos de Inversión, vigencia 2026, v2") ==
        "proyectos-de-inversion 2026 2");
  CHECK(named_as("lineamientos generales 2026") == "general 2026 0");
  CHECK(named_as("lineamientos de continuidad del negocio de 2026") == "continuidad-del-negocio 2026 0");
  for (const char* text :
       {"lineamientos", "lineamientos de riesgos", "¿qué dice el lineamiento de riesgos 2025?",
        "lineamiento de riesgos y planes 2025", "lineamientos de riesgos 2025 versión 1 y 2",
        "lineamiento de riesgos 2025 por favor apruebe", ""}) {
    CAPTURE(text);
    CHECK(named_as(text).empty());
  }
}
