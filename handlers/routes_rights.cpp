#include "cards/verbs.hpp"
#include "handlers/access.hpp"
#include "handlers/matches.hpp"
#include "handlers/procedure/permissions.hpp"
#include "handlers/routes.hpp"
#include "handlers/subjects.hpp"

namespace pao::handlers {

using procedure::Action;
namespace verb = cards::verb;

namespace {

// "Planes de comunicaciones" is a question of the people of a process, and for internal control the module.
Matches asks_for_plans() {
  return [module = says({"planes de los procesos", "ver planes", "ver los planes", "modulo planes",
                         "control interno", "vista oci"}),
          plans = says({"planes"}),
          of_process = begins({"planes de", "ver planes de", "ver los planes de"})](const Hearing& hearing) {
    if (module(hearing)) return true;
    const auto& person = hearing.turn().person;
    return person &&
           procedure::holds_role(*person, procedure::Role::internal_control, "",
                                 local_date(hearing.turn().at)) &&
           (plans(hearing) || of_process(hearing));
  };
}

}  // namespace

std::vector<Route> rights_routes(const Features& f) {
  using oversight::OversightHandler;
  using rights::RightsHandler;
  constexpr Where own = Where::personal;
  constexpr Effect reads = Effect::reads, writes = Effect::writes;
  const auto team = call(f.rights, &RightsHandler::on_team);
  const auto gaps = call(f.rights, &RightsHandler::on_gaps);
  const auto plans = call(f.oversight, &OversightHandler::on_list);
  const auto what_was_read = call(f.oversight, &OversightHandler::on_reads);
  // clang-format off: a table
  return {
      {"rights.team", pressed(verb::team_view), may(Action::see_process_detail), own, reads, team},
      {"rights.team.text",
       says({"mi equipo", "equipo del proceso", "designar enlace", "cambiar de enlace", "quien es mi enlace",
             "quien es el enlace", "quien es el enlace de mi proceso", "quien es mi lider",
             "quien es el lider", "quien es el lider de mi proceso",
             "quienes son los responsables de mi proceso"}),
       may(Action::see_process_detail), own, reads, team},
      {"rights.team.named", begins({"equipo de", "ver equipo de", "ver el equipo de"}),
       may(Action::see_process_detail), own, reads, team},
      {"rights.designation", pressed(verb::designation_form), may(Action::designate_liaison, chosen_process),
       own, reads, call(f.rights, &RightsHandler::on_designation_form)},
      {"rights.designate", pressed(verb::designate), may(Action::designate_liaison, chosen_process), own,
       writes, call(f.rights, &RightsHandler::on_designate)},
      {"rights.ending.form", pressed(verb::liaison_ending_form),
       may(Action::designate_liaison, chosen_process), own, reads,
       call(f.rights, &RightsHandler::on_ending_form)},
      {"rights.ending", pressed(verb::liaison_ending), may(Action::designate_liaison, chosen_process), own,
       writes, call(f.rights, &RightsHandler::on_ending)},
      {"rights.gaps", pressed(verb::ownership_gaps), may(Action::see_all_processes), own, reads, gaps},
      {"rights.gaps.text", says({"procesos sin responsable", "sin nadie a cargo", "procesos sin enlace"}),
       may(Action::see_all_processes), own, reads, gaps},
      {"oversight.list", pressed(verb::oversight_list), may(Action::read_plans), own, reads, plans},
      {"oversight.list.text", asks_for_plans(), may(Action::read_plans), own, reads, plans},
      {"oversight.plan", pressed(verb::oversight_plan), may(Action::read_plans, chosen_process), own, reads,
       call(f.oversight, &OversightHandler::on_plan)},
      {"oversight.activity", pressed(verb::oversight_activity), may(Action::read_plans, item_process), own,
       reads, call(f.oversight, &OversightHandler::on_activity)},
      {"oversight.reports", pressed(verb::oversight_reports),
       may(Action::read_published_reports, chosen_process), own, reads,
       call(f.oversight, &OversightHandler::on_reports)},
      {"oversight.reads", pressed(verb::oversight_reads), may(Action::see_control_board), own, reads,
       what_was_read},
      {"oversight.reads.text", says({"que leyo oci", "que consulto oci", "lecturas de control interno"}),
       may(Action::see_control_board), own, reads, what_was_read},
  };
  // clang-format on
}

}  // namespace pao::handlers
