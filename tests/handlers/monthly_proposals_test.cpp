// What the questions of a month ask of the guidelines reaches who can act on it, and the next review.
#include "handlers/learning/monthly_proposals.hpp"

#include "cards/verbs.hpp"
#include "handlers/guideline_review.hpp"
#include "storage/answers_store.hpp"
#include "storage/outbox_store.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <vector>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using storage::test::instant;
using storage::test::reading;
using storage::test::writing;
namespace verb = pao::cards::verb;

namespace {

constexpr const char* thematic_risks = "U-006";  // asesores_tematicos.csv

// Three people of that process ask for the same thing on 5 October and get no answer.
void ask_three_times(const Assistant& assistant, const std::string& practice, const std::string& process,
                     const std::vector<std::string>& wordings, const std::string& reason = "no_criterion") {
  writing(assistant.database(), [&](storage::Session& session) {
    int hour = 9;
    for (const std::string& words : wordings) {
      storage::add_answer(session, {.id = "R-" + process + practice + std::to_string(hour),
                                    .at = instant("2026-10-05T" + std::to_string(hour + 1) + ":00:00-05:00"),
                                    .asked_by = "person-" + std::to_string(hour),
                                    .conversation_id = "a:1",
                                    .question = words,
                                    .answer = "Los lineamientos no lo dicen",
                                    .outcome = "abstained",
                                    .practice = practice,
                                    .process_id = process,
                                    .criteria = "",
                                    .scores = "",
                                    .reason = reason});
      ++hour;
    }
  });
}

const std::vector<std::string> about_risks = {"¿La matriz de riesgos se firma con lápiz rojo?",
                                              "Matriz de riesgos firmada con lápiz rojo, ¿vale?",
                                              "¿Puedo firmar la matriz de riesgos con lápiz rojo?"};
const std::vector<std::string> about_plans = {"¿El plan se imprime en papel reciclado?",
                                              "Imprimir el plan en papel reciclado, ¿se puede?",
                                              "¿Se imprime el plan en papel reciclado o blanco?"};

int tell(const Assistant& assistant) {
  const auto told =
      learning::tell_proposals(assistant.database(), *assistant.reference().current(), assistant.now());
  REQUIRE(told);
  return *told;
}

// The cards that wait to be sent, by person.
std::map<std::string, std::string> cards_told(const Assistant& assistant) {
  const auto messages = reading(assistant.database(), [](storage::Session& session) {
    return storage::list_outbox(session, std::nullopt, 100);
  });
  std::map<std::string, std::string> cards;
  for (const storage::OutboxMessage& message : messages) {
    if (message.subject == "learning:2026-10")
      cards[message.key.substr(message.key.rfind(':') + 1)] = message.card;
  }
  return cards;
}

bool has(const std::string& card, const std::string& words) {
  return card.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE(
    "once a month advisors are told what concerns their practices and processes, the coordination all "
    "(R-49)") {
  Assistant assistant("2026-11-03T09:00:00-05:00");
  ask_three_times(assistant, "riesgos", "COM", about_risks);
  ask_three_times(assistant, "planes", "DIR", about_plans);
  CHECK(tell(assistant) == 4);
  const auto cards = cards_told(assistant);
  REQUIRE(cards.size() == 4);
  CHECK(has(cards.at(coordination), "lápiz rojo"));
  CHECK(has(cards.at(coordination), "papel reciclado"));
  CHECK(has(cards.at(coordination), "Qué dicen las preguntas de octubre de 2026"));
  for (const char* person : {thematic_risks, advisor_com}) {
    CHECK(has(cards.at(person), "lápiz rojo"));
    CHECK_FALSE(has(cards.at(person), "papel reciclado"));
  }
  CHECK(has(cards.at(advisor_dir), "papel reciclado"));
  CHECK_FALSE(has(cards.at(advisor_dir), "lápiz rojo"));

  assistant.move_to("2026-11-04T09:00:00-05:00");
  CHECK(tell(assistant) == 0);
  assistant.move_to("2026-12-01T09:00:00-05:00");
  CHECK(tell(assistant) == 0);  // nothing was asked in November
}

TEST_CASE("a month without a proposal tells nobody anything") {
  const Assistant assistant("2026-11-03T09:00:00-05:00");
  CHECK(tell(assistant) == 0);
  ask_three_times(assistant, "", "COM",
                  {"¿Cuándo pagan la prima?", "¿Cuándo pagan la prima ya?", "Prima, ¿cuándo pagan?"},
                  "payroll");
  CHECK(tell(assistant) == 0);
  CHECK(cards_told(assistant).empty());
}

TEST_CASE("the review of the next vigencia shows what the questions of this one asked for (R-49)") {
  const Assistant assistant("2026-11-03T09:00:00-05:00");
  ask_three_times(assistant, "riesgos", "COM", about_risks);
  REQUIRE(tell(assistant) > 0);
  const Said form = assistant.presses(advisor_dir, verb::guideline_start, {{"practica", "riesgos"}});
  REQUIRE_MESSAGE(form.outcome() == "review_form_shown", form.outcome());
  CHECK(form.shows("Falta un criterio para «" + about_risks.front() + "» (3 preguntas)"));
  CHECK_FALSE(
      assistant.presses(advisor_dir, verb::guideline_start, {{"practica", "planes"}}).shows("lápiz rojo"));

  REQUIRE(remind_of_review(assistant.database(), *assistant.reference().current(), assistant.now()).value() >
          0);
  const auto messages = reading(assistant.database(), [](storage::Session& session) {
    return storage::list_outbox(session, std::nullopt, 100);
  });
  CHECK(std::any_of(messages.begin(), messages.end(), [](const auto& message) {
    return message.subject.starts_with("guideline-review:") && has(message.card, "lápiz rojo");
  }));
}
