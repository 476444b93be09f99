// Recommendations of a report: answered one by one, commented, repeated (procedure 5.5, R-34, R-48, C-06).
#include "handlers/reports/improvements.hpp"
#include "handlers/reports/transitions.hpp"
#include "storage/mail_outbox.hpp"
#include "tests/handlers/report_scene.hpp"

#include <filesystem>
#include <set>
#include <utility>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;

TEST_CASE(
    "each recommendation has its own answer: applied, improvement action, does not apply (R-34, R-48)") {
  const Assistant assistant;
  Values answer = {{"recomendacion", "REC-COM-T3-1"}, {"respuesta", "convertida_en_mejora"}};
  CHECK(assistant.presses(leader_com, verb::recommendation_answer, answer).error);  // without its id
  answer["mejora"] = "MEJ-COM-02";
  CHECK(assistant.presses(leader_com, verb::recommendation_answer, answer).field("to") ==
        "convertida_en_mejora");
  CHECK(assistant.presses(leader_com, verb::recommendation_answer, answer).error);  // once
  const auto linked = reading(assistant.database(), [](Session& s) {
    return storage::recommendations_of_improvement(s, "MEJ-COM-02");
  });
  CHECK(std::any_of(linked.begin(), linked.end(), [](const auto& one) { return one.id == "REC-COM-T3-1"; }));
  Values aside = {{"recomendacion", "REC-COM-T3-2"}, {"respuesta", "no_procede"}, {"motivo", ""}};
  CHECK(assistant.presses(liaison_com, verb::recommendation_answer, aside).error);
  aside["motivo"] = "El proceso ya no tiene ese riesgo.";
  const Said said = assistant.presses(liaison_com, verb::recommendation_answer, aside);
  CHECK(said.field("to") == "no_procede");
  CHECK(tells(said, assistant.person(advisor_com)));
  // The final report waits for the advisor's comment.
  REQUIRE(assistant.presses(leader_com, verb::report_accept, of()).field("to") == "final");
  const Said waits = assistant.presses(advisor_com, verb::report_publish, of());
  REQUIRE(waits.error);
  CHECK(waits.error->message.find("REC-COM-T3-2") != std::string::npos);
  CHECK(assistant
            .presses(advisor_com, verb::recommendation_comment,
                     {{"recomendacion", "REC-COM-T3-2"}, {"comentario", "Se retira del mapa."}})
            .outcome() == "recommendation_commented");
  CHECK(assistant.presses(advisor_com, verb::report_publish, of()).outcome() == "report_published");
}

TEST_CASE(
    "what the process set aside shows the advisor a form for the comment, until the report is published "
    "(R-34)") {
  const Assistant assistant;
  const Values aside = {
      {"recomendacion", "REC-COM-T3-2"}, {"respuesta", "no_procede"}, {"motivo", "Ya no hay ese riesgo."}};
  REQUIRE(assistant.presses(liaison_com, verb::recommendation_answer, aside).field("to") == "no_procede");
  CHECK_FALSE(assistant.presses(leader_com, verb::report_recommendations, of()).shows("Guardar comentario"));
  CHECK_FALSE(
      assistant.presses(coordination, verb::report_recommendations, of()).shows("Guardar comentario"));
  const Said form = assistant.presses(advisor_com, verb::report_recommendations, of());
  CHECK(form.shows("Guardar comentario"));
  CHECK(form.shows("REC-COM-T3-2, Ya no hay ese riesgo."));
  CHECK_FALSE(form.shows("REC-COM-T3-1, "));
  REQUIRE(assistant.presses(leader_com, verb::report_accept, of()).field("to") == "final");
  CHECK(assistant.presses(advisor_com, verb::report_view, of()).shows("comente lo que el proceso marcó"));
  const Said said = assistant.presses(advisor_com, verb::recommendation_comment,
                                      {{"recomendacion", "REC-COM-T3-2"}, {"comentario", "Se retira."}});
  REQUIRE(said.outcome() == "recommendation_commented");
  CHECK(tells(said, assistant.person(leader_com)));
  CHECK(tells(said, assistant.person(liaison_com)));
  CHECK_FALSE(
      assistant.presses(advisor_com, verb::report_view, of()).shows("comente lo que el proceso marcó"));
  REQUIRE(assistant.presses(advisor_com, verb::report_publish, of()).outcome() == "report_published");
  CHECK_FALSE(assistant.presses(advisor_com, verb::report_recommendations, of()).shows("Guardar comentario"));
}

