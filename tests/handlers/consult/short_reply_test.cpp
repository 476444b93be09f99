// Short texts after what was asked back or offered: "la primera", "riesgos", "sí".
#include "handlers/consult/short_reply.hpp"

#include "cards/verbs.hpp"
#include "storage/answers_store.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::consult;
using namespace pao::handlers::test;

namespace {

// Asks back with CON-04, MEJ-04 and RIE-05.
constexpr const char* who_answers = "¿Los responsables quiénes son?";
constexpr const char* about_ink = "¿Con qué marca de tinta se firma?";

}  // namespace

TEST_CASE("an option is meant by its place, its code, its practice or words of its title") {
  const Assistant assistant;
  const auto& index = assistant.reference().current()->knowledge().index;
  const std::vector<std::string> options{"CON-04", "MEJ-04", "PIN-04"};
  struct Case {
    const char* words;
    const char* code;
  };
  const Case cases[] = {{"1", "CON-04"},
                        {"la primera", "CON-04"},
                        {"el segundo, por favor", "MEJ-04"},
                        {"opción 3", "PIN-04"},
                        {"la última", "PIN-04"},
                        {"pin-04", "PIN-04"},
                        {"continuidad", "CON-04"},
                        {"la de proyectos de inversión", "PIN-04"},
                        {"mejoras por autocontrol", "MEJ-04"},
                        {"gerente y formulador", "PIN-04"}};
  for (const Case& each : cases) {
    CAPTURE(each.words);
    CHECK(option_meant(each.words, options, index) == std::string(each.code));
  }
  for (const char* words : {"", "4", "responsables", "riesgos", "PLA-05", "¿y cuándo vence en continuidad?",
                            "continuidad y proyectos", "por favor"}) {
    CAPTURE(words);
    CHECK_FALSE(option_meant(words, options, index));
  }
}

TEST_CASE("09:00 it asks back, 09:01 the choice is typed, 09:02 a question goes on from it (R-06)") {
  Assistant assistant("2026-11-09T09:00:00-05:00");
  REQUIRE(assistant.says(liaison_dir, who_answers).outcome() == "clarified");
  assistant.move_to("2026-11-09T09:01:00-05:00");
  const Said chosen = assistant.says(liaison_dir, "riesgos");
  CHECK(chosen.route == "consult.choose.text");
  CHECK(chosen.field("criteria") == "RIE-05");
  const auto kept = storage::test::reading(assistant.database(), [&](storage::Session& session) {
    return storage::find_answer(session, chosen.field("answer_id"));
  });
  REQUIRE(kept);
  CHECK(kept->question == who_answers);
  assistant.move_to("2026-11-09T09:02:00-05:00");
  CHECK(assistant.says(liaison_dir, "¿y cada cuánto se registra?").route == "consult.follow_up");
}

TEST_CASE("a choice is that of the last question back only, and for half an hour") {
  Assistant assistant("2026-11-09T09:00:00-05:00");
  assistant.says(liaison_dir, "¿Cada cuánto se hace la REPAC?");
  REQUIRE(assistant.says(liaison_dir, who_answers).outcome() == "clarified");
  CHECK(assistant.says(liaison_dir, "la segunda").field("criteria") == "MEJ-04");
  CHECK(assistant.says(liaison_dir, "la segunda").route != "consult.choose.text");  // it was chosen
  REQUIRE(assistant.says(liaison_dir, who_answers).outcome() == "clarified");
  CHECK(assistant.says(leader_dir, "la segunda").route != "consult.choose.text");
  CHECK(assistant.says(liaison_dir, "¿Hasta cuándo registro el avance mensual del plan de acción?").route ==
        "consult.ask");
  CHECK(assistant.says(liaison_dir, "la segunda").route != "consult.choose.text");
  REQUIRE(assistant.says(liaison_dir, who_answers).outcome() == "clarified");
  assistant.move_to("2026-11-09T09:40:00-05:00");
  CHECK(assistant.says(liaison_dir, "la segunda").route != "consult.choose.text");
}

TEST_CASE("after a question back, another practice asks the same question about it") {
  const Assistant assistant;
  REQUIRE(assistant.says(liaison_dir, who_answers).outcome() == "clarified");
  const Said said = assistant.says(liaison_dir, "¿y para la REPAC?");
  CHECK(said.route == "consult.follow_up");
  CHECK(said.field("criteria").starts_with("REP-"));
}

TEST_CASE("a yes to the offer opens the form with the question and what was shown (R-07)") {
  const Assistant assistant;
  assistant.says(liaison_dir, "¿Cada cuánto se hace la REPAC?");
  const Said abstained = assistant.says(liaison_dir, about_ink);
  REQUIRE(abstained.outcome() == "abstained");
  for (const char* yes : {"sí", "Sí, por favor", "dale"}) {
    CAPTURE(yes);
    const Said form = assistant.says(liaison_dir, yes);
    CHECK(form.route == "advisor.accepted");
    CHECK(form.outcome() == "advisor_form_shown");
    CHECK(form.shows(about_ink));
    CHECK(form.shows(abstained.field("answer_id")));
  }
}

TEST_CASE(
    "after nothing was found, nothing goes on from the answer before it, and a yes to nothing is none") {
  const Assistant assistant;
  assistant.says(liaison_dir, "¿Cada cuánto se hace la REPAC?");
  REQUIRE(assistant.says(liaison_dir, about_ink).outcome() == "abstained");
  CHECK(assistant.says(liaison_dir, "¿y cuándo vence?").route != "consult.follow_up");
  assistant.says(liaison_dir, "¿Cada cuánto se hace la REPAC?");
  REQUIRE(assistant.says(liaison_dir, "cuándo pagan la nómina").outcome() == "abstained");
  CHECK(assistant.says(liaison_dir, "¿y cuándo vence?").route != "consult.follow_up");
  // A topic of somebody else's is not passed on, so there was no offer.
  REQUIRE(assistant.says(owner_dir, "cuándo pagan la nómina").outcome() == "abstained");
  for (const char* bare : {"sí", "no"}) {
    CAPTURE(bare);
    CHECK(assistant.says(owner_dir, bare).outcome() == "small_talk");
  }
}
