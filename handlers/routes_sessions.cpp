#include "cards/verbs.hpp"
#include "handlers/access.hpp"
#include "handlers/matches.hpp"
#include "handlers/routes.hpp"

namespace pao::handlers {

using procedure::Action;
namespace verb = cards::verb;

std::vector<Route> session_routes(const Features& f) {
  using sessions::CommitmentHandler;
  using sessions::SessionHandler;
  constexpr Where own = Where::personal;
  constexpr Effect reads = Effect::reads, writes = Effect::writes;
  const Access holds = may(Action::hold_session);
  // In which process is asked where the session is known.
  const auto list = call(f.sessions, &SessionHandler::on_list);
  const auto form = call(f.sessions, &SessionHandler::on_form);
  const auto fulfilment = [&f](const Hearing& h) {
    return f.commitments.on_form(h.turn(), std::string(h.turn().value("compromiso")));
  };
  // clang-format off: a table
  return {
      {"session.list", pressed(verb::session_list), known(), own, reads, list},
      {"session.list.text", says({"mesas", "mesas de trabajo", "mis mesas de trabajo"}), known(), own, reads,
       list},
      {"session.form", pressed(verb::session_form), holds, own, reads, form},
      {"session.form.text",
       says({"convocar mesa", "convocar mesa de trabajo", "convocar una mesa de trabajo"}), holds, own, reads,
       form},
      {"session.convene", pressed(verb::session_convene), holds, own, writes,
       call(f.sessions, &SessionHandler::on_convene)},
      {"session.view", pressed(verb::session_view), known(), own, reads,
       call(f.sessions, &SessionHandler::on_view)},
      {"session.move_form", pressed(verb::session_move_form), holds, own, reads,
       call(f.sessions, &SessionHandler::on_move_form)},
      {"session.move", pressed(verb::session_move), holds, own, writes,
       call(f.sessions, &SessionHandler::on_move)},
      {"session.cancel", pressed(verb::session_cancel), holds, own, writes,
       call(f.sessions, &SessionHandler::on_cancel)},
      {"session.record_form", pressed(verb::session_record_form), holds, own, reads,
       call(f.sessions, &SessionHandler::on_record_form)},
      {"session.record", pressed(verb::session_record), holds, own, writes,
       call(f.sessions, &SessionHandler::on_record)},
      // Who answers for a commitment may have no role in its process: the handler asks.
      {"commitment.list.text", says({"mis compromisos", "compromisos", "compromisos abiertos"}), known(), own,
       reads, call(f.commitments, &CommitmentHandler::on_list)},
      {"commitment.list", pressed(verb::commitment_list), known(), own, reads,
       call(f.commitments, &CommitmentHandler::on_list)},
      {"commitment.form", pressed(verb::commitment_form), known(), own, reads, fulfilment},
      {"commitment.save", pressed(verb::commitment_save), known(), own, writes,
       call(f.commitments, &CommitmentHandler::on_save)},
  };
  // clang-format on
}

}  // namespace pao::handlers
