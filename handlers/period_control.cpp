#include "handlers/period_control.hpp"

#include "storage/control_points_store.hpp"

namespace pao::handlers {

std::optional<std::string> unconfirmed_verification(storage::Session& session, const Reference& reference,
                                                    std::string_view process_id, std::string_view period) {
  const auto parsed = procedure::parse_period(period);
  if (!parsed) return std::nullopt;
  std::string subject = procedure::verification_subject(process_id, period);
  if (storage::is_control_confirmed(session, subject)) return std::nullopt;
  const storage::ReviewCounts counts =
      storage::review_counts(session, process_id, *parsed, reference.rules_for(parsed->year));
  if (counts.unreviewed + counts.accepted + counts.returned == 0) return std::nullopt;
  return subject;
}

}  // namespace pao::handlers