TEST_CASE("of many recommendations each can be answered: what waits comes first, in pages (R-34, C-06)") {
  const Assistant assistant;
  for (int i = 10; i < 24; ++i) {
    assistant.change(
        "INSERT INTO recommendations (id, report_id, process_id, practice, observed, suggestion, state) "
        "VALUES"
        " ('REC-COM-T3-" +
        std::to_string(i) + "', 'REP-COM-2026-T3', 'COM', 'continuidad-del-negocio', 'a', 'b', '" +
        (i % 2 == 0 ? "aplicada" : "enviada") + "')");
  }
  const auto page = [&](int number) {
    Values values = of();
    values["pagina"] = std::to_string(number);
    return assistant.presses(leader_com, verb::report_recommendations, values).shown();
  };
  const auto holds = [](const std::string& shown, const std::string& part) {
    return shown.find(part) != std::string::npos;
  };
  // 9 of the 16 wait for an answer: five on the first page, four on the second.
  for (const auto& one : recommendations(assistant)) {
    CAPTURE(one.id);
    std::vector<int> pages;
    for (int number = 0; number < 4; ++number) {
      if (holds(page(number), "· " + one.id + "\"")) pages.push_back(number);
    }
    REQUIRE(pages.size() == 1);
    CHECK((pages[0] < 2 || one.state != procedure::RecommendationState::sent));
  }
  CHECK(holds(page(1), "\"Responder\""));
  CHECK_FALSE(holds(page(2), "\"Responder\""));
  CHECK(holds(page(0), "\"Siguientes\""));
  CHECK_FALSE(holds(page(0), "\"Anteriores\""));
  CHECK(holds(page(3), "\"Anteriores\""));
  CHECK_FALSE(holds(page(3), "\"Siguientes\""));
  CHECK(page(99) == page(3));
}

TEST_CASE("what was left unanswered comes back in the next report, reiterated (C-06)") {
  Assistant assistant("2027-01-27T08:00:00-05:00");
  look(assistant);
  const auto reference = assistant.reference().current();
  REQUIRE(reports::build_due_drafts(assistant.database(), *reference, assistant.now()).value() == 24);
  std::set<std::string> repeated;
  for (const auto& one : recommendations(assistant, "REP-COM-2026-T4")) repeated.insert(one.reiterates);
  CHECK(repeated.contains("REC-COM-T3-1"));
  CHECK(repeated.contains("REC-COM-T3-2"));
}

TEST_CASE(
    "a recommendation follows its improvement action of the SMGI to the end, and the process is told "
    "(R-48)") {
  Assistant assistant;
  const auto follow = [&] {
    return reports::follow_improvements(assistant.database(), *assistant.reference().current(),
                                        assistant.now())
        .value();
  };
  const auto state = [&](const char* id) {
    return reading(assistant.database(),
                   [&](Session& session) { return storage::find_recommendation(session, id)->state; });
  };
  // Of the sample: MEJ-COM-01 is open since 10 May.
  follow();
  CHECK(state("REC-COM-T1-1") == procedure::RecommendationState::action_running);
  CHECK(follow() == 0);
  assistant.change(
      "UPDATE items SET attributes = replace(attributes, 'abierta', 'cerrada') WHERE id = 'MEJ-COM-01'");
  CHECK(follow() >= 1);
  CHECK(state("REC-COM-T1-1") == procedure::RecommendationState::action_closed);
  CHECK(follow() == 0);
  const auto told = reading(assistant.database(), [](Session& session) {
    return storage::deliveries_of(session, "report:REP-COM-2026-T1:improvement:REC-COM-T1-1:");
  });
  CHECK(told.size() >= 3);  // leader, liaison, advisor
  // One that the SMGI has not told yet stays what the process said; one of another process is refused.
  Values answer = {
      {"recomendacion", "REC-COM-T3-1"}, {"respuesta", "convertida_en_mejora"}, {"mejora", "MEJ-DIR-01"}};
  const Said foreign = assistant.presses(leader_com, verb::recommendation_answer, answer);
  REQUIRE(foreign.error);
  CHECK(foreign.error->message.find("no es de una acción de mejora de su proceso") != std::string::npos);
  answer["mejora"] = "MEJ-COM-99";
  REQUIRE(assistant.presses(leader_com, verb::recommendation_answer, answer).field("to") ==
          "convertida_en_mejora");
  CHECK(follow() == 0);
  CHECK(state("REC-COM-T3-1") == procedure::RecommendationState::converted);
}
