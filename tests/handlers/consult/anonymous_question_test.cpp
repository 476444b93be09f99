// What may leave the service of a question: no person, no id.
#include "handlers/consult/anonymous_question.hpp"

#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

using namespace pao::handlers;
using consult::anonymous_question;

TEST_CASE("names, addresses, numbers and ids of the entity do not leave with a question (R-52)") {
  const test::Assistant assistant;
  const auto reference = assistant.reference().current();
  const std::string known = assistant.person(test::liaison_dir).name;
  struct Row {
    std::string question;
    std::string leaves;
  };
  const Row rows[] = {
      {"¿Cuándo vence el registro del avance?", "¿Cuándo vence el registro del avance?"},
      {"¿Qué evidencia sirve según PLA-05 y la SS-4?", "¿Qué evidencia sirve según PLA-05 y la SS-4?"},
      {"¿Cuándo vence lo de Xiomara Quispe?", "¿Cuándo vence lo de …"},
      {"cuándo vence lo de xiomara quispe", "cuándo vence lo de …"},
      {"¿Cuándo vence lo de " + known + " este mes?", "¿Cuándo vence lo de … este mes?"},
      {"mi correo es ana@ministerio.gov.co", "mi correo es …"},
      {"el plazo de SS-2026-0045 y TAR-PRE-012", "el plazo de … y …"},
      {"mi cédula es 52.345.678 y el plazo 10 días", "mi cédula es … y el plazo 10 días"},
      {"", ""},
      {"\xff\xfe 🙂", "…"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.question);
    CHECK(anonymous_question(row.question, *reference) == row.leaves);
  }
}

TEST_CASE("nobody of the directory is named in a question that leaves, however it is typed (R-52)") {
  const test::Assistant assistant;
  const auto reference = assistant.reference().current();
  for (const auto& person : reference->people) {
    for (const std::string& question :
         {"¿Qué le falta a " + person.name + "?", person.name + " no registró el avance",
          "el avance de " + person.name}) {
      const std::string leaves = anonymous_question(question, *reference);
      CAPTURE(question);
      CHECK(leaves.find(person.name) == std::string::npos);
      CHECK(leaves.find(person.email) == std::string::npos);
    }
  }
}

TEST_CASE("a long story is cut") {
  const test::Assistant assistant;
  std::string story;
  while (story.size() < 5000) story += "el avance del plan y la meta ";
  CHECK(anonymous_question(story, *assistant.reference().current()).size() <= consult::longest_anonymous);
}
