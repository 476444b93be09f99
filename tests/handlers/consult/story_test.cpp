// Long messages with one question inside.
#include "handlers/story.hpp"

#include "tests/handlers/consult/question_file.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>

using namespace pao;
using namespace pao::handlers;
using handlers::consult::Question;
using handlers::consult::QuestionKind;

namespace {

struct Story {
  const char* before;
  const char* after;
};

constexpr std::array stories{
    Story{"Buenas tardes, qué pena molestar. Ayer estuvimos toda la mañana reunidos con la directora y los "
          "compañeros del cuarto piso, y quedamos todos con la misma duda. ",
          " Quedo atenta y muchas gracias por su ayuda."},
    Story{"Hola. Yo entré hace dos meses a reemplazar a una compañera que se fue y nadie me hizo empalme; "
          "apenas estoy entendiendo. Mi jefe me preguntó esta mañana en el ascensor y no supe qué decirle.\n",
          ""},
    Story{"",
          " Es que el año pasado nos regañaron delante de todo el mundo y no quiero que pase otra vez. "
          "Además mañana salgo de viaje y el compañero que queda apenas está aprendiendo."}};

bool answers(const std::string& message, const Question& question) {
  const auto understood = understand(message, tests::sample_knowledge());
  if (understood.kind != MessageKind::question || understood.hits.empty()) return false;
  const auto& first = tests::sample_knowledge().index.criteria()[understood.hits.front().criterion];
  return std::find(question.expected.begin(), question.expected.end(), first.code) != question.expected.end();
}

}  // namespace

TEST_CASE("the sentence that asks is found in a story, and only there") {
  CHECK(question_within(
            "Ayer se cayó todo el sistema a las tres de la tarde y no pudimos atender a nadie hasta "
            "hoy, mi jefe está muy molesto. ¿Eso se reporta en continuidad? Gracias.") ==
        "¿Eso se reporta en continuidad?");
  CHECK(
      question_within("buenas, mire que ayer nos reunimos con todo el equipo y salieron muchas cosas para "
                      "organizar de aquí a diciembre y el líder no pudo ir. quien firma el acta si el lider "
                      "delego") == "quien firma el acta si el lider delego");
  CHECK(question_within(
            "Somos un equipo pequeño y desde enero llevamos las tareas en una hoja aparte porque nadie "
            "tenía usuario, y ahora nos piden todo junto ¿hasta cuándo se puede registrar?") ==
        "¿hasta cuándo se puede registrar?");
}

TEST_CASE("what is short, one sentence, asks nothing or asks several things is no story") {
  CHECK(question_within("Hola. ¿Hasta cuándo registro el avance?").empty());
  CHECK(question_within(
            "¿Hasta cuándo registro el avance mensual de las tareas del plan de acción de mi proceso "
            "cuando el mes termina en un puente festivo y no hay nadie en la oficina?")
            .empty());
  CHECK(question_within(
            "Ayer nos reunimos con todo el equipo y salieron muchas cosas. El líder no pudo ir porque "
            "estaba de viaje. Quedamos en hablar la otra semana con más calma y ya.")
            .empty());
  CHECK(
      question_within("Ayer nos reunimos con todo el equipo y salieron muchas cosas para organizar de aquí a "
                      "diciembre. ¿Quién firma el acta? ¿Cuándo se sube?")
          .empty());
  CHECK(question_within("").empty());
}

TEST_CASE("a question finds in a long story what it finds alone") {
  const std::vector<Question> questions = tests::read_questions("fit_b.jsonl");
  for (const Story& story : stories) {
    CAPTURE(story.before);
    int alone = 0;
    int told = 0;
    for (const Question& question : questions) {
      if (question.kind != QuestionKind::answerable || !answers(question.question, question)) continue;
      ++alone;
      const std::string mark = question.question.back() == '?' ? "" : "?";
      told += answers(story.before + question.question + mark + story.after, question) ? 1 : 0;
    }
    CHECK(alone > 40);
    CHECK(told >= 0.9 * alone);
  }
}
