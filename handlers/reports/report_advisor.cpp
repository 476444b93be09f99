#include "handlers/reports/report_advisor.hpp"

#include "cards/report_card.hpp"
#include "cards/texts.hpp"
#include "handlers/procedure/plain_language.hpp"
#include "handlers/reports/report_model.hpp"
#include "handlers/reports/report_turns.hpp"
#include "handlers/reports/report_views.hpp"
#include "handlers/reports/transitions.hpp"
#include "storage/people_store.hpp"
#include "storage/recommendations_store.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers::reports {
namespace {

using procedure::RecommendationState;
using procedure::ReportEvent;
using procedure::ReportState;
using storage::FollowUpReport;
using storage::Recommendation;

constexpr std::size_t max_text_bytes = 4000;

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool is_editable(ReportState state) {
  return state == ReportState::draft || procedure::awaits_answers(state);
}

tl::unexpected<Error> not_editable() {
  return fail(ErrorCode::refused, "the report can no longer be edited",
              "Este reporte ya no se edita. Si ya se publicó, agregue una fe de erratas.");
}

Result<cards::Card> editor(storage::Session& session, const Reference& reference,
                           const FollowUpReport& report, Instant now) {
  auto model = build_model(session, reference, report, procedure::ReportKind::preventive, now);
  if (!model) return tl::unexpected<Error>(model.error());
  return cards::report_edit_card(edit_view(session, reference, report, std::move(*model)));
}

Result<Reply> reply_with_editor(storage::Session& session, const Reference& reference,
                                const FollowUpReport& report, const char* outcome, Instant now) {
  Result<cards::Card> card = editor(session, reference, report, now);
  if (!card) return tl::unexpected<Error>(card.error());
  return Reply{.content = {.card = std::move(*card)},
               .trace = {.outcome = outcome, .fields = {{"report", report.id}}}};
}

Result<Reply> reply_with_card(storage::Session& session, const Reference& reference,
                              const FollowUpReport& report, const Turn& turn, Trace trace) {
  Result<cards::Card> card = card_of(session, reference, report, *turn.person, turn.at);
  if (!card) return tl::unexpected<Error>(card.error());
  trace.fields.emplace("report", report.id);
  return Reply{.content = {.card = std::move(*card)}, .trace = std::move(trace)};
}

std::vector<std::pair<std::string, std::string>> practices_of(const Reference& reference) {
  std::vector<std::pair<std::string, std::string>> choices;
  for (const procedure::PracticeRules& rules : reference.rules) {
    choices.emplace_back(rules.practice, cards::practice_name(rules.practice));
  }
  return choices;
}

procedure::ReportRecommendation shown(const Recommendation& one) {
  return {one.id,    one.practice,       one.observed, one.suggestion,      one.target_on,
          one.state, one.improvement_id, one.reason,   one.advisor_comment, one.reiterates};
}

// The draft recommendation that the card names, with its report; nobody edits what was sent.
Result<std::pair<Recommendation, FollowUpReport>> draft_named(storage::Session& session,
                                                              std::string_view id) {
  const auto one = storage::find_recommendation(session, id);
  Result<FollowUpReport> report = report_named(session, one ? one->report_id : "");
  if (!report) return tl::unexpected<Error>(report.error());
  if (one->state != RecommendationState::draft) return not_editable();
  return std::pair(*one, std::move(*report));
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
    report->introduction = std::string(turn.value("introduccion"));
    const auto stored = storage::update_report(session, *report, report->state, report->version);
    if (!stored) return tl::unexpected<Error>(stored.error());
    return reply_with_editor(session, *reference, *report, "report_saved", turn.at);
  });
}

Result<Decision> ReportAdvisor::on_recommendation_edit(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return database_.read([&](storage::Session& session) -> Result<Decision> {
    const Result<FollowUpReport> report = report_named(session, turn.value("reporte"));
    if (!report) return tl::unexpected<Error>(report.error());
    procedure::ReportRecommendation one;
    if (!turn.value("recomendacion").empty()) {
      auto named = draft_named(session, turn.value("recomendacion"));
      if (!named) return tl::unexpected<Error>(named.error());
      one = shown(named->first);
    }
    return Decision(Reply{
        .content = {.card = cards::recommendation_edit_card(report->id, one, practices_of(*reference), {})},
        .trace = {.outcome = "recommendation_editor", .fields = {{"report", report->id}}}});
  });
}

