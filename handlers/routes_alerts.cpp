#include "cards/verbs.hpp"
#include "handlers/access.hpp"
#include "handlers/matches.hpp"
#include "handlers/routes.hpp"

namespace pao::handlers {

namespace verb = cards::verb;

// Whoever is told something may answer it; which alerts are whose, the handler checks.
std::vector<Route> alert_routes(const Features& f) {
  using alerts::AlertHandler;
  constexpr Where own = Where::personal;
  constexpr Effect reads = Effect::reads, writes = Effect::writes;
  const auto list = call(f.alerts, &AlertHandler::on_list);
  // clang-format off: a table
  return {
      {"alerts.text", says({"mis alertas", "alertas", "ver alertas"}), known(), own, reads, list},
      {"alerts.list", pressed(verb::alert_list), known(), own, reads, list},
      {"alert.view", pressed(verb::alert_view), known(), own, writes, call(f.alerts, &AlertHandler::on_view)},
      {"alert.postpone", pressed(verb::alert_postpone), known(), own, writes,
       call(f.alerts, &AlertHandler::on_postpone)},
      {"alert.justify", pressed(verb::alert_justify), known(), own, writes,
       call(f.alerts, &AlertHandler::on_justify)},
      {"alert.useful", pressed(verb::alert_useful), known(), own, writes,
       call(f.alerts, &AlertHandler::on_useful)},
  };
  // clang-format on
}

}  // namespace pao::handlers
