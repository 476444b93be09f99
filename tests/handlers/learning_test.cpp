// Whether answers helped, and what the month says.
#include "cards/verbs.hpp"
#include "handlers/learning/month.hpp"
#include "storage/feedback_store.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using storage::test::reading;
using storage::test::writing;
namespace verb = pao::cards::verb;

namespace {

constexpr const char* about_cutoff =
    "¿hasta qué día puedo reportar el avance de las tareas del plan de acción?";

procedure::MonthlyFigures figures(const Assistant& assistant, const char* month) {
  return reading(assistant.database(), [&](storage::Session& session) {
    return learning::figures_of(session, *assistant.reference().current(), *learning::parse_month(month));
  });
}

}  // namespace

TEST_CASE("a month is a year and a month, from its first instant in Bogotá to that of the next") {
  const auto december = learning::parse_month("2026-12");
  REQUIRE(december);
  CHECK(december->from() == storage::test::instant("2026-12-01T00:00:00-05:00"));
  CHECK(december->until() == storage::test::instant("2027-01-01T00:00:00-05:00"));
  CHECK(december->before(12).word() == "2025-12");
  for (const char* bad : {"2026-13", "2026-1", "octubre", "", "2026-10-01"})
    CHECK_FALSE(learning::parse_month(bad));
}

TEST_CASE(
    "said under the card or with the thumbs, what somebody thinks of an answer counts once, for that "
    "answer") {
  const Assistant assistant;
  const Said answered = assistant.says(liaison_dir, about_cutoff);
  const std::string id = answered.field("answer_id");
  CHECK(figures(assistant, "2026-11").all.questions == 1);
  CHECK_FALSE(figures(assistant, "2026-11").all.satisfaction_percent());

  CHECK(
      assistant.presses(liaison_com, verb::answer_helped, {{"respuesta_id", id}}).error);  // not shown to her
  const Said no = assistant.presses(liaison_dir, verb::answer_not_helped, {{"respuesta_id", id}});
  REQUIRE_MESSAGE(no.outcome() == "feedback_not_helped", no.outcome());
  CHECK(no.shows("¿Qué faltó en la respuesta?"));
  CHECK(no.shows("PLA-05"));  // the answer is still there to read
  CHECK(figures(assistant, "2026-11").all.not_helped == 1);
  CHECK(figures(assistant, "2026-11").all.resolved == 0);
  CHECK(assistant
            .presses(liaison_dir, verb::answer_reason, {{"respuesta_id", id}, {"motivo", "No la entiendo"}})
            .outcome() == "feedback_reason");
  const auto kept = reading(assistant.database(), [](storage::Session& session) {
    return storage::feedback_since(session, storage::test::instant("2026-11-01T00:00:00-05:00"));
  });
  REQUIRE(kept.size() == 1);
  CHECK(kept.front().reason == "No la entiendo");

  const Said yes = assistant.presses(liaison_dir, verb::answer_helped, {{"respuesta_id", id}});
  CHECK_FALSE(yes.reply.content.card);  // the answer stays
  CHECK(figures(assistant, "2026-11").all.helped == 1);
  CHECK(figures(assistant, "2026-11").all.not_helped == 0);
  CHECK(figures(assistant, "2026-10").all.questions == 0);

  const Turn other = assistant.text(owner_dir, about_cutoff);
  assistant.take(other);
  writing(assistant.database(), [&](storage::Session& session) {
    storage::save_feedback(session, {.conversation_id = other.conversation_id,
                                     .answer_id = "message-7",
                                     .person = owner_dir,
                                     .source = "form",
                                     .question_id = other.activity_id,
                                     .reaction = "dislike",
                                     .reason = "",
                                     .at = assistant.now()});
  });
  CHECK(figures(assistant, "2026-11").all.not_helped == 1);
  CHECK(figures(assistant, "2026-11").by_practice.at("planes").questions == 2);
}

TEST_CASE("whether an answer helped can be said in words, for half an hour (R-08)") {
  Assistant assistant;
  const Said nothing = assistant.says(liaison_dir, "no me sirvió");
  REQUIRE(nothing.error);
  CHECK(nothing.error->message.find("Escriba su pregunta") != std::string::npos);
  assistant.says(liaison_dir, about_cutoff);
  CHECK(assistant.says(owner_dir, "No me sirvió").error);  // was shown nothing
  CHECK(assistant.says(liaison_dir, "¡No me sirvió!").outcome() == "feedback_not_helped");
  CHECK(figures(assistant, "2026-11").all.not_helped == 1);
  CHECK(assistant.says(liaison_dir, "sí me sirvió").outcome() == "feedback_helped");
  CHECK(figures(assistant, "2026-11").all.helped == 1);
}

TEST_CASE(
    "answer times of consults are counted in business days, in the month in which they were asked (R-09)") {
  Assistant assistant;  // Thursday; Monday 16 is a holiday
  const std::string id =
      assistant.presses(liaison_dir, verb::advisor_send, {{"pregunta", "¿Y?"}, {"practica", "planes"}})
          .field("consult");
  assistant.move_to("2026-11-17T16:00:00-05:00");
  assistant.presses(advisor_dir, verb::consult_reply, {{"consulta", id}, {"respuesta", "Sí."}});
  const auto month = figures(assistant, "2026-11");
  CHECK(month.by_practice.at("planes").median_answer_days() == 2);
  CHECK(month.all.consults_in_time == 0);  // level 1: one business day
  CHECK(month.all.consults_answered == 1);
}

