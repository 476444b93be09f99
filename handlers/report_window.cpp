#include "handlers/report_window.hpp"

#include "storage/reports_store.hpp"

namespace pao::handlers {

std::optional<ReportWindow> report_window(storage::Session& session, const Reference& reference,
                                          std::string_view process_id, Instant now) {
  const auto report = storage::latest_report_of(session, process_id);
  if (!report || !report->sent_at) return std::nullopt;
  const procedure::PracticeRules* general = reference.rules_of(procedure::practice::general);
  const int days = general ? general->validation_window_business_days : 10;
  ReportWindow window{.cycle = report->cycle,
                      .last_day = reference.calendar.add_business_days(local_date(*report->sent_at), days)};
  const bool awaits_answer = report->state == "enviado" || report->state == "en_validacion";
  window.is_open = awaits_answer && local_date(now) <= window.last_day;
  return window;
}

}  // namespace pao::handlers
