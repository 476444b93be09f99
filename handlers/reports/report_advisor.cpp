#include "handlers/reports/report_advisor.hpp"

#include "cards/report_card.hpp"
#include "cards/texts.hpp"
#include "handlers/period_control.hpp"
#include "handlers/procedure/characters.hpp"
#include "handlers/report_adjustments.hpp"
#include "handlers/reports/report_turns.hpp"
#include "handlers/reports/report_views.hpp"
#include "handlers/reports/transitions.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers::reports {
namespace {

using procedure::ReportEvent;
using procedure::ReportState;
using storage::FollowUpReport;

constexpr std::size_t max_text_bytes = 4000;

Result<Reply> reply_with_card(storage::Session& session, const Reference& reference,
                              const FollowUpReport& report, const Turn& turn, Trace trace) {
  Result<cards::Card> card = card_of(session, reference, report, *turn.person, turn.at);
  if (!card) return tl::unexpected<Error>(card.error());
  trace.fields.emplace("report", report.id);
  return Reply{.content = {.card = std::move(*card)}, .trace = std::move(trace)};
}

}  // namespace

Result<Decision> ReportAdvisor::on_edit(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    const Result<FollowUpReport> report = report_named(session, turn.value("reporte"));
    if (!report) return tl::unexpected<Error>(report.error());
    if (!is_editable(report->state)) return not_editable();
    Result<Reply> reply = reply_with_editor(session, *reference, *report, "report_editor", turn.at);
    if (!reply) return tl::unexpected<Error>(reply.error());
    return Decision(std::move(*reply));
  });
}

Result<Decision> ReportAdvisor::on_save(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](storage::Session& session) -> Result<Reply> {
    Result<FollowUpReport> report = report_named(session, turn.value("reporte"));
    if (!report) return tl::unexpected<Error>(report.error());
    if (!is_editable(report->state)) return not_editable();
    if (report->state != ReportState::draft) {
      return fail(ErrorCode::conflict, "the text of a sent report leaves with its next version",
                  "Este reporte ya se envió. El texto nuevo sale con «Reenviar al proceso».");
    }
    report->introduction = std::string(turn.value("introduccion"));
    const auto stored = storage::update_report(session, *report, report->state, report->version);
    if (!stored) return tl::unexpected<Error>(stored.error());
    return reply_with_editor(session, *reference, *report, "report_saved", turn.at);
  });
}

Result<Decision> ReportAdvisor::on_send(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](storage::Session& session) -> Result<Reply> {
    Result<FollowUpReport> report = report_named(session, turn.value("reporte"));
    if (!report) return tl::unexpected<Error>(report.error());
    const int version = report->state == ReportState::draft ? 0 : report->version;
    if (turn.value("version") != std::to_string(version)) {
      return fail(ErrorCode::conflict, "another version was sent meanwhile",
                  "Este reporte cambió después de abrir la tarjeta. Ábralo de nuevo antes de enviarlo.");
    }
    if (turn.values.contains("introduccion")) report->introduction = std::string(turn.value("introduccion"));
    // What was typed is shown again with the reasons, where it can be corrected; kept while nobody else has
    // the report.
    const char* blocked = !language_problems(session, *report).empty() ? "report_language_refused"
                          : unconfirmed_verification(session, *reference, report->process_id, report->cycle)
                              ? "report_control_missing"
                              : nullptr;
    if (is_editable(report->state) && blocked) {
      if (report->state == ReportState::draft) {
        const auto stored = storage::update_report(session, *report, report->state, report->version);
        if (!stored) return tl::unexpected<Error>(stored.error());
      }
      return reply_with_editor(session, *reference, *report, blocked, turn.at);
    }
    const Result<Sent> sent = send_preventive(session, *reference, *report, turn.person->id, turn.at);
    if (!sent) return tl::unexpected<Error>(sent.error());
    const std::string people = sent->people == 1 ? "1 persona" : std::to_string(sent->people) + " personas";
    return Reply{.content = {.card = cards::report_notice_card(
                                 "Reporte enviado",
                                 "Se envió " + report_words(*reference, *report) + " a " + people +
                                     ". El plazo va hasta el " + cards::long_date(*report->deadline_on) + ".",
                                 report->id)},
                 .trace = {.outcome = "report_sent",
                           .fields = {{"report", report->id},
                                      {"version", std::to_string(report->version)},
                                      {"deadline", iso_date(*report->deadline_on)},
                                      {"calendar", report->calendar},
                                      {"people", std::to_string(sent->people)},
                                      {"from", sent->from},
                                      {"to", std::string(procedure::to_word(report->state))}}}};
  });
}

