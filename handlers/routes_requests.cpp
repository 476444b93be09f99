#include "cards/verbs.hpp"
#include "handlers/access.hpp"
#include "handlers/matches.hpp"
#include "handlers/routes.hpp"
#include "handlers/subjects.hpp"

namespace pao::handlers {

using procedure::Action;
namespace verb = cards::verb;

std::vector<Route> request_routes(const Features& f) {
  using requests::RequestHandler;
  using requests::ReviewHandler;
  constexpr Where own = Where::personal;
  constexpr Effect reads = Effect::reads, writes = Effect::writes;
  const auto types = [&f](const Hearing& h) { return f.requests.on_start(h.turn(), false, "", ""); };
  const auto seen = [&f](const Hearing& h) { return f.requests.on_view(h.turn(), h.turn().value("ss")); };
  const auto queue = call(f.reviews, &ReviewHandler::on_queue);
  const auto mine = call(f.reviews, &ReviewHandler::on_mine);
  // clang-format off: a table
  return {
      {"request.types", pressed(verb::request_start), may(Action::file_request), own, reads, types},
      {"request.form", pressed(verb::request_form), may(Action::file_request), own, reads,
       call(f.requests, &RequestHandler::on_form)},
      {"request.file", pressed(verb::request_file), may(Action::file_request, chosen_process), own, writes,
       call(f.requests, &RequestHandler::on_file)},
      {"request.endorse", pressed(verb::request_endorse), may(Action::endorse_request, request_process), own,
       writes, call(f.requests, &RequestHandler::on_endorse)},
      {"request.view", pressed(verb::request_view), known(), own, reads, seen},
      {"request.why", pressed(verb::request_why), known(), own, reads,
       call(f.requests, &RequestHandler::on_why)},
      {"request.queue", pressed(verb::request_queue), may(Action::decide_request), own, reads, queue},
      {"request.queue.text", says({"bandeja ss", "bandeja de ss", "mi bandeja", "ss por atender"}),
       may(Action::decide_request), own, reads, queue},
      {"request.mine", pressed(verb::request_mine), may(Action::file_request), own, reads, mine},
      {"request.mine.text", says({"mis solicitudes", "mis ss", "mis solicitudes ss"}),
       may(Action::file_request), own, reads, mine},
      {"request.step", pressed(verb::request_step), known(), own, reads,
       call(f.reviews, &ReviewHandler::on_step)},
      // An SS can be with an advisor of another process, so the handler asks who has it.
      {"request.take", pressed(verb::request_take), may(Action::decide_request), own, writes,
       call(f.reviews, &ReviewHandler::on_take)},
      {"request.ask", pressed(verb::request_ask), may(Action::decide_request), own, writes,
       call(f.reviews, &ReviewHandler::on_ask)},
      {"request.decide", pressed(verb::request_decide), may(Action::decide_request), own, writes,
       call(f.reviews, &ReviewHandler::on_decide)},
      {"request.apply", pressed(verb::request_apply), may(Action::decide_request), own, writes,
       call(f.reviews, &ReviewHandler::on_apply)},
      {"request.close", pressed(verb::request_close), may(Action::decide_request), own, writes,
       call(f.reviews, &ReviewHandler::on_close)},
      {"request.confirm", pressed(verb::request_confirm), may(Action::decide_request), own, writes,
       call(f.reviews, &ReviewHandler::on_confirm)},
      {"request.inform", pressed(verb::request_inform), may(Action::file_request, request_process), own,
       writes, call(f.reviews, &ReviewHandler::on_inform)},
      {"request.withdraw", pressed(verb::request_withdraw), may(Action::file_request, request_process), own,
       writes, call(f.reviews, &ReviewHandler::on_withdraw)},
      {"request.reassign", pressed(verb::request_reassign), may(Action::reassign), own, writes,
       call(f.reviews, &ReviewHandler::on_reassign)},
  };
  // clang-format on
}

}  // namespace pao::handlers
