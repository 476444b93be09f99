// A closed period, an SS-5, and the record that is made in the days it gives (5.2, 5.3, GEN-18).
#include "cards/verbs.hpp"
#include "storage/reopened_periods_store.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using storage::test::reading;
namespace verb = pao::cards::verb;

namespace {

constexpr const char* task = "PAI-COM-02-T2";  // of COM; October closed on 9 November 2026

Said record(const Assistant& assistant) {
  return assistant.presses(liaison_com, verb::progress_save,
                           {{"elemento", task},
                            {"periodo", "2026-10"},
                            {"porcentaje_avance", "90"},
                            {"descripcion_cualitativa", "Se publicaron los boletines de octubre"},
                            {"evidencia", "boletin-octubre.pdf"},
                            {"tipo_evidencia", "informe"}});
}

}  // namespace

TEST_CASE(
    "an approved SS-5 opens the closed period for two business days, and the record is late (R-18, R-38)") {
  Assistant assistant;  // Thursday 12 November
  CHECK(record(assistant).error);
  const Said filed = assistant.presses(liaison_com, verb::request_file,
                                       {{"tipo", "SS-5"},
                                        {"proceso", "COM"},
                                        {"practica", "planes"},
                                        {"asunto", "Reabrir octubre"},
                                        {"elemento", task},
                                        {"valor_solicitado", "octubre de 2026"},
                                        {"justificacion", "El sistema estuvo caído el último día"}});
  REQUIRE_MESSAGE(filed.outcome() == "request_filed", filed.outcome());
  const std::string ss = filed.field("request");
  const Values named = {{"ss", ss}};
  const auto with = [&](Values values) {
    values["ss"] = ss;
    return values;
  };
  REQUIRE_FALSE(assistant.presses(advisor_com, verb::request_take, named).error);
  CHECK(record(assistant).error);  // asked for is not given
  const Said decided = assistant.presses(advisor_com, verb::request_decide,
                                         with({{"decision", "aprobada"},
                                               {"decia_reporte", "Periodo cerrado sin registro"},
                                               {"muestra_evidencia", "La caída del 9 de noviembre"},
                                               {"motivo", "Procede"}}));
  REQUIRE_MESSAGE(decided.field("to") == "aprobada", decided.outcome());
  CHECK(record(assistant).error);  // nor is approved
  const Said applied =
      assistant.presses(advisor_com, verb::request_apply, with({{"elemento", task}, {"periodo", "2026-10"}}));
  REQUIRE_MESSAGE(applied.outcome() == "request_applied", applied.outcome());
  const auto open = reading(assistant.database(), [&](storage::Session& session) {
    return storage::reopened_on(session, task, "2026-10", make_date(2026, 11, 12));
  });
  REQUIRE(open);
  CHECK(open->closes_on == make_date(2026, 11, 17));  // Monday the 16th is a holiday

  CHECK(assistant.says(liaison_com, "registrar avance").shows(task));
  CHECK(assistant.says(liaison_com, "qué me toca").shows("Reabierto hasta el 17 de noviembre de 2026"));
  assistant.move_to("2026-11-17T23:59:59-05:00");
  SUBCASE("until its last second") {
    const Said saved = record(assistant);
    REQUIRE_MESSAGE(saved.outcome() == "progress_recorded", saved.outcome());
    CHECK(saved.shows("Extemporáneo"));
  }
  SUBCASE("and not one second longer") {
    assistant.move_to("2026-11-18T00:00:00-05:00");
    CHECK(record(assistant).error);
    CHECK_FALSE(assistant.says(liaison_com, "qué me toca").shows("Reabierto"));
  }
}
