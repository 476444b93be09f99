// The life of an SS, every state by every event (procedure 5.2), and who may do each step.
#include "handlers/procedure/request_states.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <utility>

using namespace pao;
using namespace pao::procedure;
using State = RequestState;
using Event = RequestEvent;

namespace {

const Date today = make_date(2026, 11, 12);

ServiceRequest request_in(State state) {
  ServiceRequest request;
  request.id = "PAO-2026-0001";
  request.process_id = "DIR";
  request.practice = "planes";
  request.type = "SS-2";
  request.filed_by = "U-9";
  request.advisor_id = "U-3";
  request.state = state;
  return request;
}

Person person(const char* id, Role role, const char* process) {
  Person someone;
  someone.id = id;
  someone.roles.push_back({role, process, true, std::nullopt, std::nullopt});
  return someone;
}

}  // namespace

TEST_CASE("every state by every event: what 5.2 does not name is refused with a sentence (R-38, C-12)") {
  const std::map<std::pair<State, Event>, State> allowed = {
      {{State::draft, Event::file}, State::filed},
      {{State::draft, Event::withdraw}, State::withdrawn},
      {{State::filed, Event::endorse}, State::filed},
      {{State::filed, Event::take}, State::in_review},
      {{State::filed, Event::withdraw}, State::withdrawn},
      {{State::filed, Event::reassign}, State::filed},
      {{State::in_review, Event::ask_information}, State::waiting_information},
      {{State::in_review, Event::approve}, State::approved},
      {{State::in_review, Event::reject}, State::rejected},
      {{State::in_review, Event::reassign}, State::in_review},
      {{State::waiting_information, Event::provide_information}, State::in_review},
      {{State::waiting_information, Event::close_unanswered}, State::closed_unanswered},
      {{State::waiting_information, Event::reassign}, State::waiting_information},
      {{State::approved, Event::apply}, State::applied},
      {{State::approved, Event::reassign}, State::approved},
      {{State::rejected, Event::close}, State::closed},
      {{State::applied, Event::close}, State::closed},
  };
  for (const State state : all_request_states) {
    for (const Event event : all_request_events) {
      CAPTURE(std::string(to_word(state)));
      CAPTURE(std::string(to_word(event)));
      ServiceRequest request = request_in(state);
      request.endorsement_pending = event == Event::endorse;
      const auto moved = move(request, event);
      const auto expected = allowed.find({state, event});
      CHECK(moved.has_value() == (expected != allowed.end()));
      if (moved) {
        CHECK(*moved == expected->second);
      } else {
        CHECK(moved.error().code == ErrorCode::conflict);
        CHECK(moved.error().message.find("La solicitud PAO-2026-0001 ") == 0);
        CHECK(moved.error().message.back() == '.');
      }
    }
  }
}

TEST_CASE("only what is approved can be applied (R-38, C-12)") {
  for (const State state : all_request_states) {
    CHECK(next_state(state, Event::apply).has_value() == (state == State::approved));
  }
}

TEST_CASE("what waits for the leader's endorsement cannot be taken into review, and is endorsed once (5.2)") {
  ServiceRequest request = request_in(State::filed);
  request.endorsement_pending = true;
  CHECK_FALSE(move(request, Event::take));
  CHECK(move(request, Event::endorse));
  request.endorsement_pending = false;
  CHECK(move(request, Event::take));
  CHECK_FALSE(move(request, Event::endorse));
}

