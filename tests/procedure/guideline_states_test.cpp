// Procedure 5.1 as a full table, and who may take each step.
#include "handlers/procedure/guideline_states.hpp"

#include <doctest/doctest.h>

#include <array>
#include <map>
#include <utility>

namespace {

using namespace pao;
using namespace pao::procedure;
using S = GuidelineState;
using E = GuidelineEvent;

constexpr std::array states{S::draft, S::in_review, S::approved, S::published, S::replaced, S::discarded};
constexpr std::array events{E::edit, E::submit, E::send_back, E::approve, E::publish, E::replace, E::discard};

// Everything that 5.1 draws; whatever is not here is refused.
const std::map<std::pair<S, E>, S> drawn = {
    {{S::draft, E::edit}, S::draft},           {{S::draft, E::submit}, S::in_review},
    {{S::in_review, E::send_back}, S::draft},  {{S::in_review, E::approve}, S::approved},
    {{S::approved, E::publish}, S::published}, {{S::published, E::replace}, S::replaced},
    {{S::draft, E::discard}, S::discarded},    {{S::in_review, E::discard}, S::discarded},
    {{S::approved, E::discard}, S::discarded},
};

GuidelineMove move(S state, E event) {
  const bool by_author = event == E::edit || event == E::submit || event == E::discard;
  return {.state = state,
          .event = event,
          .author_id = "U-003",
          .actor_id = by_author ? "U-003" : "U-002",
          .actor_coordinates = !by_author,
          .has_reasons = true,
          .control_confirmed = true,
          .reason = "Falta el anexo."};
}

}  // namespace

TEST_CASE("every state and every event of a guideline version leads where 5.1 says, or nowhere (R-01)") {
  for (const S state : states) {
    for (const E event : events) {
      CAPTURE(std::string(to_word(state)));
      CAPTURE(static_cast<int>(event));
      const auto arrow = drawn.find({state, event});
      const std::optional<S> next = next_state(state, event);
      REQUIRE(next.has_value() == (arrow != drawn.end()));
      if (next) CHECK(*next == arrow->second);
      const Result<S> decided = decide(move(state, event));
      // Nobody replaces a version by hand: publishing the next one does it.
      const bool taken = arrow != drawn.end() && event != E::replace;
      REQUIRE(decided.has_value() == taken);
      if (!decided && arrow == drawn.end()) {
        CHECK(decided.error().code == ErrorCode::conflict);
        CHECK(!decided.error().message.empty());
      }
    }
  }
}

TEST_CASE("only coordination decides on a version, and never on the own one (R-01, R-50)") {
  for (const auto& [state, event] :
       {std::pair{S::in_review, E::approve}, {S::in_review, E::send_back}, {S::approved, E::publish}}) {
    CAPTURE(static_cast<int>(event));
    CHECK(decide(move(state, event)));
    GuidelineMove by_advisor = move(state, event);
    by_advisor.actor_coordinates = false;
    CHECK(decide(by_advisor).error().code == ErrorCode::refused);
    GuidelineMove own = move(state, event);
    own.author_id = own.actor_id;
    CHECK(decide(own).error().code == ErrorCode::refused);
  }
}

TEST_CASE("only its author changes and submits a draft, with the reasons of the review (R-02)") {
  for (const E event : {E::edit, E::submit, E::discard}) {
    CAPTURE(static_cast<int>(event));
    GuidelineMove foreign = move(S::draft, event);
    foreign.actor_id = "U-004";
    CHECK(decide(foreign).error().code == ErrorCode::refused);
    GuidelineMove without_author = move(S::draft, event);
    without_author.author_id = "";
    CHECK(decide(without_author).error().code == ErrorCode::invalid);
  }
  GuidelineMove without_reasons = move(S::draft, E::submit);
  without_reasons.has_reasons = false;
  CHECK(decide(without_reasons).error().code == ErrorCode::invalid);
}

TEST_CASE("nothing is published before a person confirmed the control point of activity 1") {
  GuidelineMove early = move(S::approved, E::publish);
  early.control_confirmed = false;
  CHECK(decide(early).error().code == ErrorCode::invalid);
}

TEST_CASE("a return and a discard say why") {
  for (const auto& [state, event] : {std::pair{S::in_review, E::send_back}, {S::draft, E::discard}}) {
    GuidelineMove silent = move(state, event);
    silent.reason = " \n";
    CHECK(decide(silent).error().code == ErrorCode::invalid);
    silent.reason = std::string(2001, 'a');
    CHECK(decide(silent).error().code == ErrorCode::invalid);
  }
  GuidelineMove by_coordination = move(S::in_review, E::discard);
  by_coordination.actor_id = "U-002";
  by_coordination.actor_coordinates = true;
  CHECK(decide(by_coordination));
}

TEST_CASE("a reason of a review has words, and a need names its report (R-02)") {
  CHECK(check_reason({ReviewReasonKind::directive, "Guía de riesgos versión 7", ""}));
  CHECK(check_reason(
      {ReviewReasonKind::need, "Los controles se describen sin frecuencia.", "REP-DIR-2025-T3"}));
  CHECK(!check_reason({ReviewReasonKind::need, "Los controles se describen sin frecuencia.", " "}));
  CHECK(!check_reason({ReviewReasonKind::oap_strategy, "", ""}));
  CHECK(!check_reason({ReviewReasonKind::oap_strategy, std::string(2001, 'a'), ""}));
  for (const auto kind :
       {ReviewReasonKind::directive, ReviewReasonKind::oap_strategy, ReviewReasonKind::need}) {
    CHECK(parse_review_reason(to_word(kind)) == kind);
  }
  CHECK(!parse_review_reason("otro"));
}
