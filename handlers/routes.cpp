#include "handlers/routes.hpp"

#include "cards/verbs.hpp"
#include "handlers/access.hpp"
#include "handlers/consult/follow_up.hpp"
#include "handlers/matches.hpp"

#include <iterator>
#include <utility>

namespace pao::handlers {
namespace {

using procedure::Action;
namespace verb = cards::verb;

// What is not about the procedure.
std::vector<Route> general_routes(const Features& f) {
  using help::HelpHandler;
  constexpr Where any = Where::anywhere;
  constexpr Effect reads = Effect::reads;
  const auto echo = call(f.help, &HelpHandler::on_echo);
  const auto helped = call(f.help, &HelpHandler::on_help);
  // clang-format off: a table
  return {
      {"greeting", arrives(), anybody(), any, reads, call(f.help, &HelpHandler::on_arrival)},
      {"echo", starts_with("eco "), anybody(), any, reads, echo},
      {"echo.button", pressed(verb::echo), anybody(), any, reads, echo},
      {"help", says({"ayuda", "tarjeta", "menu"}), anybody(), any, reads, helped},
      {"help.button", pressed(verb::help), anybody(), any, reads, helped},
  };
  // clang-format on
}

// What people type, by what it means; the last line takes the rest.
std::vector<Route> spoken_routes(const Features& f) {
  using help::HelpHandler;
  constexpr Where any = Where::anywhere, own = Where::personal;
  constexpr Effect reads = Effect::reads;
  const auto goes_on = [&f](const Hearing& h) {
    return h.turn().kind == TurnKind::text && f.consult.goes_on(h.turn()) &&
           !consult::stands_by_itself(h.turn().text, h.understood());
  };
  const auto followed = [&f](const Hearing& h) {
    return consult::kept(f.consult.on_follow_up(h.turn()), h.turn(), h.turn().text);
  };
  // Before progress: a commitment has no periods to record.
  const auto fulfilment_said = [&f](const Hearing& h) {
    return tells_fulfilment(h) && (names_commitment(h) || !f.commitments.among(h.understood().ids).empty());
  };
  const auto fulfilment_wanted = [&f](const Hearing& h) {
    return f.commitments.on_form(h.turn(), f.commitments.among(h.understood().ids));
  };
  const auto progress_wanted = [&f](const Hearing& h) {
    return f.progress.on_list(h.turn(), h.understood().practice, item_named(h));
  };
  const auto request_wanted = [&f](const Hearing& h) {
    return f.requests.on_start(h.turn(), is_change_order(h), h.turn().text, item_named(h));
  };
  const auto request_asked = [&f](const Hearing& h) {
    return f.requests.on_view(h.turn(), request_number(h));
  };
  const auto asked = [&f](const Hearing& h) {
    auto kept = consult::kept(f.consult.on_question(h.turn(), h.understood()), h.turn(), h.turn().text);
    return f.late.held(std::move(kept), h.turn());
  };
  // clang-format off: a table
  return {
      // After every fixed phrase: what goes on from the answer before can be any words but those that mean
      // something by themselves.
      {"consult.follow_up", goes_on, anybody(), any, reads, followed},
      {"greeting.text", means(MessageKind::greeting), anybody(), any, reads,
       call(f.help, &HelpHandler::on_arrival)},
      {"help.text", means(MessageKind::help), anybody(), any, reads, call(f.help, &HelpHandler::on_help)},
      {"thanks", means(MessageKind::thanks), anybody(), any, reads, call(f.help, &HelpHandler::on_thanks)},
      {"request.status", wants_request_status(), known(), own, reads, request_asked},
      {"commitment.start", fulfilment_said, known(), own, reads, fulfilment_wanted},
      {"status", wants(Intent::see_status), known(), own, reads,
       call(f.status, &status::StatusHandler::on_my_status)},
      {"progress.start", wants(Intent::register_progress), may(Action::record_progress), own, reads,
       progress_wanted},
      {"request.start", wants(Intent::open_ss), may(Action::file_request), own, reads, request_wanted},
      {"advisor.start", wants(Intent::talk_to_advisor), may(Action::ask_advisor), own, reads,
       call(f.advisor, &consult::AdvisorHandler::on_form)},
      {"report.windows", wants(Intent::validate_report), known(), own, reads,
       call(f.reports, &reports::ReportHandler::on_list)},
      {"consult.ask", any_text(), anybody(), any, reads, asked},
  };
  // clang-format on
}

}  // namespace

std::vector<Route> make_routes(const Features& features) {
  std::vector<Route> routes;
  for (const auto table : {general_routes, consult_routes, progress_routes, request_routes, rights_routes,
                           guideline_routes, report_routes, verification_routes, alert_routes, file_routes,
                           session_routes, teams_routes, spoken_routes}) {
    std::vector<Route> lines = table(features);
    routes.insert(routes.end(), std::make_move_iterator(lines.begin()), std::make_move_iterator(lines.end()));
  }
  return routes;
}

}  // namespace pao::handlers
