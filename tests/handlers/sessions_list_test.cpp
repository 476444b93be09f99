// The list of working sessions: those convened here, and those that were imported.
#include "storage/working_sessions_store.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using storage::test::reading;

TEST_CASE(
    "imported working sessions are listed to who was there, who advised and who sees the process (R-10)") {
  const Assistant assistant;
  const auto earlier = reading(assistant.database(),
                               [](storage::Session& session) { return storage::earlier_sessions(session); });
  REQUIRE(earlier.size() > 8);
  for (std::size_t i = 1; i < earlier.size(); ++i) CHECK(earlier[i - 1].held_on >= earlier[i].held_on);

  // MESA-001, of FIS: advised by U-006, with U-028 and U-030.
  assistant.change("UPDATE working_sessions SET held_on = '2026-11-10' WHERE id = 'MESA-001'");
  for (const char* person : {"U-006", "U-028", "U-030", coordination, head}) {
    CAPTURE(person);
    const Said listed = assistant.says(person, "mesas de trabajo");
    CHECK(listed.outcome() == "sessions_shown");
    CHECK(listed.shows("MESA-001"));
    CHECK(listed.shows("Realizada, 10 de noviembre de 2026, presencial"));
    CHECK(listed.shows(assistant.person("U-028").name));
    CHECK(listed.shows(assistant.person("U-006").name));
    CHECK_FALSE(listed.shows("U-028"));
  }
  for (const char* person : {leader_com, liaison_com, owner_com, advisor_dir, internal_control}) {
    CAPTURE(person);
    CHECK_FALSE(assistant.says(person, "mesas de trabajo").shows("MESA-001"));
  }
  // The latest eight, and how many more there are.
  const Said all = assistant.says(coordination, "mesas de trabajo");
  CHECK(all.field("earlier") == "8");
  CHECK(all.shows("y " + std::to_string(earlier.size() - 8) + " más"));
}

TEST_CASE(
    "who was at an imported session without a role in its process sees it, and nobody is invented (R-10)") {
  const Assistant assistant;
  assistant.change(
      "UPDATE working_sessions SET held_on = '2026-11-10', participants = 'U-021 X-999' WHERE id ="
      " 'MESA-001'");
  const Said listed = assistant.says(owner_com, "mesas de trabajo");
  CHECK(listed.shows("MESA-001"));
  CHECK(listed.shows("X-999"));
}
