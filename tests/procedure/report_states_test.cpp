// The follow-up cycle and its recommendations as full tables: every state, every event (procedure 5.4, 5.5).
#include "handlers/procedure/report_states.hpp"

#include "handlers/procedure/recommendation_states.hpp"

#include <doctest/doctest.h>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace pao;
using namespace pao::procedure;

namespace {

using S = ReportState;
using E = ReportEvent;

// Where each event leads when nothing is open; what is not listed is refused.
const std::map<std::pair<S, E>, S> moves = {
    {{S::draft, E::send}, S::in_validation},
    {{S::sent, E::accept_as_leader}, S::final_version},
    {{S::sent, E::accept_as_liaison}, S::in_validation},
    {{S::sent, E::justify}, S::in_validation},
    {{S::sent, E::request_adjustment}, S::in_validation},
    {{S::sent, E::close_window}, S::final_version},
    {{S::sent, E::resolve}, S::sent},
    {{S::sent, E::substitute}, S::in_validation},
    {{S::in_validation, E::accept_as_leader}, S::final_version},
    {{S::in_validation, E::accept_as_liaison}, S::in_validation},
    {{S::in_validation, E::justify}, S::in_validation},
    {{S::in_validation, E::request_adjustment}, S::in_validation},
    {{S::in_validation, E::close_window}, S::final_version},
    {{S::in_validation, E::resolve}, S::in_validation},
    {{S::in_validation, E::substitute}, S::in_validation},
    {{S::in_adjustment, E::resolve}, S::final_version},
    {{S::final_version, E::publish}, S::published},
    {{S::published, E::add_erratum}, S::published},
};

using R = RecommendationState;
using V = RecommendationEvent;

const std::map<std::pair<R, V>, R> answers = {
    {{R::draft, V::send}, R::sent},
    {{R::sent, V::apply}, R::applied},
    {{R::sent, V::convert}, R::converted},
    {{R::sent, V::set_aside}, R::not_applicable},
    {{R::sent, V::close_window}, R::unanswered},
    {{R::converted, V::start_action}, R::action_running},
    {{R::converted, V::close_action}, R::action_closed},
    {{R::action_running, V::close_action}, R::action_closed},
};

}  // namespace

TEST_CASE("the follow-up cycle: every state and every event (R-29, R-31, R-37)") {
  for (const S from : all_report_states) {
    for (const E event : all_report_events) {
      CAPTURE(to_word(from));
      CAPTURE(static_cast<int>(event));
      const auto to = next_state(from, event, {});
      const auto expected = moves.find({from, event});
      if (expected == moves.end()) {
        REQUIRE_FALSE(to);
        CHECK(to.error().code == pao::ErrorCode::refused);
        CHECK_FALSE(to.error().message.empty());
      } else {
        REQUIRE(to);
        CHECK(*to == expected->second);
      }
    }
  }
}

TEST_CASE("what waits for a decision keeps the report from becoming final (C-10)") {
  const OpenMatters adjustment{.open_adjustments = 1};
  const OpenMatters justification{.pending_justifications = 1};
  CHECK(*next_state(S::in_validation, E::close_window, adjustment) == S::in_adjustment);
  CHECK(*next_state(S::in_validation, E::close_window, justification) == S::in_adjustment);
  CHECK(*next_state(S::in_adjustment, E::resolve, adjustment) == S::in_adjustment);
  CHECK(*next_state(S::in_adjustment, E::resolve, justification) == S::in_adjustment);
  CHECK(*next_state(S::in_adjustment, E::resolve, {}) == S::final_version);
}

TEST_CASE("an open SS-4 blocks the acceptance of leader and liaison") {
  for (const E event : {E::accept_as_leader, E::accept_as_liaison}) {
    const auto refused = next_state(S::in_validation, event, {.open_adjustments = 1});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("SS-4") != std::string::npos);
  }
}

TEST_CASE("the leader may accept while a justification waits: the window closes, the report does not") {
  CHECK(*next_state(S::in_validation, E::accept_as_leader, {.pending_justifications = 1}) ==
        S::in_adjustment);
}

TEST_CASE("the leader's word prevails, a liaison's counts when the leader said nothing, silence is named") {
  using K = ResponseKind;
  CHECK(outcome_word({K::accepted, K::justified}) == "aceptado");
  CHECK(outcome_word({K::justified, K::accepted}) == "justificado");
  CHECK(outcome_word({std::nullopt, K::accepted}) == "aceptado");
  CHECK(outcome_word({std::nullopt, K::adjustment_requested}) == "ajuste_solicitado");
  CHECK(outcome_word({}) == "sin_pronunciamiento");
}

TEST_CASE("a recommendation: every state and every event (R-34)") {
  for (const R from : all_recommendation_states) {
    for (const V event : all_recommendation_events) {
      CAPTURE(to_word(from));
      CAPTURE(static_cast<int>(event));
      const auto to = next_state(from, event, {.improvement_id = "MEJ-COM-01", .reason = "Ya se hizo"});
      const auto expected = answers.find({from, event});
      if (expected == answers.end()) {
        REQUIRE_FALSE(to);
        CHECK_FALSE(to.error().message.empty());
      } else {
        REQUIRE(to);
        CHECK(*to == expected->second);
      }
    }
  }
}

TEST_CASE("no_procede needs a reason and an improvement action its id (R-48)") {
  const auto unexplained = next_state(R::sent, V::set_aside, {.reason = "  "});
  REQUIRE_FALSE(unexplained);
  CHECK(unexplained.error().code == pao::ErrorCode::invalid);
  CHECK_FALSE(next_state(R::sent, V::convert, {}));
}

TEST_CASE("each state has its word and is read back from it") {
  for (const S state : all_report_states) CHECK(*parse_report_state(to_word(state)) == state);
  for (const R state : all_recommendation_states) {
    CHECK(*parse_recommendation_state(to_word(state)) == state);
  }
  CHECK_FALSE(parse_report_state("abierto"));
  CHECK_FALSE(parse_recommendation_state(""));
}

TEST_CASE("what the SMGI tells of an improvement action moves its recommendation (R-48)") {
  using enum RecommendationState;
  using enum RecommendationEvent;
  const Date today = make_date(2026, 11, 12);
  struct Case {
    RecommendationState from;
    std::optional<Date> starts_on;
    const char* state;
    std::vector<RecommendationEvent> events;
  };
  const Case cases[] = {
      {converted, make_date(2026, 11, 13), "abierta", {}},
      {converted, std::nullopt, "abierta", {}},
      {converted, today, "abierta", {start_action}},
      {converted, make_date(2026, 3, 1), "vencida", {start_action}},
      {converted, std::nullopt, "cerrada", {start_action, close_action}},
      {action_running, today, "abierta", {}},
      {action_running, today, "cerrada", {close_action}},
      {action_closed, today, "cerrada", {}},
      {applied, today, "cerrada", {}},
      {sent, today, "cerrada", {}},
      {unanswered, today, "cerrada", {}},
  };
  for (const Case& each : cases) {
    CAPTURE(std::string(to_word(each.from)));
    CAPTURE(each.state);
    CHECK(improvement_events(each.from, {each.starts_on, each.state}, today) == each.events);
  }
}