TEST_CASE("who may do each step of a request (R-44, section 2)") {
  const ServiceRequest request = request_in(State::in_review);
  struct Row {
    Person who;
    const char* allowed;  // in the order of all_request_events
  };
  const Row rows[] = {
      //                                       file end take ask prov unan appr rej appl close with reass
      {person("U-1", Role::leader, "DIR"), "yynnynnnnnnn"},
      {person("U-2", Role::liaison, "DIR"), "ynnnynnnnnnn"},
      {person("U-9", Role::liaison, "DIR"), "ynnnynnnnnyn"},  // who filed it
      {person("U-2", Role::owner, "DIR"), "nnnnnnnnnnnn"},
      {person("U-3", Role::advisor, "DIR"), "nnyynnyyyynn"},  // who has it
      {person("U-3", Role::advisor, "COM"), "nnyynnyyyynn"},  // the same, advisor elsewhere
      {person("U-4", Role::advisor, "DIR"), "nnnnnnnnnnnn"},  // another advisor of the process
      {person("U-5", Role::coordination, ""), "nnyynnyyyyny"},
      {person("U-6", Role::head, ""), "nnnnnnnnnnnn"},
      {person("U-7", Role::internal_control, ""), "nnnnnnnnnnnn"},
      {person("U-8", Role::professional, ""), "nnnnnnnnnnnn"},
      {person("U-10", Role::administrator, ""), "nnnnnnnnnnnn"},
      {person("U-11", Role::leader, "COM"), "nnnnnnnnnnnn"},
      {Person{}, "nnnnnnnnnnnn"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.who.id);
    for (std::size_t i = 0; i < all_request_events.size(); ++i) {
      CAPTURE(std::string(to_word(all_request_events[i])));
      const Result<void> may = may_move(row.who, request, all_request_events[i], today);
      CHECK(may.has_value() == (row.allowed[i] == 'y'));
      if (!may) CHECK_FALSE(may.error().message.empty());
    }
  }
}

TEST_CASE("nobody decides, and nobody endorses, what he or she filed (R-44)") {
  ServiceRequest request = request_in(State::in_review);
  Person both = person("U-3", Role::advisor, "DIR");
  both.roles.push_back({Role::leader, "DIR", true, std::nullopt, std::nullopt});
  request.filed_by = "U-3";
  for (const Event event : {Event::take, Event::ask_information, Event::approve, Event::reject, Event::apply,
                            Event::close, Event::endorse}) {
    CHECK_FALSE(may_move(both, request, event, today));
  }
  Person coordinator = person("U-3", Role::coordination, "");
  CHECK_FALSE(may_move(coordinator, request, Event::approve, today));
}

TEST_CASE("a request without an advisor is for the advisors of its process") {
  ServiceRequest request = request_in(State::filed);
  request.advisor_id.clear();
  CHECK(may_move(person("U-4", Role::advisor, "DIR"), request, Event::take, today));
  CHECK_FALSE(may_move(person("U-4", Role::advisor, "COM"), request, Event::take, today));
}

TEST_CASE("a request is shown to its process, to who has it, and to those who see everything (R-51)") {
  const ServiceRequest request = request_in(State::in_review);
  CHECK(may_see_request(person("U-1", Role::owner, "DIR"), request, today));
  CHECK(may_see_request(person("U-3", Role::advisor, "COM"), request, today));
  CHECK(may_see_request(person("U-4", Role::advisor, "DIR"), request, today));
  CHECK(may_see_request(person("U-5", Role::head, ""), request, today));
  CHECK_FALSE(may_see_request(person("U-4", Role::advisor, "COM"), request, today));
  CHECK_FALSE(may_see_request(person("U-6", Role::internal_control, ""), request, today));
  CHECK_FALSE(may_see_request(person("U-7", Role::liaison, "COM"), request, today));
}

TEST_CASE("words of events and decisions are read back") {
  for (const Event event : all_request_events) CHECK(parse_request_event(to_word(event)) == event);
  for (const RequestDecision decision :
       {RequestDecision::accepted, RequestDecision::partly_accepted, RequestDecision::rejected}) {
    CHECK(parse_request_decision(to_word(decision)) == decision);
  }
  CHECK_FALSE(parse_request_event("otra"));
}

TEST_CASE("only an SS-4 is accepted in part, and only a whole acceptance needs no reason (R-36)") {
  for (const char* type : {"SS-1", "SS-2", "SS-3", "SS-4", "SS-5", "SS-6", "SS-7"}) {
    CAPTURE(type);
    const std::vector<RequestDecision> possible = decisions_on(type);
    CHECK(possible.size() == (std::string_view(type) == "SS-4" ? 3 : 2));
    CHECK(possible.front() == RequestDecision::accepted);
    CHECK(possible.back() == RequestDecision::rejected);
  }
  CHECK_FALSE(needs_reason(RequestDecision::accepted));
  CHECK(needs_reason(RequestDecision::partly_accepted));
  CHECK(needs_reason(RequestDecision::rejected));
}
