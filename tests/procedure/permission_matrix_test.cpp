// The whole table of rights: every action by every role, in the own and in another process (procedure
// section 2). A new action does not compile here until its row is written.
#include "handlers/procedure/permissions.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace pao;
using namespace pao::procedure;

namespace {

const Date today = make_date(2026, 11, 12);

struct Column {
  Role role;
  const char* process;  // of the grant; "" for a role of the whole entity
};

constexpr Column columns[] = {
    {Role::leader, "DIR"},  {Role::liaison, "DIR"},       {Role::owner, "DIR"},
    {Role::advisor, "DIR"}, {Role::professional, ""},     {Role::coordination, ""},
    {Role::head, ""},       {Role::internal_control, ""}, {Role::administrator, ""}};

struct Row {
  const char* name;     // nullptr: there is no such action
  const char* own;      // 'x' may, '-' may not, a letter a column; in DIR
  const char* foreign;  // the same in COM
};

// clang-format off: a table
Row row_of(Action action) {
  switch (action) {
    //                                                              leader, liaison, owner (responsable),
    //                                                              advisor, professional, coordination, head,
    //                                                              OCI, administrator LEOAPCHID    LEOAPCHID
    case Action::ask:
      return {"ask", "xxxxxxxxx", "xxxxxxxxx"};
    case Action::see_own_status:
      return {"see_own_status", "xxx------", "---------"};
    case Action::see_process_detail:
      return {"see_process_detail", "xx-x-xx--", "-----xx--"};
    case Action::see_all_processes:
      return {"see_all_processes", "-----xx--", "-----xx--"};
    case Action::read_plans:
      return {"read_plans", "xx-x-xxx-", "-----xxx-"};
    case Action::record_progress:
      return {"record_progress", "xxx------", "---------"};
    case Action::designate_liaison:
      return {"designate_liaison", "x--------", "---------"};
    case Action::respond_report:
      return {"respond_report", "xx-------", "---------"};
    case Action::verify_records:
      return {"verify_records", "---x-----", "---------"};
    case Action::send_report:
      return {"send_report", "---x-----", "---------"};
    case Action::read_report:
      return {"read_report", "xx-x-xx--", "-----xx--"};
    case Action::read_published_reports:
      return {"read_published_reports", "xx-x-xxx-", "-----xxx-"};
    case Action::file_request:
      return {"file_request", "xx-------", "---------"};
    case Action::endorse_request:
      return {"endorse_request", "x--------", "---------"};
    case Action::decide_request:
      return {"decide_request", "---x-x---", "-----x---"};
    case Action::reassign:
      return {"reassign", "-----x---", "-----x---"};
    case Action::answer_consult:
      return {"answer_consult", "---x-x---", "-----x---"};
    case Action::ask_advisor:
      return {"ask_advisor", "xxx------", "---------"};
    case Action::hold_session:
      return {"hold_session", "---x-x---", "-----x---"};
    // What is of the whole entity: the process does not matter.
    case Action::draft_guideline:
      return {"draft_guideline", "---x-----", "---x-----"};
    case Action::approve_guideline:
      return {"approve_guideline", "-----x---", "-----x---"};
    case Action::hold_socialisation:
      return {"hold_socialisation", "---xxx---", "---xxx---"};
    case Action::see_guideline_board:
      return {"see_guideline_board", "---xxxx--", "---xxxx--"};
    case Action::confirm_control:
      return {"confirm_control", "---x-x---", "---x-x---"};
    case Action::see_control_board:
      return {"see_control_board", "-----xx--", "-----xx--"};
  }
  return {nullptr, "", ""};
}
// clang-format on

Person person_with(const Column& column) {
  return {.id = "U-1", .roles = {{column.role, column.process, true, std::nullopt, std::nullopt}}};
}

}  // namespace

TEST_CASE("role by action, in the own and in another process: the whole table (R-16, R-46, R-51)") {
  int actions = 0;
  for (int i = 0;; ++i, ++actions) {
    const Action action = static_cast<Action>(i);
    const Row row = row_of(action);
    if (!row.name) break;
    CAPTURE(row.name);
    REQUIRE(std::string_view(row.own).size() == std::size(columns));
    REQUIRE(std::string_view(row.foreign).size() == std::size(columns));
    for (std::size_t c = 0; c < std::size(columns); ++c) {
      const Person person = person_with(columns[c]);
      const std::string role(to_word(columns[c].role));
      CAPTURE(role);
      CHECK(may(person, action, "DIR", "", today).has_value() == (row.own[c] == 'x'));
      CHECK(may(person, action, "COM", "", today).has_value() == (row.foreign[c] == 'x'));
    }
  }
  CHECK(actions >= 25);
}

TEST_CASE(
    "nobody may do anything with a role that is over, of somebody gone, or without its process (R-51)") {
  for (int i = 0; row_of(static_cast<Action>(i)).name; ++i) {
    const Action action = static_cast<Action>(i);
    CAPTURE(row_of(action).name);
    for (const Column& column : columns) {
      Person over = person_with(column), to_come = over, gone = over, nowhere = over;
      over.roles[0].until = make_date(2026, 11, 11);
      to_come.roles[0].since = make_date(2026, 11, 13);
      gone.active = false;
      nowhere.roles[0].process_id.clear();
      const bool anybody = action == Action::ask;
      CHECK(may(over, action, "DIR", "", today).has_value() == anybody);
      CHECK(may(to_come, action, "DIR", "", today).has_value() == anybody);
      CHECK(may(gone, action, "DIR", "", today).has_value() == anybody);
      if (*column.process) CHECK(may(nowhere, action, "DIR", "", today).has_value() == anybody);
      over.roles[0].until = today;  // the last day counts
      CHECK(may(over, action, "DIR", "", today).has_value() ==
            may(person_with(column), action, "DIR", "", today).has_value());
    }
  }
}

TEST_CASE("every refusal says why in Spanish; to internal control it says no autorizado (R-46, C-14)") {
  for (int i = 0; row_of(static_cast<Action>(i)).name; ++i) {
    const Action action = static_cast<Action>(i);
    CAPTURE(row_of(action).name);
    for (const Column& column : columns) {
      const auto allowed = may(person_with(column), action, "COM", "", today);
      if (allowed) continue;
      CHECK(allowed.error().code == ErrorCode::refused);
      CHECK_FALSE(allowed.error().message.empty());
      CHECK(allowed.error().detail.find("U-1") == std::string::npos);
      const bool says_so = allowed.error().message.rfind("No autorizado", 0) == 0;
      CHECK(says_so == (column.role == Role::internal_control));
    }
  }
}

TEST_CASE("internal control writes nothing, unless another role is held as well that day (R-46, C-14)") {
  for (const Column& column : columns) {
    const std::string role(to_word(column.role));
    CAPTURE(role);
    CHECK(may_write(person_with(column), today).has_value() == (column.role != Role::internal_control));
  }
  Person both = person_with({Role::internal_control, ""});
  both.roles.push_back({Role::liaison, "DIR", true, std::nullopt, make_date(2026, 11, 12)});
  CHECK(may_write(both, today));
  CHECK_FALSE(may_write(both, make_date(2026, 11, 13)));
  CHECK(may_write(Person{}, today));  // what somebody without roles may do is asked with `may`
}
