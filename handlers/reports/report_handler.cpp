#include "handlers/reports/report_handler.hpp"

#include "cards/report_card.hpp"
#include "cards/report_words.hpp"
#include "cards/texts.hpp"
#include "handlers/oversight_reading.hpp"
#include "handlers/procedure/characters.hpp"
#include "handlers/procedure/service_level.hpp"
#include "handlers/report_adjustments.hpp"
#include "handlers/report_lines.hpp"
#include "handlers/reports/report_model.hpp"
#include "handlers/reports/report_turns.hpp"
#include "handlers/reports/report_views.hpp"
#include "handlers/reports/transitions.hpp"
#include "handlers/subjects.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers::reports {
namespace {

using procedure::ReportEvent;
using procedure::ReportState;
using procedure::ResponseKind;
using storage::FollowUpReport;

constexpr std::size_t most_reports_a_process = 3;

cards::ReportRow row_of(const Reference& reference, const FollowUpReport& report, Instant now) {
  cards::ReportRow row{.id = report.id,
                       .process_name = reference.process_name(report.process_id),
                       .cycle = report.cycle,
                       .state = cards::report_state_name(report.state)};
  if (is_window_open(report, now)) {
    row.detail = cards::due_phrase(
        *report.deadline_on,
        procedure::business_days_left(*report.deadline_on, local_date(now), reference.calendar));
  }
  return row;
}

// What to do first comes first.
int urgency(const FollowUpReport& report, Instant now) {
  if (is_window_open(report, now)) return 1;
  switch (report.state) {
    case ReportState::draft:
    case ReportState::in_adjustment:
      return 0;
    case ReportState::final_version:
      return 2;
    default:
      return 3;
  }
}

Result<std::string> split_line(std::string_view value, storage::ReportResponse& response) {
  if (value.empty() || value == "todo") return std::string();
  const auto first = value.find('|'), second = value.rfind('|');
  if (first == std::string_view::npos || first == second) {
    return fail(ErrorCode::invalid, "not a line of a report", "Elija sobre qué línea es la justificación.");
  }
  response.practice = std::string(value.substr(0, first));
  response.item_id = std::string(value.substr(first + 1, second - first - 1));
  response.period = std::string(value.substr(second + 1));
  return std::string(value);
}

// The whole report, or one of its lines.
std::vector<std::pair<std::string, std::string>> justifiable(
    const std::vector<procedure::ReportLine>& lines) {
  auto choices = line_choices(lines);
  choices.insert(choices.begin(), {"todo", "Todo el reporte"});
  return choices;
}

}  // namespace

Result<Decision> ReportHandler::on_list(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  const std::string only = process_in(*reference, turn.text);
  auto found = database_.read([&](storage::Session& session) {
    std::vector<FollowUpReport> reports;
    for (const procedure::Process& process : reference->processes) {
      if (!only.empty() && process.id != only) continue;
      std::size_t taken = 0;
      for (FollowUpReport& report : storage::reports_of(session, process.id)) {
        if (taken == most_reports_a_process || !may_see(turn, report)) continue;
        ++taken;
        reports.push_back(std::move(report));
      }
    }
    return reports;
  });
  if (!found) return tl::unexpected<Error>(found.error());
  std::stable_sort(found->begin(), found->end(),
                   [&](const FollowUpReport& left, const FollowUpReport& right) {
                     return urgency(left, turn.at) < urgency(right, turn.at);
                   });
  std::vector<cards::ReportRow> rows;
  int open = 0;
  for (const FollowUpReport& report : *found) {
    rows.push_back(row_of(*reference, report, turn.at));
    open += is_window_open(report, turn.at);
  }
  const std::string intro = rows.empty() ? "No hay reportes de seguimiento que usted pueda ver."
                            : open == 0  ? "Ninguno está en validación en este momento."
                            : open == 1  ? "Uno está en validación."
                                         : std::to_string(open) + " están en validación.";
  return keep_reading(
      turn,
      Reply{.content = {.card = cards::report_list_card("Reportes de seguimiento", intro, rows)},
            .trace = {.outcome = "report_windows_shown", .fields = {{"open", std::to_string(open)}}}},
      {.what = "lista de reportes", .process_id = only});
}