Result<Decision> ReportAdvisor::on_recommendation_save(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](storage::Session& session) -> Result<Reply> {
    const Result<FollowUpReport> report = report_named(session, turn.value("reporte"));
    if (!report) return tl::unexpected<Error>(report.error());
    if (!is_editable(report->state)) return not_editable();
    Recommendation one{.report_id = report->id, .process_id = report->process_id};
    const bool is_new = turn.value("recomendacion").empty();
    if (!is_new) {
      auto named = draft_named(session, turn.value("recomendacion"));
      if (!named) return tl::unexpected<Error>(named.error());
      if (named->second.id != report->id) return tl::unexpected<Error>(report_named(session, "").error());
      one = std::move(named->first);
    }
    one.practice = std::string(turn.value("practica"));
    one.observed = std::string(turn.value("observado"));
    one.suggestion = std::string(turn.value("sugerencia"));
    one.target_on = parse_date(turn.value("fecha"));
    std::vector<std::string> problems;
    if (!reference->rules_of(one.practice)) problems.push_back("Elija la práctica.");
    for (const auto& problem : procedure::check_recommendation(one.observed, one.suggestion, one.target_on)) {
      problems.push_back(problem.sentence);
    }
    if (!problems.empty()) {
      return Reply{.content = {.card = cards::recommendation_edit_card(report->id, shown(one),
                                                                       practices_of(*reference), problems)},
                   .trace = {.outcome = "recommendation_refused", .fields = {{"report", report->id}}}};
    }
    if (is_new) {
      one = storage::add_recommendation(session, one, report->cycle);
    } else if (const auto stored = storage::update_recommendation(session, one, RecommendationState::draft);
               !stored) {
      return tl::unexpected<Error>(stored.error());
    }
    return reply_with_editor(session, *reference, *report, "recommendation_saved", turn.at);
  });
}

Result<Decision> ReportAdvisor::on_recommendation_remove(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](storage::Session& session) -> Result<Reply> {
    const auto named = draft_named(session, turn.value("recomendacion"));
    if (!named) return tl::unexpected<Error>(named.error());
    if (!storage::remove_recommendation(session, named->first.id)) return not_editable();
    return reply_with_editor(session, *reference, named->second, "recommendation_removed", turn.at);
  });
}

