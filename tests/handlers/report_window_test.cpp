// The ten business days of a report, to the second, and what each answer does to them (R-32, C-06 to C-08).
#include "handlers/reports/transitions.hpp"
#include "storage/mail_outbox.hpp"
#include "tests/handlers/report_scene.hpp"

#include <filesystem>
#include <set>
#include <utility>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;

TEST_CASE("one second after the window closes every answer is refused (R-32, C-07)") {
  Assistant assistant(too_late);
  for (const char* person : {leader_com, liaison_com}) {
    for (const Said& refused :
         {assistant.presses(person, verb::report_accept, of()),
          assistant.presses(person, verb::report_justify, justification("todo")),
          assistant.presses(person, verb::recommendation_answer,
                            {{"recomendacion", "REC-COM-T3-1"}, {"respuesta", "aplicada"}})}) {
      REQUIRE(refused.error);
      CHECK(refused.error->code == ErrorCode::refused);
      CHECK(refused.error->message.find("siguiente reporte") != std::string::npos);
    }
  }
  assistant.move_to(last_second);
  CHECK(assistant.presses(leader_com, verb::report_accept, of()).outcome() == "report_accepted");
}

TEST_CASE("the leader's acceptance closes the window early; the recommendations go on (C-06)") {
  Assistant assistant;
  const Said accepted = assistant.presses(leader_com, verb::report_accept, of());
  REQUIRE_MESSAGE(accepted.outcome() == "report_accepted", accepted.outcome());
  CHECK(accepted.field("to") == "final");
  CHECK(tells(accepted, assistant.person(liaison_com)));
  CHECK(tells(accepted, assistant.person(advisor_com)));
  CHECK(report(assistant).response == "aceptado");
  for (const auto& one : recommendations(assistant)) CHECK(one.state == procedure::RecommendationState::sent);
  CHECK(assistant.presses(leader_com, verb::report_recommendations, of()).shows("Responder"));
  CHECK(assistant.presses(liaison_com, verb::report_justify, justification("todo")).error);
  assistant.move_to(last_second);
  CHECK(assistant
            .presses(liaison_com, verb::recommendation_answer,
                     {{"recomendacion", "REC-COM-T3-1"}, {"respuesta", "aplicada"}})
            .outcome() == "recommendation_answered");
  look(assistant);  // closes others
  CHECK(recommendations(assistant).at(1).state == procedure::RecommendationState::sent);
  assistant.move_to(too_late);
  CHECK(look(assistant).unanswered > 0);
  const auto after = recommendations(assistant);
  CHECK(after.at(0).id == "REC-COM-T3-1");
  CHECK(after.at(0).state == procedure::RecommendationState::applied);
  CHECK(after.at(1).state == procedure::RecommendationState::unanswered);
  CHECK(look(assistant).unanswered == 0);
}

TEST_CASE(
    "the liaison's acceptance waits for the leader and counts at the end when the leader says nothing "
    "(R-31)") {
  Assistant assistant;
  const Said accepted = assistant.presses(liaison_com, verb::report_accept, of());
  CHECK(accepted.field("to") == "en_validacion");
  CHECK(tells(accepted, assistant.person(leader_com)));
  CHECK(assistant.presses(leader_com, verb::report_view, of()).shows("El enlace ya aceptó"));
  assistant.move_to(too_late);
  look(assistant);
  CHECK(report(assistant).state == ReportState::final_version);
  CHECK(report(assistant).response == "aceptado");
  CHECK(report(assistant).closed_at == instant(too_late));
  // Silence has its word.
  CHECK(report(assistant, "REP-DIR-2026-T3").response == "sin_pronunciamiento");
  CHECK(report(assistant, "REP-DIR-2026-T3").state == ReportState::final_version);
}

