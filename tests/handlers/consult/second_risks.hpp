// A guideline that was replaced: what was in force before and after.
#pragma once

#include "cards/verbs.hpp"
#include "handlers/procedure/control_points.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

namespace pao::handlers::test {

// Version 2 of the guideline on risks, through all its steps: "Escriba causa, evento y efecto" in RIE-03
// where version 1 had "Posibilidad de afectación". Five minutes later it answers.
inline void publish_second_risks(Assistant& assistant) {
  namespace verb = pao::cards::verb;
  const Values named{{"practica", "riesgos"}, {"vigencia", "2026"}, {"version", "2"}};
  const auto step = [&](const std::string& who, const char* name, Values more = {}) {
    more.insert(named.begin(), named.end());
    const Said said = assistant.presses(who, name, more);
    REQUIRE_FALSE(said.error);
  };
  REQUIRE_FALSE(assistant
                    .presses(advisor_dir, verb::guideline_open,
                             {{"practica", "riesgos"},
                              {"vigencia", "2026"},
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
                              {"asunto", procedure::guideline_subject("riesgos", 2026, 2)},
                              {"resultado", "conforme"},
                              {"observacion", ""}})
                    .error);
  step(coordination, verb::guideline_publish);
  assistant.move_to("2026-11-12T09:05:00-05:00");
}

}  // namespace pao::handlers::test