TEST_CASE("an advisor's answer that did not help counts as such, also while it is open again (R-08)") {
  const Assistant assistant;
  const std::string id =
      assistant.presses(liaison_dir, verb::advisor_send, {{"pregunta", "¿Y?"}, {"practica", "planes"}})
          .field("consult");
  const Values reply = {{"consulta", id}, {"respuesta", "Sí."}};
  assistant.presses(advisor_dir, verb::consult_reply, reply);
  CHECK_FALSE(figures(assistant, "2026-11").all.satisfaction_percent());
  const Said again =
      assistant.presses(liaison_dir, verb::consult_not_helped, {{"consulta", id}, {"motivo", ""}});
  REQUIRE_MESSAGE(again.outcome() == "consult_reopened", again.outcome());
  CHECK(figures(assistant, "2026-11").all.not_helped == 1);
  CHECK(figures(assistant, "2026-11").all.satisfaction_percent() == 0);
}

TEST_CASE("what is not ours is no proposal for the guidelines, however often it is asked (R-49)") {
  const Assistant assistant;
  for (const char* person : {liaison_dir, owner_dir, liaison_com})
    REQUIRE(assistant.says(person, "no me funciona la impresora del computador").field("reason") ==
            "it_support");
  CHECK(assistant.says(advisor_dir, "aprendizaje").field("proposals") == "0");
  CHECK(figures(assistant, "2026-11").all.abstained == 0);
  CHECK(figures(assistant, "2026-11").all.turned_away == 3);
}

TEST_CASE("three real questions without answer become a proposal that advisors read") {
  Assistant assistant;
  const char* const wordings[] = {"¿Puedo firmar el acta del REPAC con lápiz rojo?",
                                  "¿El acta del REPAC se firma con lápiz rojo o azul?",
                                  "Acta REPAC firmada con lápiz rojo, ¿vale?"};
  int minute = 10;
  for (const char* person : {liaison_dir, owner_dir, liaison_com}) {
    assistant.move_to("2026-11-12T10:" + std::to_string(minute) + ":00-05:00");
    const Said said = assistant.says(person, wordings[(minute - 10) / 15]);
    assistant.presses(person, verb::answer_not_helped, {{"respuesta_id", said.field("answer_id")}});
    minute += 15;
  }
  const Said card = assistant.says(advisor_dir, "aprendizaje");
  REQUIRE_MESSAGE(card.outcome() == "proposals_shown", card.outcome());
  CHECK(card.field("proposals") == "1");
  for (const char* wording : wordings) CHECK(card.shows(wording));
  CHECK(assistant.says(liaison_dir, "aprendizaje").error);
  CHECK(assistant.presses(advisor_dir, verb::proposals, {{"mes", "2026-10"}}).field("proposals") == "0");
  CHECK(assistant.presses(advisor_dir, verb::proposals, {{"mes", "ayer"}}).error);
}

TEST_CASE(
    "the register has each question with its answer, citations, outcome, level and what the person said "
    "(R-08)") {
  const Assistant assistant;
  const Said good = assistant.says(liaison_dir, "¿Qué pasa si registro el avance después del cierre?");
  const Said bad = assistant.says(owner_dir, "¿Hasta cuándo se registra el avance?");
  assistant.presses(owner_dir, verb::answer_not_helped, {{"respuesta_id", bad.field("answer_id")}});
  assistant.presses(owner_dir, verb::answer_reason,
                    {{"respuesta_id", bad.field("answer_id")}, {"motivo", "No dice de qué mes"}});
  const Said sent = assistant.presses(owner_dir, verb::advisor_send,
                                      {{"pregunta", "¿De qué mes?"},
                                       {"respuesta_id", bad.field("answer_id")},
                                       {"practica", "planes"},
                                       {"proceso", "DIR"}});
  REQUIRE(sent.outcome() == "escalated");
  const auto lines = reading(assistant.database(), [&](storage::Session& session) {
    return learning::register_of(session, learning::month_of(assistant.now()));
  });
  REQUIRE(lines.size() == 2);
  const auto& first = lines[0].shown.id == good.field("answer_id") ? lines[0] : lines[1];
  const auto& second = lines[0].shown.id == good.field("answer_id") ? lines[1] : lines[0];
  CHECK(first.shown.question == "¿Qué pasa si registro el avance después del cierre?");
  CHECK(first.shown.outcome == "answered");
  CHECK(!first.shown.answer.empty());
  CHECK(!first.shown.criteria.empty());
  CHECK(!first.shown.scores.empty());
  CHECK(first.level == 0);
  CHECK(first.consult_id.empty());
  CHECK(!first.helped);
  CHECK(!first.generated);
  CHECK(second.helped == false);
  CHECK(second.reason == "No dice de qué mes");
  CHECK(second.consult_id == sent.field("consult"));
  CHECK(second.level == 1);
}
