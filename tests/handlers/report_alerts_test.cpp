// The alerts that a follow-up report counts: of what was due, and of the rules.
#include "handlers/report_lines.hpp"
#include "storage/alerts_store.hpp"
#include "tests/handlers/assistant.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

using namespace pao;
using namespace pao::handlers;
using namespace pao::handlers::test;
using storage::test::instant;
using storage::test::reading;

namespace {

// Told to somebody of COM, and delivered unless it says otherwise.
void tell(const Assistant& assistant, const std::string& key, const std::string& person,
          const std::string& practice, const char* at, const std::string& state = "enviada") {
  assistant.change(
      "INSERT INTO alerts_sent (key, person_id, due_on, sent_at, rule, process_id, practice, state) VALUES "
      "('" +
      key + "|" + person + "', '" + person + "', '9999-12-31', " +
      std::to_string(
          std::chrono::duration_cast<std::chrono::milliseconds>(instant(at).time_since_epoch()).count()) +
      ", 'regla', 'COM', '" + practice + "', '" + state + "')");
}

std::map<std::string, int> alerts_by_practice(const Assistant& assistant) {
  const auto lines = reading(assistant.database(), [&](storage::Session& session) {
    return build_lines(session, *assistant.reference().current(), "COM", "2026-T3",
                       instant("2026-10-20T09:00:00-05:00"));
  });
  std::map<std::string, int> alerts;
  for (const auto& figures : procedure::figures_of(lines, {})) alerts[figures.practice] = figures.alerts;
  return alerts;
}

}  // namespace

TEST_CASE("a report counts what the rules warned of until its cut-off, each step once, by practice (R-26)") {
  const Assistant assistant;
  const auto before = alerts_by_practice(assistant);
  const char* in_time = "2026-09-15T09:00:00-05:00";
  // Of an item with a line in the cycle, told to two people; then its next step.
  tell(assistant, "reglas/planes.sin_avance/PAI-COM-02-T2|2026-08", liaison_com, "planes", in_time);
  tell(assistant, "reglas/planes.sin_avance/PAI-COM-02-T2|2026-08", owner_com, "planes", in_time);
  tell(assistant, "reglas/planes.sin_avance/PAI-COM-02-T2|2026-09", liaison_com, "planes", in_time);
  // Of a commitment and of the process, which have no line of their own.
  tell(assistant, "reglas/repac.compromiso_vencido/COMP-COM-T2-1|-1", liaison_com, "repac", in_time);
  tell(assistant, "reglas/repac.reunion_sin_realizar/COM-2026-T2|0", leader_com, "repac", in_time);
  // Not delivered, before the cycle, after the cut-off, and of another source.
  tell(assistant, "reglas/repac.compromiso_vencido/COMP-COM-T2-1|-3", liaison_com, "repac", in_time,
       "fallida");
  tell(assistant, "reglas/repac.compromiso_vencido/COMP-COM-T2-1|5", liaison_com, "repac",
       "2026-06-30T09:00:00-05:00");
  tell(assistant, "reglas/repac.compromiso_vencido/COMP-COM-T2-1|-5", liaison_com, "repac",
       "2026-10-20T09:00:01-05:00");
  tell(assistant, "mesas/MESA-2026-001|0", liaison_com, "repac", in_time);
  auto expected = before;
  expected["planes"] += 2;
  expected["repac"] += 2;
  CHECK(alerts_by_practice(assistant) == expected);
}
