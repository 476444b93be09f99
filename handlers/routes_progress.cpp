#include "cards/verbs.hpp"
#include "handlers/access.hpp"
#include "handlers/matches.hpp"
#include "handlers/routes.hpp"
#include "handlers/subjects.hpp"

namespace pao::handlers {

using procedure::Action;
namespace verb = cards::verb;

std::vector<Route> progress_routes(const Features& f) {
  using progress::ProgressHandler;
  using status::StatusHandler;
  constexpr Where own = Where::personal;
  constexpr Effect reads = Effect::reads, writes = Effect::writes;
  const auto listed = [&f](const Hearing& h) {
    return f.progress.on_list(h.turn(), h.turn().value("practica"), h.turn().value("elemento"));
  };
  // clang-format off: a table
  return {
      {"status.button", pressed(verb::my_status), known(), own, reads,
       call(f.status, &StatusHandler::on_my_status)},
      {"status.why", pressed(verb::explain_due), known(), own, reads,
       call(f.status, &StatusHandler::on_explain_due)},
      {"progress.list", pressed(verb::progress_list), may(Action::record_progress), own, reads, listed},
      {"progress.form", pressed(verb::progress_form), may(Action::record_progress, item_process), own, reads,
       call(f.progress, &ProgressHandler::on_form)},
      {"progress.save", pressed(verb::progress_save), may(Action::record_progress, item_process), own, writes,
       call(f.progress, &ProgressHandler::on_save)},
      {"progress.recent.text", says({"mis avances", "avances recientes"}), may(Action::record_progress), own,
       reads, call(f.progress, &ProgressHandler::on_recent)},
      {"progress.recent", pressed(verb::progress_recent), may(Action::record_progress), own, reads,
       call(f.progress, &ProgressHandler::on_recent)},
      {"progress.correct", pressed(verb::progress_correct), may(Action::record_progress, record_process), own,
       reads, call(f.progress, &ProgressHandler::on_correct)},
      {"progress.correct.save", pressed(verb::progress_correct_save),
       may(Action::record_progress, record_process), own, writes,
       call(f.progress, &ProgressHandler::on_correct_save)},
      {"progress.several", pressed(verb::progress_several), may(Action::record_progress, chosen_process), own,
       reads, call(f.progress, &ProgressHandler::on_several)},
      {"progress.several.save", pressed(verb::progress_several_save),
       may(Action::record_progress, chosen_process), own, writes,
       call(f.progress, &ProgressHandler::on_several_save)},
  };
  // clang-format on
}

}  // namespace pao::handlers