Result<Decision> ReportHandler::on_view(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    const Result<FollowUpReport> report = report_named(session, turn.value("reporte"));
    if (!report) return tl::unexpected<Error>(report.error());
    if (!may_see(turn, *report)) return tl::unexpected<Error>(report_named(session, "").error());
    Result<cards::Card> card = card_of(session, *reference, *report, *turn.person, turn.at);
    if (!card) return tl::unexpected<Error>(card.error());
    return keep_reading(turn,
                        Reply{.content = {.card = std::move(*card)},
                              .trace = {.outcome = "report_shown", .fields = {{"report", report->id}}}},
                        {.what = "reporte", .process_id = report->process_id, .item_id = report->id});
  });
}

Result<Decision> ReportHandler::on_final(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    const Result<FollowUpReport> report = report_named(session, turn.value("reporte"));
    if (!report) return tl::unexpected<Error>(report.error());
    if (!may_see(turn, *report)) return tl::unexpected<Error>(report_named(session, "").error());
    auto view =
        card_view(session, *reference, *report, procedure::ReportKind::final_report, *turn.person, turn.at);
    if (!view) return tl::unexpected<Error>(view.error());
    const bool still_open = procedure::awaits_answers(report->state);
    cards::Card card =
        still_open && view->is_advisor
            ? cards::report_resolve_card(resolve_view(session, *report, std::move(view->report)))
            : cards::final_report_card(*view);
    return keep_reading(turn,
                        Reply{.content = {.card = std::move(card)},
                              .trace = {.outcome = "report_shown", .fields = {{"report", report->id}}}},
                        {.what = "reporte", .process_id = report->process_id, .item_id = report->id});
  });
}

Result<Decision> ReportHandler::on_accept(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](storage::Session& session) -> Result<Reply> {
    Result<FollowUpReport> report = open_report(session, turn);
    if (!report) return tl::unexpected<Error>(report.error());
    const procedure::Role role = role_in(*reference, *report, *turn.person);
    const bool leads = role == procedure::Role::leader;
    const auto open = open_matters(session, *report);
    const ReportEvent event = leads ? ReportEvent::accept_as_leader : ReportEvent::accept_as_liaison;
    // Asked before the response is stored, so that a refusal leaves nothing.
    const auto allowed = procedure::next_state(report->state, event, open);
    if (!allowed) return tl::unexpected<Error>(allowed.error());
    const storage::ReportResponse said = storage::add_response(session, {.report_id = report->id,
                                                                         .version = report->version,
                                                                         .kind = ResponseKind::accepted,
                                                                         .person_id = turn.person->id,
                                                                         .role = role,
                                                                         .at = turn.at});
    report->responded_on = local_date(turn.at);
    const Result<std::string> from = advance(session, *reference, *report, event, turn.at);
    if (!from) return tl::unexpected<Error>(from.error());
    const std::string words = report_words(*reference, *report);
    const std::string sentence =
        !leads ? "Su aceptación de " + words + " quedó registrada. Se espera la respuesta del líder."
        : report->state == ReportState::final_version
            ? "Usted aceptó " + words + ". La validación cerró y el reporte pasa a final."
            : "Usted aceptó " + words + ". El asesor resuelve lo que está pendiente.";
    Reply reply{.content = {.card = cards::report_notice_card(
                                "Reporte aceptado", sentence + " Las recomendaciones se responden aparte.",
                                report->id)},
                .trace = {.outcome = "report_accepted",
                          .fields = {{"report", report->id},
                                     {"response", said.id},
                                     {"from", *from},
                                     {"to", std::string(procedure::to_word(report->state))}}}};
    tell_others(session, *reference, *report, turn, said.id,
                turn.person->name + " aceptó " + words + (leads ? ", como líder." : ", como enlace."), reply);
    return reply;
  });
}

