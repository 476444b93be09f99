#include "handlers/verification/verification_control.hpp"

#include "cards/texts.hpp"
#include "cards/verbs.hpp"
#include "handlers/period_control.hpp"
#include "handlers/procedure/control_points.hpp"
#include "handlers/procedure/period.hpp"
#include "storage/control_points_store.hpp"
#include "storage/items_store.hpp"

#include <set>
#include <string>

namespace pao::handlers::verification {
namespace {

constexpr int after_business_days = 10;
// Older periods are history: they stand in the evidence pack as they are.
constexpr std::chrono::days asked_for{75};

// Periods of the process that ended long enough ago, by what was recorded.
std::set<std::string> ended_periods(storage::Session& session, const Reference& reference,
                                    const std::string& process_id, Date today) {
  std::set<std::string> ended;
  const int year = static_cast<int>(std::chrono::year_month_day{today}.year());
  for (const int each : {year - 1, year}) {
    for (const procedure::ProgressRecord& record : storage::records_of(session, process_id, each)) {
      const auto period = procedure::parse_period(record.period);
      if (!period) continue;
      const Date last = procedure::last_day(*period);
      if (last + asked_for < today || ended.contains(record.period)) continue;
      if (reference.calendar.add_business_days(last, after_business_days) < today)
        ended.insert(record.period);
    }
  }
  return ended;
}

}  // namespace

bool awaits_control(storage::Session& session, const Reference& reference, std::string_view process_id,
                    std::string_view period) {
  const auto parsed = procedure::parse_period(period);
  return parsed && unconfirmed_verification(session, reference, process_id, period) &&
         storage::review_counts(session, process_id, *parsed, reference.rules_for(parsed->year)).unreviewed ==
             0;
}

Result<std::vector<DigestLine>> control_lines(storage::Session& session, const Reference& reference,
                                              std::string_view person_id, Instant now) {
  std::vector<DigestLine> lines;
  for (const procedure::Process& process : reference.processes) {
    if (process.advisor_id.empty() || (!person_id.empty() && process.advisor_id != person_id)) continue;
    for (const std::string& period : ended_periods(session, reference, process.id, local_date(now))) {
      if (!awaits_control(session, reference, process.id, period)) continue;
      const std::string subject = procedure::verification_subject(process.id, period);
      lines.push_back(
          {.person_id = process.advisor_id,
           .key = "control/" + subject,
           .title = "Punto de control por confirmar: " + process.name + ", " + cards::period_name(period),
           .text = "Todo lo registrado está revisado. Falta que confirme la verificación (actividad 4).",
           .urgency = 3,
           .button = DigestButton{"Confirmar",
                                  cards::verb::control_open,
                                  {{"punto", std::string(to_word(procedure::ControlPoint::verification))},
                                   {"asunto", subject}}},
           .process_id = process.id,
           .rule = "verificacion.punto_de_control"});
    }
  }
  return lines;
}

}  // namespace pao::handlers::verification
