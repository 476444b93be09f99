// A guideline that was replaced, or is of the next vigencia: what was in force before and after.
#pragma once

#include "cards/verbs.hpp"
#include "handlers/procedure/control_points.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

namespace pao::handlers::test {

// That version of the guideline on risks, the next one, through all its steps: "Escriba causa, evento y
// efecto" in RIE-03 where version 1 of 2026 has "Posibilidad de afectación".
inline void publish_risks(const Assistant& assistant, int term, int version) {
  namespace verb = pao::cards::verb;
  const Values named{
      {"practica", "riesgos"}, {"vigencia", std::to_string(term)}, {"version", std::to_string(version)}};
  const auto step = [&](const std::string& who, const char* name, Values more = {}) {
    more.insert(named.begin(), named.end());
    const Said said = assistant.presses(who, name, more);
    REQUIRE_FALSE(said.error);
  };
  REQUIRE_FALSE(assistant
                    .presses(advisor_dir, verb::guideline_open,
                             {{"practica", "riesgos"},
                              {"vigencia", std::to_string(term)},
                              {"motivo", "necesidad"},
                              {"detalle", "Se simplifica la redacción."},
                              {"reporte", "REP-DIR-2026-T1"}})
                    .error);
  step(advisor_dir, verb::guideline_save,
       {{"codigo", "RIE-03"},
        {"titulo", "Cómo se redacta un riesgo"},
        {"texto", "Escriba causa, evento y efecto."},
        {"seccion", "Qué es y para qué sirve"}});
  step(advisor_dir, verb::guideline_submit);
  step(coordination, verb::guideline_approve);
  REQUIRE_FALSE(assistant
                    .presses(coordination, verb::control_confirm,
                             {{"punto", "1"},
                              {"asunto", procedure::guideline_subject("riesgos", term, version)},
                              {"resultado", "conforme"},
                              {"observacion", ""}})
                    .error);
  step(coordination, verb::guideline_publish);
}

// Version 2 of 2026; five minutes later it answers.
inline void publish_second_risks(Assistant& assistant) {
  publish_risks(assistant, 2026, 2);
  assistant.move_to("2026-11-12T09:05:00-05:00");
}

}  // namespace pao::handlers::test
