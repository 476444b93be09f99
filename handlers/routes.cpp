#include "handlers/routes.hpp"

#include "cards/verbs.hpp"
#include "handlers/tracking.hpp"
#include "storage/consult_store.hpp"
#include "storage/knowledge/spanish_text.hpp"
#include "storage/requests_store.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace pao::handlers {
namespace {

using procedure::Action;
namespace verb = cards::verb;

// ---- Which turns a route takes ----

Matches pressed(const char* name) {
  return [name](const Hearing& hearing) {
    return hearing.turn().kind == TurnKind::action && hearing.turn().verb == name;
  };
}

// The whole message is one of these words, whatever its case and accents.
Matches says(std::initializer_list<const char*> words) {
  return [words = std::vector<std::string>(words.begin(), words.end())](const Hearing& hearing) {
    if (hearing.turn().kind != TurnKind::text || hearing.turn().text.size() > 40) return false;
    const std::string folded = storage::knowledge::fold(hearing.turn().text);
    return std::find(words.begin(), words.end(), folded) != words.end();
  };
}

Matches starts_with(std::string_view prefix) {
  return [prefix](const Hearing& hearing) {
    return hearing.turn().kind == TurnKind::text && hearing.turn().text.substr(0, prefix.size()) == prefix;
  };
}

Matches arrives() {
  return [](const Hearing& hearing) { return hearing.turn().kind == TurnKind::arrival; };
}

Matches any_text() {
  return [](const Hearing& hearing) { return hearing.turn().kind == TurnKind::text; };
}

Matches means(MessageKind kind) {
  return [kind](const Hearing& hearing) {
    return hearing.turn().kind == TurnKind::text && hearing.understood().kind == kind;
  };
}

Matches wants(Intent intent) {
  return [intent](const Hearing& hearing) {
    return hearing.turn().kind == TurnKind::text && hearing.understood().kind == MessageKind::action &&
           hearing.understood().intent == intent;
  };
}

// The first number of an SS in the text ("SS-2026-0045", "PAO-2026-0003"); "" when there is none.
std::string request_number(const Hearing& hearing) {
  for (const std::string& id : hearing.understood().ids) {
    const bool official = id.rfind("SS-", 0) == 0 && id.size() > 5;
    if (official || id.rfind("PAO-", 0) == 0) return id;
  }
  return "";
}

std::string item_named(const Hearing& hearing) {
  for (const std::string& id : hearing.understood().ids) {
    if (id.rfind("SS-", 0) != 0 && id.rfind("PAO-", 0) != 0) return id;
  }
  return "";
}

Matches wants_request_status() {
  return [](const Hearing& hearing) {
    return wants(Intent::see_status)(hearing) && !request_number(hearing).empty();
  };
}

// ---- What a turn is about, for the guard ----

tl::unexpected<Error> old_card(const char* what) {
  return fail(ErrorCode::invalid, std::string("card names an unknown ") + what,
              "Esta tarjeta ya no es válida. Escriba «ayuda» para ver qué puedo hacer.");
}

Result<std::string> item_process(storage::Session& session, const Reference& reference, const Turn& turn) {
  const auto item = find_recorded_item(session, reference, turn.value("elemento"));
  if (!item) return old_card("item");
  return item->process_id;
}

Result<std::string> chosen_process(storage::Session&, const Reference& reference, const Turn& turn) {
  const procedure::Process* process = reference.process(turn.value("proceso"));
  if (!process) return old_card("process");
  return process->id;
}

Result<std::string> request_process(storage::Session& session, const Reference&, const Turn& turn) {
  const auto request = storage::find_request(session, turn.value("ss"));
  if (!request) return old_card("request");
  return request->process_id;
}

Result<std::string> consult_process(storage::Session& session, const Reference&, const Turn& turn) {
  const auto consult = storage::find_consult(session, turn.value("consulta"));
  if (!consult) return old_card("consult");
  return consult->process_id;
}

// ---- Who may ----

Access anybody() {
  return {.anybody = true};
}
// In the directory; the handler shows each role its own.
Access known() {
  return {};
}
Access may(Action action) {
  return {.action = action};
}
Access may(Action action, Subject subject) {
  return {.action = action, .subject = std::move(subject)};
}

// ---- Handlers that take the turn alone ----

template <class Feature>
Run call(const Feature& feature, Result<Decision> (Feature::*handler)(const Turn&) const) {
  return [&feature, handler](const Hearing& hearing) { return (feature.*handler)(hearing.turn()); };
}

// Whether an order to change something came without naming an SS: then the rule is explained.
bool is_change_order(const Hearing& hearing) {
  const std::string text = " " + storage::knowledge::fold(hearing.turn().text) + " ";
  return text.find(" ss") == std::string::npos && text.find("solicitud") == std::string::npos;
}

}  // namespace

