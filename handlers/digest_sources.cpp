#include "handlers/alerts/alert_handler.hpp"
#include "handlers/alerts/rule_lines.hpp"
#include "handlers/consult/entry_renewal.hpp"
#include "handlers/controls/control_handler.hpp"
#include "handlers/digest_lines.hpp"
#include "handlers/filing/exchange.hpp"
#include "handlers/reports/cycle.hpp"
#include "handlers/requests/clock_job.hpp"
#include "handlers/sessions/reminders.hpp"
#include "handlers/verification/verification_control.hpp"
#include "handlers/verification/verification_handler.hpp"

namespace pao::handlers {

const std::vector<DigestSource>& digest_sources() {
  static const std::vector<DigestSource> sources = {
      // name, function
      {requests::clock_source, requests::clock_lines},
      {"validacion", reports::validation_lines},
      {"reglas", alerts::rule_lines},
      {"verificacion", verification::waiting_lines},
      {"control", verification::control_lines},
      {"pertinencia", controls::adjustment_lines},
      {"explicacion", alerts::justification_lines},
      {"smgi", filing::filing_lines},
      {"mesas", sessions::reminder_lines},
      {"respuestas", consult::renewal_lines},
  };
  return sources;
}

}  // namespace pao::handlers