TEST_CASE("a corrected version replaces the one being validated and gives a new window") {
  Assistant assistant("2026-11-13T10:00:00-05:00");
  verifies(assistant, com);
  const Said again = assistant.presses(advisor_com, verb::report_send, of());
  REQUIRE_MESSAGE(again.outcome() == "report_sent", again.outcome());
  CHECK(report(assistant).version == 2);
  CHECK(report(assistant).deadline_on == make_date(2026, 11, 30));
  const auto windows = reading(assistant.database(), [](Session& s) { return storage::windows_of(s, com); });
  REQUIRE(windows.size() == 2);
  CHECK(windows[0].outcome == "sustituido");
  CHECK(windows[0].deadline_on == make_date(2026, 11, 23));
  CHECK(windows[1].outcome == "abierta");
  const Said old = assistant.presses(leader_com, verb::report_accept, of());  // version 1
  REQUIRE(old.error);
  CHECK(old.error->code == ErrorCode::conflict);
  assistant.move_to(too_late);
  look(assistant);
  CHECK(report(assistant).state == ReportState::in_validation);
}

TEST_CASE(
    "sent on Friday 27 March 2026 at 16:00: 14 April 23:59:59 is in time, 15 April 00:00:00 is not (C-07)") {
  Assistant assistant("2026-03-27T16:00:00-05:00");
  const auto reference = assistant.reference().current();
  REQUIRE(reports::build_drafts(assistant.database(), *reference, "2025-T4", assistant.now()).value() == 24);
  const char* com_2025 = "REP-COM-2025-T4";
  const char* dir_2025 = "REP-DIR-2025-T4";
  REQUIRE(assistant.presses(advisor_com, verb::report_send, of(com_2025)).outcome() == "report_sent");
  REQUIRE(assistant.presses(advisor_dir, verb::report_send, of(dir_2025)).outcome() == "report_sent");
  CHECK(report(assistant, com_2025).deadline_on == make_date(2026, 4, 14));
  assistant.move_to("2026-04-14T23:59:59-05:00");
  look(assistant);
  const Said accepted =
      assistant.presses(leader_com, verb::report_accept, {{"reporte", com_2025}, {"version", "1"}});
  REQUIRE_MESSAGE(accepted.outcome() == "report_accepted", accepted.outcome());
  CHECK(report(assistant, com_2025).closed_at == instant("2026-04-14T23:59:59-05:00"));
  assistant.move_to("2026-04-15T00:00:00-05:00");
  const Said refused =
      assistant.presses(leader_dir, verb::report_accept, {{"reporte", dir_2025}, {"version", "1"}});
  REQUIRE(refused.error);
  CHECK(refused.error->message.find("venció el 14 de abril de 2026") != std::string::npos);
  look(assistant);
  CHECK(report(assistant, dir_2025).closed_at == instant("2026-04-15T00:00:00-05:00"));
  CHECK(report(assistant, dir_2025).response == "sin_pronunciamiento");
}

TEST_CASE("sent on 1 April 2026 the deadline is the 20th with the civic day and the 17th without it (C-08)") {
  Assistant assistant("2026-04-01T09:00:00-05:00");
  const auto reference = assistant.reference().current();
  REQUIRE(reports::build_drafts(assistant.database(), *reference, "2025-T4", assistant.now()).value() == 24);
  REQUIRE(assistant.presses(advisor_com, verb::report_send, of("REP-COM-2025-T4")).outcome() ==
          "report_sent");
  assistant.change("DELETE FROM entity_days WHERE day = '2026-04-17'");
  assistant.change("UPDATE counters SET value = value + 1 WHERE name = 'reference-revision'");
  assistant.move_to("2026-04-01T09:01:00-05:00");
  REQUIRE(assistant.presses(advisor_dir, verb::report_send, of("REP-DIR-2025-T4")).outcome() ==
          "report_sent");
  CHECK(report(assistant, "REP-COM-2025-T4").deadline_on == make_date(2026, 4, 20));
  CHECK(report(assistant, "REP-DIR-2025-T4").deadline_on == make_date(2026, 4, 17));
  CHECK(report(assistant, "REP-COM-2025-T4").explanation.find("Decreto 500 de 2024") != std::string::npos);
}
