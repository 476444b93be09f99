#include "handlers/reports/report_turns.hpp"

#include "cards/report_card.hpp"
#include "cards/texts.hpp"
#include "handlers/report_reading.hpp"
#include "handlers/reports/report_model.hpp"
#include "handlers/reports/report_views.hpp"
#include "handlers/reports/transitions.hpp"
#include "storage/people_store.hpp"

#include <algorithm>

namespace pao::handlers::reports {

using procedure::ReportState;
using storage::FollowUpReport;

Result<FollowUpReport> report_named(storage::Session& session, std::string_view id) {
  std::optional<FollowUpReport> report = storage::find_report(session, id);
  if (report) return *std::move(report);
  return fail(ErrorCode::invalid, "card names an unknown report",
              "Esta tarjeta ya no es válida. Escriba «reportes» para ver los suyos.");
}

Result<FollowUpReport> open_report(storage::Session& session, const Turn& turn) {
  Result<FollowUpReport> report = report_named(session, turn.value("reporte"));
  if (!report) return report;
  if (report->deadline_on && !procedure::is_in_time(*report->deadline_on, turn.at)) {
    return fail(ErrorCode::refused, "the validation window has closed",
                "El plazo para responder este reporte venció el " + cards::long_date(*report->deadline_on) +
                    " a las 11:59 p. m. Si algo debe cambiar, use otra solicitud SS; se tendrá en cuenta en "
                    "el siguiente reporte.");
  }
  const std::string_view version = turn.value("version");
  if (!version.empty() && version != std::to_string(report->version)) {
    return fail(ErrorCode::conflict, "the report was replaced by a newer version",
                "Hay una versión nueva de este reporte, con un plazo nuevo. Escriba «reportes» para verla.");
  }
  return report;
}

bool may_see(const Turn& turn, const FollowUpReport& report) {
  return may_read(*turn.person, report, local_date(turn.at));
}

bool is_editable(ReportState state) {
  return state == ReportState::draft || procedure::awaits_answers(state);
}

tl::unexpected<Error> not_editable() {
  return fail(ErrorCode::refused, "the report can no longer be edited",
              "Este reporte ya no se edita. Si ya se publicó, agregue una fe de erratas.");
}

Result<Reply> reply_with_editor(storage::Session& session, const Reference& reference,
                                const FollowUpReport& report, const char* outcome, Instant now) {
  auto model = build_model(session, reference, report, procedure::ReportKind::preventive, now);
  if (!model) return tl::unexpected<Error>(model.error());
  return Reply{
      .content = {.card = cards::report_edit_card(edit_view(session, reference, report, std::move(*model)))},
      .trace = {.outcome = outcome, .fields = {{"report", report.id}}}};
}

std::string report_words(const Reference& reference, const FollowUpReport& report) {
  return "el reporte del " + cards::period_name(report.cycle) + " de " +
         reference.process_name(report.process_id);
}

void tell_others(storage::Session& session, const Reference& reference, const FollowUpReport& report,
                 const Turn& turn, const std::string& what, const std::string& sentence, Reply& reply) {
  std::vector<procedure::Person> people =
      audience_of(session, reference, report.process_id, local_date(turn.at));
  const procedure::Process* process = reference.process(report.process_id);
  const std::string advisor = process ? process->advisor_id : report.advisor_id;
  if (auto found = storage::find_person(session, advisor); found && found->active) people.push_back(*found);
  for (const procedure::Person& person : people) {
    if (person.id == turn.person->id) continue;
    reply.notices.push_back(
        {.aad_object_id = person.aad_object_id,
         .key = "report:" + report.id + ":said:" + what + ":" + person.id,
         .subject = report.id,
         .content = {.card = cards::report_notice_card("Novedad en " + report_words(reference, report),
                                                       sentence, report.id)}});
  }
}

}  // namespace pao::handlers::reports
