// Working sessions: what one must have, what can become of it, when people are reminded.
#include "handlers/procedure/working_session.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::procedure;
using namespace std::chrono_literals;

namespace {

Instant at(const char* iso) {
  return parse_instant(iso).value();
}

const Instant now = at("2026-11-12T09:00:00-05:00");

SessionPlan plan(const char* starts_at = "2026-11-20T09:00:00-05:00", int minutes = 60) {
  return {"Metas del plan", "1. Metas\n2. Fechas", "Sala 3", at(starts_at), minutes};
}

}  // namespace

TEST_CASE("a working session moves, is held or cancelled once, and then stays what it is (R-10)") {
  using E = SessionEvent;
  struct Row {
    SessionState state;
    E event;
    std::optional<SessionState> after;
  };
  const Row rows[] = {
      {SessionState::convened, E::reschedule, SessionState::convened},
      {SessionState::convened, E::record, SessionState::held},
      {SessionState::convened, E::cancel, SessionState::cancelled},
      {SessionState::held, E::reschedule, {}},
      {SessionState::held, E::record, {}},
      {SessionState::held, E::cancel, {}},
      {SessionState::cancelled, E::reschedule, {}},
      {SessionState::cancelled, E::record, {}},
      {SessionState::cancelled, E::cancel, {}},
  };
  for (const Row& row : rows) {
    CAPTURE(to_word(row.state));
    CAPTURE(to_word(row.event));
    CHECK(next_state(row.state, row.event) == row.after);
  }
  for (const auto state : {SessionState::convened, SessionState::held, SessionState::cancelled})
    CHECK(parse_session_state(to_word(state)) == state);
  CHECK(!parse_session_state("otra"));
}

TEST_CASE("an invitation names subject, agenda, place and a time in working hours of a business day (R-10)") {
  const Calendar calendar;
  const auto problem = [&](const SessionPlan& each) { return problem_with(each, now, calendar); };
  CHECK(problem(plan()) == SessionProblem::none);
  CHECK(problem(plan("2026-11-12T09:00:01-05:00", 15)) == SessionProblem::none);
  CHECK(problem(plan("2026-11-12T09:00:00-05:00")) == SessionProblem::in_the_past);
  CHECK(problem(plan("2026-11-21T09:00:00-05:00")) == SessionProblem::no_business_day);  // Saturday
  CHECK(problem(plan("2026-11-16T09:00:00-05:00")) == SessionProblem::no_business_day);  // holiday
  CHECK(problem(plan("2026-11-20T07:00:00-05:00")) == SessionProblem::none);
  CHECK(problem(plan("2026-11-20T06:59:00-05:00")) == SessionProblem::outside_hours);
  CHECK(problem(plan("2026-11-20T18:00:00-05:00")) == SessionProblem::none);
  CHECK(problem(plan("2026-11-20T18:01:00-05:00")) == SessionProblem::outside_hours);
  CHECK(problem(plan("2028-01-20T09:00:00-05:00")) == SessionProblem::too_far);
  CHECK(problem(plan("2026-11-20T09:00:00-05:00", 14)) == SessionProblem::bad_length);
  CHECK(problem(plan("2026-11-20T09:00:00-05:00", 481)) == SessionProblem::bad_length);
  CHECK(problem(plan("2026-11-20T09:00:00-05:00", -1)) == SessionProblem::bad_length);
  const auto changed = [&](auto change) {
    SessionPlan each = plan();
    change(each);
    return problem(each);
  };
  CHECK(changed([](SessionPlan& p) { p.subject = " \n"; }) == SessionProblem::no_subject);
  CHECK(changed([](SessionPlan& p) { p.subject = std::string(201, 'x'); }) == SessionProblem::long_subject);
  CHECK(changed([](SessionPlan& p) { p.agenda.clear(); }) == SessionProblem::no_agenda);
  CHECK(changed([](SessionPlan& p) { p.agenda = std::string(2001, 'x'); }) == SessionProblem::long_agenda);
  CHECK(changed([](SessionPlan& p) { p.place.clear(); }) == SessionProblem::no_place);
  CHECK(changed([](SessionPlan& p) { p.place = std::string(301, 'x'); }) == SessionProblem::long_place);
  CHECK(changed([](SessionPlan& p) { p.starts_at.reset(); }) == SessionProblem::no_time);
}

TEST_CASE("a commitment says what, who and by when, and is not due before it was agreed (R-10)") {
  const Date held = make_date(2026, 11, 10), today = make_date(2026, 11, 12);
  const auto problem = [&](CommitmentPlan each) { return problem_with(each, held, today); };
  CHECK(problem({"Cargar el acta", "U-015", make_date(2026, 11, 12)}) == CommitmentProblem::none);
  CHECK(problem({"Cargar el acta", "U-015", make_date(2026, 11, 11)}) == CommitmentProblem::too_early);
  CHECK(problem({"", "U-015", make_date(2026, 11, 20)}) == CommitmentProblem::no_words);
  CHECK(problem({std::string(301, 'x'), "U-015", make_date(2026, 11, 20)}) == CommitmentProblem::long_words);
  CHECK(problem({"Cargar el acta", "", make_date(2026, 11, 20)}) == CommitmentProblem::no_owner);
  CHECK(problem({"Cargar el acta", "U-015", {}}) == CommitmentProblem::no_date);
  CHECK(problem_with(CommitmentPlan{"x", "U-015", make_date(2026, 11, 12)}, make_date(2026, 11, 13), today) ==
        CommitmentProblem::too_early);
}

TEST_CASE(
    "people are reminded the business day before, and who convened it of the minutes on days 1, 3 and 5 "
    "(R-10)") {
  const Calendar calendar;
  // Tuesday after a holiday Monday.
  const Instant starts = at("2026-11-17T09:00:00-05:00");
  const auto due = [&](unsigned month, unsigned day, SessionState state = SessionState::convened) {
    return reminder_due(state, starts, make_date(2026, month, day), calendar);
  };
  CHECK(due(11, 12) == SessionReminder::none);
  CHECK(due(11, 13) == SessionReminder::tomorrow);  // Friday
  CHECK(due(11, 14) == SessionReminder::none);
  CHECK(due(11, 16) == SessionReminder::none);
  CHECK(due(11, 17) == SessionReminder::none);
  CHECK(due(11, 18) == SessionReminder::record_missing);
  CHECK(due(12, 24) ==
        SessionReminder::record_missing);  // it is told on its days, and stands until it is done
  std::vector<int> steps;
  for (int after = 1; after <= 7; ++after) steps.push_back(record_reminder_step(after));
  CHECK(steps == std::vector{1, 1, 3, 3, 5, 5, 5});
  for (const auto state : {SessionState::held, SessionState::cancelled}) {
    CHECK(due(11, 13, state) == SessionReminder::none);
    CHECK(due(11, 18, state) == SessionReminder::none);
  }
  CHECK(may_be_recorded(starts, starts));
  CHECK(!may_be_recorded(starts, starts - 1ms));
}
