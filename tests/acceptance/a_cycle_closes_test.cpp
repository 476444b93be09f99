// A quarter closes: each process has its report, once, and it goes to whom it concerns that day (activity 5).
#include "storage/mail_outbox.hpp"
#include "storage/reports_store.hpp"
#include "tests/acceptance/ministry.hpp"
#include "tests/paths.hpp"
#include "tests/storage/demo_store.hpp"

#include <doctest/doctest.h>

#include <array>
#include <fstream>
#include <set>

namespace pao::tests {
namespace {

using storage::test::reading;

// The processes that have a draft of the third quarter.
std::multiset<std::string> drafted(Ministry& ministry) {
  return reading(ministry.store(), [](storage::Session& session) {
    std::multiset<std::string> processes;
    for (const auto& report : storage::reports_in_state(session, procedure::ReportState::draft)) {
      if (report.cycle == "2026-T3") processes.insert(report.process_id);
    }
    return processes;
  });
}

// The demo as it stood when the quarter ended: its lists, without what they tell of the quarter's reports.
void before_the_reports_of_the_quarter(const std::filesystem::path& to) {
  const storage::test::TemporaryFolder lists;
  const std::filesystem::path data = std::filesystem::path(source_dir) / "tests" / "data";
  for (const auto& entry : std::filesystem::directory_iterator(data / "ministry")) {
    std::ifstream all(entry.path());
    std::ofstream kept(lists.path() / entry.path().filename());
    for (std::string line; std::getline(all, line);) {
      const bool is_of_a_report = line.starts_with("REP-") || line.starts_with("REC-");
      if (!is_of_a_report || line.find("-2026-T3,") == std::string::npos) kept << line << "\n";
    }
  }
  const std::array<std::filesystem::path, 2> paths{lists.path(), data / "guidelines"};
  storage::test::import_into("sqlite:" + to.string(), paths);
}

}  // namespace

TEST_CASE("C-03: closing 2026-T3 yields 24 reports, one each, and none the next time (R-25, R-26)") {
  Ministry ministry("2026-10-22T08:00:00-05:00", {}, before_the_reports_of_the_quarter);
  const Person advisor = ministry.person("U-004"), leader = ministry.person("U-019");

  // Friday 23 October, the sixteenth business day after the quarter, at 6:00.
  CHECK(drafted(ministry).empty());
  ministry.day_begins_at("2026-10-23T06:00:00-05:00");
  const std::multiset<std::string> first = drafted(ministry);
  CHECK(first.size() == 24);
  CHECK(std::set<std::string>(first.begin(), first.end()).size() == 24);

  // 8:00: each advisor finds the own drafts, the processes see nothing of them.
  ministry.moves_to("2026-10-23T08:00:00-05:00");
  CHECK(advisor.says("reportes").shows("En borrador"));
  CHECK_FALSE(leader.says("reportes").shows("En borrador"));

  // Not on Monday, and not when the service starts again: there is one report of each.
  ministry.moves_to("2026-10-26T06:00:00-05:00");
  CHECK(drafted(ministry) == first);
  ministry.day_begins_at("2026-10-27T06:00:00-05:00");
  CHECK(drafted(ministry) == first);
}

TEST_CASE("C-04: a report goes to the leader and to every active liaison, and to nobody else (R-28)") {
  // Thursday 12 November: the leader of CID ends the designation of one of the two liaisons, from today on.
  Ministry ministry;
  const Person leader = ministry.person("U-107"), stays = ministry.person("U-108"),
               leaves = ministry.person("U-109"), advisor = ministry.person("U-006");
  const Seen team = leader.says("mi equipo");
  const Pressed form = leader.presses(team.button("Retirar un enlace"));
  const Pressed ended = leader.presses(
      form.shown.button("Retirar"),
      {{"persona", "U-109"}, {"ultimo_dia", "2026-11-12"}, {"motivo", "Cambia de dependencia"}});
  REQUIRE(ended.shown.shows("Último día"));
  leaves.receives("Termina como enlace");

  // Friday, 10:00: the advisor confirms the verification and sends the report.
  ministry.moves_to("2026-11-13T10:00:00-05:00");
  const Pressed verified =
      advisor.presses("control.confirmar", {{"punto", "4"},
                                            {"asunto", "verification:CID:2026-T3"},
                                            {"resultado", "con_observaciones"},
                                            {"observacion", "Se revisó lo registrado."}});
  REQUIRE_MESSAGE(verified.shown.shows("Punto de control confirmado"), verified.shown.words());
  const Pressed draft = advisor.presses("reporte.ver", {{"reporte", "REP-CID-2026-T3"}});
  const Pressed sent = advisor.presses(draft.shown.button("Enviar al proceso"));
  REQUIRE(sent.shown.shows("a 2 personas. El plazo va hasta el"));
  CHECK(leader.receives("Reporte preventivo").shows("Vence el 30 de noviembre de 2026"));
  CHECK(stays.receives("Reporte preventivo").shows("Vence el 30 de noviembre de 2026"));
  CHECK(leaves.hears_nothing_more());

  // Card and mail for those two, with a result each; for nobody else.
  std::multiset<std::string> reached;
  for (const auto& one : reading(ministry.store(), [](storage::Session& session) {
         return storage::deliveries_of(session, "report:REP-CID-2026-T3:v1:");
       })) {
    reached.insert(one.channel + " " + one.key.substr(one.key.rfind(':') + 1));
  }
  CHECK(reached == std::multiset<std::string>{"mail U-107", "mail U-108", "teams U-107", "teams U-108"});
  CHECK(advisor.presses("reporte.ver", {{"reporte", "REP-CID-2026-T3"}})
            .shown.shows("Teams: llegó a 2 de 2 personas."));
}

}  // namespace pao::tests
