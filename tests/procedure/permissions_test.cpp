// What the table of rights (permission_matrix_test.cpp) does not say.
#include "handlers/procedure/permissions.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace pao;
using namespace pao::procedure;

namespace {

const Date today = make_date(2026, 11, 12);

Person person_with(Role role, std::string process_id) {
  Person person;
  person.id = "U-1";
  person.roles.push_back({role, std::move(process_id), true, std::nullopt, std::nullopt});
  return person;
}

bool may_do(const Person& person, Action action, const char* process, const char* practice = "") {
  return may(person, action, process, practice, today).has_value();
}

constexpr Action actions[] = {
    Action::ask,          Action::see_own_status,  Action::see_process_detail, Action::record_progress,
    Action::file_request, Action::endorse_request, Action::answer_consult,     Action::see_all_processes,
    Action::read_plans,   Action::ask_advisor};

}  // namespace

TEST_CASE("a person without a role, or no longer active, may only ask") {
  Person gone = person_with(Role::leader, "DIR");
  gone.active = false;
  for (const Person& person : {Person{}, gone}) {
    for (const Action action : actions) CHECK(may_do(person, action, "DIR") == (action == Action::ask));
  }
}

TEST_CASE("a role counts from its first to its last day") {
  Person liaison = person_with(Role::liaison, "ADM");
  liaison.roles[0].since = make_date(2026, 7, 1);
  liaison.roles[0].until = make_date(2026, 11, 11);
  CHECK_FALSE(may_do(liaison, Action::record_progress, "ADM"));
  CHECK(may(liaison, Action::record_progress, "ADM", "", make_date(2026, 11, 11)));
  CHECK(may(liaison, Action::record_progress, "ADM", "", make_date(2026, 7, 1)));
  CHECK_FALSE(may(liaison, Action::record_progress, "ADM", "", make_date(2026, 6, 30)));
}

TEST_CASE("an advisor never records in an assigned process, whatever else he or she is there") {
  Person both = person_with(Role::advisor, "DIR");
  both.roles.push_back({Role::liaison, "DIR", true, std::nullopt, std::nullopt});
  both.roles.push_back({Role::owner, "COM", true, std::nullopt, std::nullopt});
  CHECK_FALSE(may_do(both, Action::record_progress, "DIR"));
  CHECK(may_do(both, Action::record_progress, "COM"));
}

TEST_CASE("a role of a process without a process gives nothing") {
  for (const Role role : {Role::leader, Role::liaison, Role::owner, Role::advisor}) {
    for (const Action action : actions) {
      CHECK(may_do(person_with(role, ""), action, "DIR") == (action == Action::ask));
    }
  }
}

TEST_CASE("internal control reads planes and no other practice") {
  const Person auditor = person_with(Role::internal_control, "");
  CHECK(may_do(auditor, Action::read_plans, "DIR", practice::plans));
  CHECK_FALSE(may_do(auditor, Action::read_plans, "DIR", practice::risks));
}

TEST_CASE("asking without a process means in at least one") {
  CHECK(may_do(person_with(Role::owner, "DIR"), Action::ask_advisor, ""));
  CHECK(may_do(person_with(Role::liaison, "DIR"), Action::see_own_status, ""));
  CHECK_FALSE(may_do(person_with(Role::head, ""), Action::ask_advisor, ""));
}

TEST_CASE("an owner records own items and what the process as a whole records") {
  const Person owner = person_with(Role::owner, "DIR");
  Item item;
  item.process_id = "DIR";
  item.owner_id = "U-1";
  CHECK(may_record(owner, item, today));
  item.owner_id = "U-2";
  CHECK_FALSE(may_record(owner, item, today));
  CHECK(may_record(person_with(Role::liaison, "DIR"), item, today));
  CHECK_FALSE(may_record(person_with(Role::liaison, "COM"), item, today));
  item.owner_id.clear();
  CHECK(may_record(owner, item, today));
}

TEST_CASE("a refusal says why in Spanish and keeps names out of the detail") {
  for (const Action action : actions) {
    if (action == Action::ask) continue;
    const auto refused = may(Person{}, action, "DIR", "", today);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::refused);
    CHECK_FALSE(refused.error().message.empty());
    CHECK(refused.error().detail.find("U-") == std::string::npos);
  }
}
