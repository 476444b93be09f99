// What the questions of a month say: signs, groups, figures.
#include "handlers/procedure/learning.hpp"

#include "handlers/procedure/advice_figures.hpp"
#include "handlers/procedure/entry_states.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::procedure;

namespace {

const Instant nine = at_local_time(make_date(2026, 10, 5), std::chrono::hours{9});

AskedQuestion asked(const char* id, int minute, std::set<std::string> stems,
                    const char* outcome = "abstained", const char* person = "U-015",
                    const char* practice = "planes") {
  return {.id = id,
          .at = nine + std::chrono::minutes{minute},
          .asked_by = person,
          .practice = practice,
          .question = id,
          .stems = std::move(stems),
          .outcome = outcome};
}

std::vector<std::string> ids(const Proposal& proposal) {
  std::vector<std::string> found;
  for (const Sign& sign : proposal.signs) found.push_back(sign.question->id);
  return found;
}

}  // namespace

TEST_CASE("a question asked again in other words within ten minutes is a sign, and the second one is not") {
  std::vector<AskedQuestion> questions = {asked("a", 0, {"acta", "firm"}, "answered"),
                                          asked("b", 9, {"acta", "firm", "electron"}, "answered"),
                                          asked("c", 30, {"acta", "firm"}, "answered")};
  const auto signs = signs_of(questions);
  REQUIRE(signs.size() == 1);
  CHECK(signs[0].question->id == "a");
  CHECK(signs[0].concern == Concern::reworded);

  questions[1].at = nine + std::chrono::minutes{11};
  CHECK(signs_of(questions).empty());
  questions[1].at = nine + std::chrono::minutes{10};
  CHECK(signs_of(questions).size() == 1);
  questions[1].asked_by = "U-020";
  CHECK(signs_of(questions).empty());
  questions[1].asked_by = "U-015";
  questions[1].stems = {"acta", "firm"};  // the same words again: an impatient person
  CHECK(signs_of(questions).empty());
}

TEST_CASE("each question gives its strongest sign once") {
  std::vector<AskedQuestion> questions = {asked("a", 0, {"acta"}), asked("b", 20, {"acta"}, "answered"),
                                          asked("c", 40, {"acta"}, "answered"),
                                          asked("d", 60, {"acta"}, "answered")};
  questions[0].escalated = true;
  questions[1].not_helped = questions[1].escalated = true;
  questions[2].escalated = true;
  const auto signs = signs_of(questions);
  REQUIRE(signs.size() == 3);
  CHECK(signs[0].concern == Concern::unanswered);
  CHECK(signs[1].concern == Concern::not_helped);
  CHECK(signs[2].concern == Concern::escalated);
}

TEST_CASE(
    "three questions of a practice that share words make a proposal, two do not, and practices do not mix") {
  std::vector<AskedQuestion> questions = {asked("a", 0, {"acta", "firm", "electron"}),
                                          asked("b", 100, {"acta", "firm", "digital"}),
                                          asked("c", 200, {"acta", "firm"}, "abstained", "U-020"),
                                          asked("d", 300, {"peso", "tare"}),
                                          asked("e", 400, {"acta", "firm"}, "abstained", "U-020", "riesgos"),
                                          asked("f", 500, {"peso", "tare", "suma"})};
  const auto proposals = proposals_of(signs_of(questions));
  REQUIRE(proposals.size() == 1);
  CHECK(ids(proposals[0]) == std::vector<std::string>{"a", "b", "c"});
  CHECK(proposals[0].shared == std::vector<std::string>{"acta", "firm"});
  CHECK(proposals[0].kind == ProposalKind::new_criterion);
  CHECK(proposals[0].practice == "planes");
}

TEST_CASE(
    "one person who asks again within minutes counts once: a proposal rests on three real questions (R-49)") {
  std::vector<AskedQuestion> questions = {
      asked("a", 0, {"acta", "firm"}), asked("b", 3, {"acta", "firm", "digital"}),
      asked("c", 6, {"acta", "firm", "lapiz"}), asked("d", 100, {"acta", "firm"}, "abstained", "U-020")};
  CHECK(proposals_of(signs_of(questions)).empty());
  questions.push_back(asked("e", 200, {"acta", "firm"}, "abstained", "U-021"));
  const auto proposals = proposals_of(signs_of(questions));
  REQUIRE(proposals.size() == 1);
  CHECK(proposals[0].signs.size() == 5);
}

TEST_CASE("when most of a group rests on one criterion, that one should be clearer") {
  std::vector<AskedQuestion> questions;
  for (const char* id : {"a", "b", "c", "d"}) {
    questions.push_back(asked(id, static_cast<int>(questions.size()) * 100, {"plaz", "avanc"}, "answered"));
    questions.back().not_helped = true;
    questions.back().criterion = questions.size() < 4 ? "PLA-05" : "PLA-08";
  }
  const auto proposals = proposals_of(signs_of(questions));
  REQUIRE(proposals.size() == 1);
  CHECK(proposals[0].kind == ProposalKind::clearer_criterion);
  CHECK(proposals[0].criterion == "PLA-05");
  CHECK(proposals[0].signs.size() == 4);
  CHECK(proposals_of({}).empty());
}

