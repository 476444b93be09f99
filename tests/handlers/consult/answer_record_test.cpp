// The register keeps what was shown: the words of that version, the practice and how near the criteria were
//
#include "handlers/consult/answer_record.hpp"

#include "cards/verbs.hpp"
#include "handlers/learning/month.hpp"
#include "storage/consult_store.hpp"
#include "tests/handlers/assistant.hpp"
#include "tests/handlers/consult/second_risks.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using storage::test::reading;
namespace verb = pao::cards::verb;

namespace {

storage::ShownAnswer kept_of(const Assistant& assistant, const Said& said) {
  const auto found = reading(assistant.database(), [&](storage::Session& session) {
    return storage::find_answer(session, said.field("answer_id"));
  });
  REQUIRE(found);
  return *found;
}

procedure::AdviceFigures this_month(const Assistant& assistant) {
  return reading(assistant.database(), [&](storage::Session& session) {
    return learning::figures_of(session, *assistant.reference().current(),
                                learning::month_of(assistant.now()))
        .all;
  });
}

}  // namespace

TEST_CASE(
    "an answer about a past day is kept in the words of then, for the advisor and the person too (R-08)") {
  Assistant assistant;
  publish_second_risks(assistant);
  const Said past = assistant.says(
      liaison_dir, "¿Qué decían los lineamientos el 15 de marzo de 2026 sobre cómo se redacta un riesgo?");
  REQUIRE(past.field("version") == "1");
  const storage::ShownAnswer kept = kept_of(assistant, past);
  CHECK(kept.answer.find("versión 1") != std::string::npos);
  CHECK(kept.answer.find("Posibilidad de afectación") != std::string::npos);
  CHECK(kept.answer.find("Escriba causa, evento y efecto") == std::string::npos);
  CHECK(kept.practice == "riesgos");

  const Said no = assistant.presses(liaison_dir, verb::answer_not_helped, {{"respuesta_id", kept.id}});
  CHECK(no.shows("Posibilidad de afectación"));
  CHECK_FALSE(no.shows("Escriba causa, evento y efecto"));
  const Said sent = assistant.presses(
      liaison_dir, verb::advisor_send,
      {{"pregunta", "¿Y ahora?"}, {"respuesta_id", kept.id}, {"practica", "riesgos"}, {"proceso", "DIR"}});
  const auto consult = reading(assistant.database(), [&](storage::Session& session) {
    return storage::find_consult(session, sent.field("consult"));
  });
  REQUIRE(consult);
  CHECK(consult->answer_shown == kept.answer);

  const Said today = assistant.says(liaison_dir, "¿Cómo se redacta un riesgo?");
  CHECK(kept_of(assistant, today).answer.find("Escriba causa, evento y efecto") != std::string::npos);
}

TEST_CASE("what goes on from an answer is kept with how near its criteria were (R-08)") {
  const Assistant assistant;
  assistant.says(liaison_dir, "¿Hasta cuándo registro la medición del indicador?");
  const Said yearly = assistant.says(liaison_dir, "¿y si es anual?");
  REQUIRE(yearly.route == "consult.follow_up");
  const storage::ShownAnswer kept = kept_of(assistant, yearly);
  CHECK(kept.scores.find("IND-07=0.") == 0);
  CHECK(yearly.field("scores") == kept.scores);
  CHECK(kept.practice == "indicadores");
}

TEST_CASE("without an answer the register keeps the practice asked about, and why there was none (R-08)") {
  const Assistant assistant;
  Understanding understood;
  understood.practice = "repac";
  const Reply nothing =
      consult::for_the_register({.content = {.text = "Los lineamientos no lo dicen"},
                                 .trace = {.outcome = "abstained", .fields = {{"reason", "no_criterion"}}}},
                                {}, *assistant.reference().current(), understood);
  REQUIRE(nothing.shown);
  CHECK(nothing.shown->practice == "repac");
  CHECK(nothing.shown->reason == "no_criterion");
  CHECK(nothing.shown->answer == "Los lineamientos no lo dicen");

  const Said printer = assistant.says(liaison_dir, "no me funciona la impresora del computador");
  CHECK(kept_of(assistant, printer).reason == "it_support");
}

TEST_CASE("several answers in a message are all kept (R-08)") {
  const Assistant assistant;
  const Said two =
      assistant.says(liaison_dir, "¿Hasta cuándo se sube el acta de la REPAC? ¿Quién convoca la REPAC?");
  REQUIRE(two.field("criteria") == "REP-07 REP-03");
  const storage::ShownAnswer kept = kept_of(assistant, two);
  CHECK(kept.answer.find("Criterio REP-07") == 0);
  CHECK(kept.answer.find("Criterio REP-03") != std::string::npos);
  CHECK(kept.scores.find("REP-07=") == 0);
  CHECK(kept.scores.find(" REP-03=") != std::string::npos);
}

TEST_CASE("a criterion picked from the list under an answer is kept, and is no question more (R-08)") {
  const Assistant assistant;
  assistant.says(liaison_dir, "¿Hasta cuándo registro el avance mensual del plan de acción?");
  const Said seen = assistant.presses(liaison_dir, verb::choose_criterion,
                                      {{"codigo", "PLA-16"}, {"pregunta", "¿hasta cuándo?"}});
  CHECK(kept_of(assistant, seen).chosen);
  CHECK(kept_of(assistant, seen).answer.find("Criterio PLA-16") == 0);
  CHECK(this_month(assistant).questions == 1);
  CHECK(this_month(assistant).resolved == 1);

  // What became of it counts.
  assistant.presses(liaison_dir, verb::answer_not_helped, {{"respuesta_id", seen.field("answer_id")}});
  CHECK(this_month(assistant).questions == 1);
  CHECK(this_month(assistant).not_helped == 1);
  CHECK(assistant.says(advisor_dir, "aprendizaje").shows("Con una sola pregunta no hay propuestas."));
}
