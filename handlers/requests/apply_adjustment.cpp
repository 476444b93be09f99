#include "handlers/requests/apply_adjustment.hpp"

#include "cards/report_words.hpp"
#include "cards/texts.hpp"
#include "handlers/report_adjustments.hpp"
#include "handlers/report_lines.hpp"
#include "storage/item_changes_store.hpp"
#include "storage/knowledge/spanish_text.hpp"

#include <algorithm>
#include <utility>

namespace pao::handlers::requests {
namespace {

using procedure::ReportLine;
using procedure::ReportState;
using procedure::ServiceRequest;
using storage::FollowUpReport;

constexpr const char* no_line = "ninguna";

std::string value_of(const std::map<std::string, std::string>& values, const char* name) {
  const auto found = values.find(name);
  if (found == values.end()) return "";
  const std::size_t first = found->second.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return "";
  return found->second.substr(first, found->second.find_last_not_of(" \t\r\n") - first + 1);
}

bool is_over(const FollowUpReport& report) {
  return report.state == ReportState::final_version || report.state == ReportState::published;
}

// The line of the item that the request names, when it is one.
std::string line_meant(const std::vector<ReportLine>& lines, const ServiceRequest& request) {
  std::vector<std::string> meant;
  for (const ReportLine& line : lines) {
    if (line.item_id == request.item_id) meant.push_back(line_value(line));
  }
  return meant.size() == 1 ? meant.front() : "";
}

std::string state_meant(const ServiceRequest& request) {
  const std::string asked = storage::knowledge::fold(request.requested_value);
  for (const auto& [value, title] : cards::line_state_choices()) {
    if (asked == storage::knowledge::fold(title) || asked == value) return value;
  }
  return "";
}

std::optional<procedure::ObligationState> parse_line_state(std::string_view word) {
  const auto& choices = cards::line_state_choices();
  const bool known =
      std::any_of(choices.begin(), choices.end(), [&](const auto& one) { return one.first == word; });
  return known ? procedure::parse_obligation_state(word) : std::nullopt;
}

storage::ItemChange trace(const ServiceRequest& request, const std::string& report_id, const Applied& applied,
                          const std::string& doer_id, Instant now) {
  return {.request_id = request.id,
          .item_id = report_id,
          .field = "reporte",
          .old_value = applied.old_value,
          .new_value = applied.new_value,
          .changed_by = doer_id,
          .changed_at = now};
}

Result<Applied> adjust_line(storage::Session& session, const Reference& reference,
                            const ServiceRequest& request, const FollowUpReport& report,
                            const std::map<std::string, std::string>& values, const std::string& doer_id,
                            Instant now) {
  if (is_over(report)) {
    return fail(
        ErrorCode::refused, "the report is final",
        "El reporte ya es final y sus líneas no cambian. Aplique la solicitud sin línea y agregue una "
        "fe de erratas al reporte.");
  }
  const auto lines = preventive_lines(session, reference, report, now);
  if (!lines) return tl::unexpected<Error>(lines.error());
  const std::string chosen = value_of(values, "linea");
  const auto line = std::find_if(lines->begin(), lines->end(),
                                 [&](const ReportLine& one) { return line_value(one) == chosen; });
  const auto state = parse_line_state(value_of(values, "estado"));
  if (line == lines->end() || !state) {
    return fail(ErrorCode::invalid, "line or state missing", "Elija la línea del reporte y cómo queda.");
  }
  if (*state == line->state) {
    return fail(ErrorCode::invalid, "nothing changes",
                "Esa línea del reporte ya dice eso. Revise cómo queda.");
  }
  storage::save_adjustment(session, {.report_id = report.id,
                                     .practice = line->practice,
                                     .item_id = line->item_id,
                                     .period = line->period,
                                     .state = *state,
                                     .reason = resolution_reason(session, request),
                                     .source = request.id,
                                     .adjusted_by = doer_id,
                                     .at = now});
  return Applied{report.id + ", " + line->item_id + ", " + cards::period_name(line->period),
                 cards::line_state_name(line->state), cards::line_state_name(*state)};
}

}  // namespace

Result<ApplyForm> adjustment_form(storage::Session& session, const Reference& reference,
                                  const ServiceRequest& request, Instant now) {
  ApplyForm form;
  const auto report = contested_report(session, request);
  if (report && !is_over(*report)) {
    const auto lines = preventive_lines(session, reference, *report, now);
    if (!lines) return tl::unexpected<Error>(lines.error());
    form.advice =
        "Elija la línea y cómo queda: el reporte final lo dirá, con el motivo de la decisión. Si no cambia "
        "una línea, escriba qué decía el reporte y qué dice ahora.";
    auto choices = line_choices(*lines);
    choices.insert(choices.begin(), {no_line, "Ninguna: cambia otra parte del reporte"});
    form.fields = {
        {.name = "linea", .value = line_meant(*lines, request), .label = "Línea", .choices = choices},
        {.name = "estado",
         .required = false,
         .value = state_meant(request),
         .label = "Queda como",
         .choices = cards::line_state_choices()}};
  } else {
    form.advice = "Deje constancia de lo que decía el reporte y de lo que dice ahora.";
  }
  form.fields.push_back({.name = "valor_anterior",
                         .required = form.fields.empty(),
                         .value = request.current_value,
                         .label = "Qué decía el reporte"});
  form.fields.push_back({.name = "valor_nuevo",
                         .required = form.fields.size() == 1,
                         .value = request.requested_value,
                         .label = "Qué dice ahora"});
  return form;
}

Result<Applied> apply_adjustment(storage::Session& session, const Reference& reference,
                                 const ServiceRequest& request,
                                 const std::map<std::string, std::string>& values, const std::string& doer_id,
                                 Instant now) {
  const auto report = contested_report(session, request);
  const std::string chosen = value_of(values, "linea");
  if (report && !chosen.empty() && chosen != no_line) {
    Result<Applied> applied = adjust_line(session, reference, request, *report, values, doer_id, now);
    if (applied) storage::note_change(session, trace(request, report->id, *applied, doer_id, now));
    return applied;
  }
  if (report && !is_over(*report) && chosen.empty()) {
    return fail(ErrorCode::invalid, "no line chosen",
                "Elija la línea del reporte que cambia, o «Ninguna» si cambia otra parte.");
  }
  Applied applied{"Reporte de seguimiento", value_of(values, "valor_anterior"),
                  value_of(values, "valor_nuevo")};
  if (applied.old_value.empty() || applied.new_value.empty()) {
    return fail(ErrorCode::invalid, "report adjustment without values",
                "Escriba qué decía el reporte y qué dice ahora.");
  }
  storage::note_change(session, trace(request, report ? report->id : "", applied, doer_id, now));
  return applied;
}

}  // namespace pao::handlers::requests