std::vector<Route> make_routes(const Features& f) {
  using help::HelpHandler;
  using progress::ProgressHandler;
  using requests::RequestHandler;
  using status::StatusHandler;
  const auto echo = call(f.help, &HelpHandler::on_echo);
  const auto helped = call(f.help, &HelpHandler::on_help);
  const auto greeted = call(f.help, &HelpHandler::on_arrival);
  const auto asked = [&f](const Hearing& h) { return f.consult.on_question(h.turn(), h.understood()); };
  const auto chosen = call(f.consult, &consult::ConsultHandler::on_choose);
  const auto status_shown = call(f.status, &StatusHandler::on_my_status);
  const auto explained = call(f.status, &StatusHandler::on_explain_due);
  const auto reports = call(f.status, &StatusHandler::on_report_windows);
  const auto progress_listed = [&f](const Hearing& h) {
    return f.progress.on_list(h.turn(), h.turn().value("practica"), h.turn().value("elemento"));
  };
  const auto progress_wanted = [&f](const Hearing& h) {
    return f.progress.on_list(h.turn(), h.understood().practice, item_named(h));
  };
  const auto progress_form = call(f.progress, &ProgressHandler::on_form);
  const auto progress_saved = call(f.progress, &ProgressHandler::on_save);
  const auto request_types = [&f](const Hearing& h) { return f.requests.on_start(h.turn(), false, "", ""); };
  const auto request_wanted = [&f](const Hearing& h) {
    return f.requests.on_start(h.turn(), is_change_order(h), h.turn().text, item_named(h));
  };
  const auto request_form = call(f.requests, &RequestHandler::on_form);
  const auto request_filed = call(f.requests, &RequestHandler::on_file);
  const auto request_endorsed = call(f.requests, &RequestHandler::on_endorse);
  const auto request_seen = [&f](const Hearing& h) {
    return f.requests.on_view(h.turn(), h.turn().value("ss"));
  };
  const auto request_asked = [&f](const Hearing& h) {
    return f.requests.on_view(h.turn(), request_number(h));
  };
  const auto advisor_form = call(f.advisor, &consult::AdvisorHandler::on_form);
  const auto advisor_asked = call(f.advisor, &consult::AdvisorHandler::on_send);
  const auto consult_replied = call(f.advisor, &consult::AdvisorHandler::on_reply);

  const Where any = Where::anywhere, own = Where::personal;
  const Effect reads = Effect::reads, writes = Effect::writes;
  // clang-format off: a table
  return {
      // name               which turns                         who may, in which process where  effect  does
      {"greeting", arrives(), anybody(), any, reads, greeted},
      {"echo", starts_with("eco "), anybody(), any, reads, echo},
      {"echo.button", pressed(verb::echo), anybody(), any, reads, echo},
      {"help", says({"ayuda", "tarjeta", "menu"}), anybody(), any, reads, helped},
      {"help.button", pressed(verb::help), anybody(), any, reads, helped},

      {"consult.choose", pressed(verb::choose_criterion), anybody(), any, reads, chosen},
      {"status.button", pressed(verb::my_status), known(), own, reads, status_shown},
      {"status.why", pressed(verb::explain_due), known(), own, reads, explained},
      {"progress.list", pressed(verb::progress_list), may(Action::record_progress), own, reads,
       progress_listed},
      {"progress.form", pressed(verb::progress_form), may(Action::record_progress, item_process), own, reads,
       progress_form},
      {"progress.save", pressed(verb::progress_save), may(Action::record_progress, item_process), own, writes,
       progress_saved},
      {"request.types", pressed(verb::request_start), may(Action::file_request), own, reads, request_types},
      {"request.form", pressed(verb::request_form), may(Action::file_request), own, reads, request_form},
      {"request.file", pressed(verb::request_file), may(Action::file_request, chosen_process), own, writes,
       request_filed},
      {"request.endorse", pressed(verb::request_endorse), may(Action::endorse_request, request_process), own,
       writes, request_endorsed},
      {"request.view", pressed(verb::request_view), known(), own, reads, request_seen},
      {"advisor.form", pressed(verb::advisor_form), may(Action::ask_advisor), own, reads, advisor_form},
      {"advisor.send", pressed(verb::advisor_send), may(Action::ask_advisor), own, writes, advisor_asked},
      {"consult.reply", pressed(verb::consult_reply), may(Action::answer_consult, consult_process), own,
       writes, consult_replied},

      {"greeting.text", means(MessageKind::greeting), anybody(), any, reads, greeted},
      {"help.text", means(MessageKind::help), anybody(), any, reads, helped},
      {"thanks", means(MessageKind::thanks), anybody(), any, reads, call(f.help, &HelpHandler::on_thanks)},
      {"request.status", wants_request_status(), known(), own, reads, request_asked},
      {"status", wants(Intent::see_status), known(), own, reads, status_shown},
      {"progress.start", wants(Intent::register_progress), may(Action::record_progress), own, reads,
       progress_wanted},
      {"request.start", wants(Intent::open_ss), may(Action::file_request), own, reads, request_wanted},
      {"advisor.start", wants(Intent::talk_to_advisor), may(Action::ask_advisor), own, reads, advisor_form},
      {"report.windows", wants(Intent::validate_report), known(), own, reads, reports},
      {"consult.ask", any_text(), anybody(), any, reads, asked},
  };
  // clang-format on
}

}  // namespace pao::handlers
