#include "handlers/report_window.hpp"

#include "storage/reports_store.hpp"

namespace pao::handlers {

std::optional<ReportWindow> report_window(storage::Session& session, const Reference& reference,
                                          std::string_view process_id, Instant now) {
  const auto report = storage::latest_report_of(session, process_id);
  if (!report || !report->sent_at) return std::nullopt;
  const Date last_day =
      report->deadline_on.value_or(procedure::open_window(*report->sent_at, reference.calendar).last_day);
  ReportWindow window{.report_id = report->id, .cycle = report->cycle, .last_day = last_day};
  window.is_open = procedure::awaits_answers(report->state) && procedure::is_in_time(last_day, now);
  return window;
}

}  // namespace pao::handlers
