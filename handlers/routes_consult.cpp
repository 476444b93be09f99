#include "cards/verbs.hpp"
#include "handlers/access.hpp"
#include "handlers/matches.hpp"
#include "handlers/routes.hpp"
#include "handlers/subjects.hpp"

namespace pao::handlers {

using procedure::Action;
namespace verb = cards::verb;

std::vector<Route> consult_routes(const Features& f) {
  using consult::AdvisorHandler;
  constexpr Where any = Where::anywhere, own = Where::personal;
  constexpr Effect reads = Effect::reads, writes = Effect::writes;
  // clang-format off: a table
  return {
      {"consult.choose", pressed(verb::choose_criterion), anybody(), any, reads,
       call(f.consult, &consult::ConsultHandler::on_choose)},
      {"advisor.form", pressed(verb::advisor_form), may(Action::ask_advisor), own, reads,
       call(f.advisor, &AdvisorHandler::on_form)},
      {"advisor.send", pressed(verb::advisor_send), may(Action::ask_advisor), own, writes,
       call(f.advisor, &AdvisorHandler::on_send)},
      {"consult.reply", pressed(verb::consult_reply), may(Action::answer_consult, consult_process), own,
       writes, call(f.advisor, &AdvisorHandler::on_reply)},
  };
  // clang-format on
}

}  // namespace pao::handlers