Result<Decision> ReportAdvisor::on_recommendation_comment(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](storage::Session& session) -> Result<Reply> {
    auto one = storage::find_recommendation(session, turn.value("recomendacion"));
    const Result<FollowUpReport> report = report_named(session, one ? one->report_id : "");
    if (!report) return tl::unexpected<Error>(report.error());
    if (one->state != RecommendationState::not_applicable || report->state == ReportState::published) {
      return fail(ErrorCode::refused, "no comment is asked for",
                  "El comentario es para recomendaciones que el proceso marcó «no procede».");
    }
    one->advisor_comment = std::string(turn.value("comentario"));
    if (is_blank(one->advisor_comment))
      return fail(ErrorCode::invalid, "no comment", "Escriba su comentario.");
    const auto stored = storage::update_recommendation(session, *one, one->state);
    if (!stored) return tl::unexpected<Error>(stored.error());
    return Reply{.content = {.card = cards::recommendations_card(
                                 "De " + report_words(*reference, *report) + ".",
                                 recommendation_views(session, *reference, *report, false, turn.at))},
                 .trace = {.outcome = "recommendation_commented", .fields = {{"recommendation", one->id}}}};
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
    // What was typed is kept, and the reasons are shown where they can be corrected.
    if (is_editable(report->state) && !language_problems(session, *report).empty()) {
      const auto stored = storage::update_report(session, *report, report->state, report->version);
      if (!stored) return tl::unexpected<Error>(stored.error());
      return reply_with_editor(session, *reference, *report, "report_language_refused", turn.at);
    }
    const Result<Sent> sent = send_preventive(session, *reference, *report, turn.person->id, turn.at);
    if (!sent) return tl::unexpected<Error>(sent.error());
    const std::string people = sent->people == 1 ? "1 persona" : std::to_string(sent->people) + " personas";
    return Reply{.content = {.card = cards::report_notice_card(
                                 "Reporte enviado",
                                 "Se envió " + report_words(*reference, *report) + " a " + people +
                                     ", por Teams y por correo. El plazo va hasta el " +
                                     cards::long_date(*report->deadline_on) + ".",
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
    if (is_blank(turn.value("motivo"))) {
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
    response->resolution_reason = std::string(turn.value("motivo").substr(0, max_text_bytes));
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

Result<Decision> ReportAdvisor::on_adjust(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](storage::Session& session) -> Result<Reply> {
    const Result<FollowUpReport> report = report_named(session, turn.value("reporte"));
    if (!report) return tl::unexpected<Error>(report.error());
    if (report->state != ReportState::in_adjustment) {
      return fail(ErrorCode::refused, "adjusting outside in_adjustment",
                  "Las líneas se ajustan cuando la validación cerró y antes del reporte final.");
    }
    // Only an approved SS-4 of this report changes a line.
    const auto requests = adjustment_requests(session, *report);
    const bool approved = std::any_of(requests.begin(), requests.end(), [&](const auto& request) {
      return request.id == turn.value("ss") && is_approved(request);
    });
    if (!approved) {
      return fail(ErrorCode::refused, "not an approved SS-4 of this report",
                  "Una línea solo se ajusta por una SS-4 aprobada de este reporte.");
    }
    const auto lines = preventive_lines(session, *reference, *report, turn.at);
    if (!lines) return tl::unexpected<Error>(lines.error());
    const auto line = std::find_if(lines->begin(), lines->end(), [&](const procedure::ReportLine& one) {
      return line_value(one) == turn.value("linea");
    });
    const auto state = procedure::parse_obligation_state(turn.value("estado"));
    if (line == lines->end() || !state || is_blank(turn.value("motivo"))) {
      return fail(ErrorCode::invalid, "line, state or reason missing",
                  "Elija la línea y cómo queda, y escriba qué muestra la evidencia.");
    }
    storage::save_adjustment(session, {.report_id = report->id,
                                       .practice = line->practice,
                                       .item_id = line->item_id,
                                       .period = line->period,
                                       .state = *state,
                                       .reason = std::string(turn.value("motivo").substr(0, max_text_bytes)),
                                       .source = std::string(turn.value("ss")),
                                       .adjusted_by = turn.person->id,
                                       .at = turn.at});
    return reply_with_card(session, *reference, *report, turn,
                           {.outcome = "report_adjusted",
                            .fields = {{"line", line_value(*line)},
                                       {"request", std::string(turn.value("ss"))},
                                       {"from", std::string(procedure::to_word(line->state))},
                                       {"to", std::string(procedure::to_word(*state))}}});
  });
}

Result<Decision> ReportAdvisor::on_settle(const Turn& turn) const {
  const std::shared_ptr<const Reference> reference = reference_.current();
  return Decision::storing([reference, turn](storage::Session& session) -> Result<Reply> {
    Result<FollowUpReport> report = report_named(session, turn.value("reporte"));
    if (!report) return tl::unexpected<Error>(report.error());
    const procedure::OpenMatters open = open_matters(session, *report);
    if (open.open_adjustments > 0 || open.pending_justifications > 0) {
      return fail(ErrorCode::refused, "something is still open",
                  "Todavía hay justificaciones o SS-4 sin decidir. Decídalas antes del reporte final.");
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
    if (is_blank(turn.value("texto"))) {
      return fail(ErrorCode::invalid, "no text", "Escriba qué dice el reporte y qué debe decir.");
    }
    const auto erratum =
        storage::add_erratum(session, {.report_id = report->id,
                                       .text = std::string(turn.value("texto").substr(0, max_text_bytes)),
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
