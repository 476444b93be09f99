#include "handlers/report_reading.hpp"

#include "handlers/procedure/permissions.hpp"

namespace pao::handlers {

using procedure::Action;
using procedure::ReportState;

bool may_read(const procedure::Person& person, const storage::FollowUpReport& report, Date today) {
  const auto may = [&](Action action) {
    return procedure::may(person, action, report.process_id, "", today).has_value();
  };
  if (may(Action::read_report)) return report.state != ReportState::draft || may(Action::send_report);
  return report.state == ReportState::published && may(Action::read_published_reports);
}

}  // namespace pao::handlers