Result<Decision> ReportHandler::on_justify_form(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    const Result<FollowUpReport> report = open_report(session, turn);
    if (!report) return tl::unexpected<Error>(report.error());
    const auto lines = preventive_lines(session, *reference, *report, turn.at);
    if (!lines) return tl::unexpected<Error>(lines.error());
    return Decision(Reply{.content = {.card = cards::report_justify_card(
                                          {.report_id = report->id,
                                           .version = report->version,
                                           .title = "Sobre " + report_words(*reference, *report) + ".",
                                           .lines = justifiable(*lines)})},
                          .trace = {.outcome = "report_justify_form", .fields = {{"report", report->id}}}});
  });
}

Result<Decision> ReportHandler::on_justify(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](storage::Session& session) -> Result<Reply> {
    Result<FollowUpReport> report = open_report(session, turn);
    if (!report) return tl::unexpected<Error>(report.error());
    const auto allowed = procedure::next_state(report->state, ReportEvent::justify, {});
    if (!allowed) return tl::unexpected<Error>(allowed.error());
    storage::ReportResponse response{.report_id = report->id,
                                     .version = report->version,
                                     .kind = ResponseKind::justified,
                                     .person_id = turn.person->id,
                                     .role = role_in(*reference, *report, *turn.person),
                                     .text = std::string(turn.value("texto")),
                                     .evidence = std::string(turn.value("evidencia")),
                                     .at = turn.at};
    const auto lines = preventive_lines(session, *reference, *report, turn.at);
    if (!lines) return tl::unexpected<Error>(lines.error());
    const Result<std::string> line = split_line(turn.value("linea"), response);
    if (!line) return tl::unexpected<Error>(line.error());
    const bool known = line->empty() || std::any_of(lines->begin(), lines->end(), [&](const auto& one) {
                         return line_value(one) == *line;
                       });
    if (!known || procedure::is_blank(response.text) || procedure::is_blank(response.evidence)) {
      // C-09: nothing is stored, and what was typed is not lost.
      const char* problem = !known ? "Elija una línea de este reporte."
                            : procedure::is_blank(response.text)
                                ? "Escriba qué pasó."
                                : "Falta la evidencia. Sin ella no se puede justificar.";
      return Reply{.content = {.card = cards::report_justify_card(
                                   {.report_id = report->id,
                                    .version = report->version,
                                    .title = "Sobre " + report_words(*reference, *report) + ".",
                                    .lines = justifiable(*lines),
                                    .text = response.text,
                                    .evidence = response.evidence,
                                    .line = std::string(turn.value("linea")),
                                    .problem = problem})},
                   .trace = {.outcome = "report_justification_refused", .fields = {{"report", report->id}}}};
    }
    response = storage::add_response(session, response);
    report->responded_on = local_date(turn.at);
    const Result<std::string> from = advance(session, *reference, *report, ReportEvent::justify, turn.at);
    if (!from) return tl::unexpected<Error>(from.error());
    const std::string words = report_words(*reference, *report);
    Reply reply{
        .content = {.card = cards::report_notice_card(
                        "Justificación recibida: " + response.id,
                        "Quedó con " + words +
                            ". Su asesor la revisa y le cuenta qué decidió. Si la evidencia es un archivo, "
                            "envíelo por este chat y vincúlelo a esta justificación.",
                        report->id)},
        .trace = {.outcome = "report_justified",
                  .fields = {{"report", report->id},
                             {"response", response.id},
                             {"line", *line},
                             {"from", *from},
                             {"to", std::string(procedure::to_word(report->state))}}}};
    tell_others(session, *reference, *report, turn, response.id,
                turn.person->name + " justificó con evidencia " + words + ".", reply);
    return reply;
  });
}

}  // namespace pao::handlers::reports
