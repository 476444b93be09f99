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
  constexpr Where own = Where::personal;
  constexpr Effect reads = Effect::reads, writes = Effect::writes;
  const auto types = [&f](const Hearing& h) { return f.requests.on_start(h.turn(), false, "", ""); };
  const auto seen = [&f](const Hearing& h) { return f.requests.on_view(h.turn(), h.turn().value("ss")); };
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
  };
  // clang-format on
}

}  // namespace pao::handlers