Result<Decision> ReportAdvisor::on_resolve(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](storage::Session& session) -> Result<Reply> {
    auto response = storage::find_response(session, turn.value("respuesta"));
    Result<FollowUpReport> report = report_named(session, response ? response->report_id : "");
    if (!report) return tl::unexpected<Error>(report.error());
    const std::string decision(turn.value("decision"));
    const bool known = decision == "aceptada" || decision == "aceptada_en_parte" || decision == "rechazada";
    if (!known) return fail(ErrorCode::invalid, "no such decision", "Elija una decisión.");
    if (procedure::is_blank(turn.value("motivo"))) {
      return fail(ErrorCode::invalid, "no reason", "Explique por qué: el reporte final lo dice.");
    }
    if (response->person_id == turn.person->id) {
      return fail(ErrorCode::refused, "nobody decides what he or she filed",
                  "Usted presentó esta justificación. La decide otra persona.");
    }
    if (response->kind != procedure::ResponseKind::justified) {
      return fail(ErrorCode::invalid, "only a justification is decided here", "Elija una justificación.");
    }
    response->resolution = decision;
    response->resolution_reason = cards::shorten(turn.value("motivo"), max_text_bytes);
    response->resolved_by = turn.person->id;
    response->resolved_at = turn.at;
    if (!storage::resolve_response(session, *response)) {
      return fail(ErrorCode::conflict, "resolved before", "Esta justificación ya tiene una decisión.");
    }
    const Result<std::string> from = advance(session, *reference, *report, ReportEvent::resolve, turn.at);
    if (!from) return tl::unexpected<Error>(from.error());
    auto reply = reply_with_card(session, *reference, *report, turn,
                                 {.outcome = "justification_resolved",
                                  .fields = {{"response", response->id},
                                             {"decision", decision},
                                             {"from", *from},
                                             {"to", std::string(procedure::to_word(report->state))}}});
    if (reply) {
      tell_others(session, *reference, *report, turn, "resolved:" + response->id,
                  "El asesor decidió la justificación " + response->id + ". Decisión: " +
                      (decision == "aceptada_en_parte" ? "aceptada en parte" : decision) + ".",
                  *reply);
    }
    return reply;
  });
}

Result<Decision> ReportAdvisor::on_settle(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](storage::Session& session) -> Result<Reply> {
    Result<FollowUpReport> report = report_named(session, turn.value("reporte"));
    if (!report) return tl::unexpected<Error>(report.error());
    const procedure::OpenMatters open = open_matters(session, *report);
    if (open.open_adjustments > 0 || open.pending_justifications > 0) {
      return fail(
          ErrorCode::refused, "something is still open",
          "Todavía hay justificaciones o SS-4 con un paso pendiente. La tarjeta del reporte dice cuál.");
    }
    const Result<std::string> from = advance(session, *reference, *report, ReportEvent::resolve, turn.at);
    if (!from) return tl::unexpected<Error>(from.error());
    return reply_with_card(
        session, *reference, *report, turn,
        {.outcome = "report_final",
         .fields = {{"from", *from}, {"to", std::string(procedure::to_word(report->state))}}});
  });
}

Result<Decision> ReportAdvisor::on_publish(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](storage::Session& session) -> Result<Reply> {
    Result<FollowUpReport> report = report_named(session, turn.value("reporte"));
    if (!report) return tl::unexpected<Error>(report.error());
    const Result<Sent> sent = publish(session, *reference, *report, turn.person->id, turn.at);
    if (!sent) return tl::unexpected<Error>(sent.error());
    const auto publication = storage::find_publication(session, report->id);
    return reply_with_card(session, *reference, *report, turn,
                           {.outcome = "report_published",
                            .fields = {{"fingerprint", publication ? publication->fingerprint : ""},
                                       {"people", std::to_string(sent->people)},
                                       {"from", sent->from},
                                       {"to", std::string(procedure::to_word(report->state))}}});
  });
}

Result<Decision> ReportAdvisor::on_erratum(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](storage::Session& session) -> Result<Reply> {
    const Result<FollowUpReport> report = report_named(session, turn.value("reporte"));
    if (!report) return tl::unexpected<Error>(report.error());
    const auto allowed = procedure::next_state(report->state, ReportEvent::add_erratum, {});
    if (!allowed) return tl::unexpected<Error>(allowed.error());
    if (procedure::is_blank(turn.value("texto"))) {
      return fail(ErrorCode::invalid, "no text", "Escriba qué dice el reporte y qué debe decir.");
    }
    const auto erratum =
        storage::add_erratum(session, {.report_id = report->id,
                                       .text = cards::shorten(turn.value("texto"), max_text_bytes),
                                       .written_by = turn.person->id,
                                       .at = turn.at});
    auto reply = reply_with_card(
        session, *reference, *report, turn,
        {.outcome = "erratum_added", .fields = {{"erratum", std::to_string(erratum.number)}}});
    if (reply) {
      tell_others(session, *reference, *report, turn, "erratum:" + std::to_string(erratum.number),
                  "Se agregó una fe de erratas a " + report_words(*reference, *report) + ".", *reply);
    }
    return reply;
  });
}

}  // namespace pao::handlers::reports
