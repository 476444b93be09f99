// When a commitment is open, how it is fulfilled and by whom.
#include "handlers/procedure/commitments.hpp"

#include "handlers/procedure/item_changes.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::procedure;

namespace {

const Date today = make_date(2026, 11, 12);

Item commitment() {
  return {.id = "COMP-1",
          .kind = ItemKind::commitment,
          .practice = "repac",
          .process_id = "DIR",
          .name = "Cargar las actas",
          .owner_id = "U-1",
          .starts_on = make_date(2026, 11, 9),
          .ends_on = make_date(2026, 11, 30)};
}

Person person(const char* id, std::vector<RoleGrant> roles) {
  return {.id = id, .name = id, .roles = std::move(roles)};
}

}  // namespace

TEST_CASE("a commitment is open until it is fulfilled or an SS ends it (R-10)") {
  Item item = commitment();
  CHECK(is_open_commitment(item));
  CHECK_FALSE(fulfilled_on(item));
  item.attributes[commitment_field::fulfilled_on] = "2026-11-11";
  CHECK_FALSE(is_open_commitment(item));
  CHECK(fulfilled_on(item) == make_date(2026, 11, 11));
  item = commitment();
  item.attributes[item_field::removed_by] = "SS-2026-0001";
  CHECK_FALSE(is_open_commitment(item));
  item = commitment();
  item.kind = ItemKind::document;
  CHECK_FALSE(is_open_commitment(item));
}

TEST_CASE("what fulfils a commitment has a day that has come and an evidence (R-10, R-15)") {
  const Item item = commitment();
  const auto problem = [&](std::optional<Date> day, const std::string& evidence) {
    return problem_with_fulfilment(item, day, evidence, today);
  };
  CHECK(problem(today, "acta.pdf") == FulfilmentProblem::none);
  CHECK(problem(make_date(2026, 11, 9), "acta.pdf") == FulfilmentProblem::none);
  CHECK(problem(std::nullopt, "acta.pdf") == FulfilmentProblem::no_date);
  CHECK(problem(make_date(2026, 11, 13), "acta.pdf") == FulfilmentProblem::in_the_future);
  CHECK(problem(make_date(2026, 11, 8), "acta.pdf") == FulfilmentProblem::before_it_began);
  CHECK(problem(today, " \n") == FulfilmentProblem::no_evidence);
  CHECK(problem(today, std::string(longest_fulfilment_evidence + 1, 'x')) ==
        FulfilmentProblem::long_evidence);
}

TEST_CASE("a commitment is marked by who answers for it, the liaison and the leader (R-16, R-22, R-46)") {
  const auto may = [](const Person& who) { return may_fulfil(who, "U-1", "DIR", today).has_value(); };
  CHECK(may(person("U-1", {})));
  CHECK(may(person("U-2", {{.role = Role::leader, .process_id = "DIR"}})));
  CHECK(may(person("U-2", {{.role = Role::liaison, .process_id = "DIR"}})));
  CHECK_FALSE(may(person("U-2", {{.role = Role::owner, .process_id = "DIR"}})));
  CHECK_FALSE(may(person("U-2", {{.role = Role::liaison, .process_id = "COM"}})));
  CHECK_FALSE(may(person("U-2", {{.role = Role::coordination, .process_id = ""}})));
  CHECK_FALSE(may(person(
      "U-2", {{.role = Role::liaison, .process_id = "DIR"}, {.role = Role::advisor, .process_id = "DIR"}})));
  CHECK_FALSE(may(person("U-2", {{.role = Role::internal_control, .process_id = ""}})));
  Person gone = person("U-1", {});
  gone.active = false;
  CHECK_FALSE(may(gone));
}