TEST_CASE(
    "a question that was turned away says nothing about the guidelines, however often it is asked (R-49)") {
  std::vector<AskedQuestion> questions;
  for (const char* reason : {"payroll", "insult", "injection", "greeting"}) {
    questions.push_back(asked(reason, static_cast<int>(questions.size()) * 100, {"nomin", "pag"}));
    questions.back().reason = reason;
    questions.back().escalated = questions.back().not_helped = true;
  }
  CHECK(signs_of(questions).empty());
  for (AskedQuestion& question : questions) question.reason = "no_criterion";
  CHECK(signs_of(questions).size() == 4);
  for (AskedQuestion& question : questions) question.reason = "unknown";
  CHECK(signs_of(questions).size() == 4);
  for (AskedQuestion& question : questions) question.reason.clear();  // kept before reasons were
  CHECK(signs_of(questions).size() == 4);
}

TEST_CASE("questions without any known word never make a group") {
  std::vector<AskedQuestion> questions = {asked("a", 0, {}), asked("b", 100, {}), asked("c", 200, {})};
  CHECK(proposals_of(signs_of(questions)).empty());
}

TEST_CASE("the month in figures: what was resolved, passed on and useful, by practice (R-08)") {
  const auto figures = advice_figures({{"planes", "answered", false, std::nullopt},
                                       {"planes", "answered", false, true},
                                       {"planes", "answered", false, false},
                                       {"planes", "answered", true, std::nullopt},
                                       {"riesgos", "abstained", true, std::nullopt},
                                       {"riesgos", "clarified", false, std::nullopt}},
                                      {{"planes", 1, ConsultState::closed, 0, true},
                                       {"planes", 2, ConsultState::answered, 4, false},
                                       {"riesgos", 1, ConsultState::assigned, std::nullopt, false}});
  CHECK(figures.all.questions == 6);
  CHECK(figures.all.answered == 4);
  CHECK(figures.all.resolved == 2);
  CHECK(figures.all.abstained == 1);
  CHECK(figures.all.clarified == 1);
  CHECK(figures.all.escalated == 2);
  CHECK(figures.all.consults == 3);
  CHECK(figures.all.consults_answered == 2);
  CHECK(figures.all.consults_in_time == 1);
  CHECK(figures.all.median_answer_days() == 0);
  CHECK(figures.all.satisfaction_percent() == 67);  // two of three
  CHECK(figures.by_practice.at("riesgos").questions == 2);
  CHECK_FALSE(figures.by_practice.at("riesgos").satisfaction_percent());
  CHECK_FALSE(figures.by_practice.at("riesgos").median_answer_days());
  CHECK(figures.all.by_level == std::map<int, int>{{1, 2}, {2, 1}});
}

TEST_CASE(
    "topics that are not ours are counted apart, and what was picked from a list is no question (R-08)") {
  const auto figures = advice_figures({{"planes", "abstained", false, std::nullopt, "no_criterion"},
                                       {"", "abstained", false, std::nullopt, "payroll"},
                                       {"planes", "clarified", false, std::nullopt},
                                       {"planes", "answered", true, false, "", true}},
                                      {});
  CHECK(figures.all.questions == 3);
  CHECK(figures.all.abstained == 1);
  CHECK(figures.all.turned_away == 1);
  CHECK(figures.all.answered == 0);
  CHECK(figures.all.resolved == 0);
  CHECK(figures.all.escalated == 1);
  CHECK(figures.all.not_helped == 1);
}

TEST_CASE("an advisor's answer that did not help counts as such until another one did (R-08)") {
  const auto figures = advice_figures({}, {{"planes", 2, ConsultState::assigned, std::nullopt, false, true},
                                           {"planes", 2, ConsultState::answered, 3, true, true},
                                           {"planes", 2, ConsultState::closed, 4, true, true},
                                           {"planes", 1, ConsultState::closed, 0, true}});
  CHECK(figures.all.not_helped == 2);
  CHECK(figures.all.helped == 2);
  CHECK(figures.all.satisfaction_percent() == 50);
}

TEST_CASE("every state of an approved answer under every event") {
  using enum EntryState;
  const EntryState states[] = {proposed, returned, approved, rejected, retired};
  const EntryEvent events[] = {EntryEvent::approve, EntryEvent::give_back, EntryEvent::propose_again,
                               EntryEvent::reject,  EntryEvent::retire,    EntryEvent::renew};
  //                                     approve     give back   again       reject        retire      keep
  const char* const expected[5][6] = {{"aprobada", "devuelta", "-", "descartada", "-", "-"},
                                      {"-", "-", "propuesta", "descartada", "-", "-"},
                                      {"-", "-", "-", "-", "retirada", "aprobada"},
                                      {"-", "-", "-", "-", "-", "-"},
                                      {"-", "-", "-", "-", "-", "-"}};
  for (std::size_t s = 0; s < 5; ++s) {
    for (std::size_t e = 0; e < 6; ++e) {
      const auto next = next_state(states[s], events[e]);
      CAPTURE(to_word(states[s]));
      CAPTURE(e);
      CHECK((next ? std::string(to_word(*next)) : "-") == expected[s][e]);
    }
    CHECK(parse_entry_state(to_word(states[s])) == states[s]);
  }
}
