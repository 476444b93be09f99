// What a person does about an alert: look, put off, explain, say whether it helps (procedure 5.6). Everybody
// sees and changes the own alerts only.
#pragma once

#include "handlers/digest_lines.hpp"
#include "handlers/reference.hpp"
#include "handlers/route.hpp"
#include "storage/database.hpp"

namespace pao::handlers::alerts {

class AlertHandler {
 public:
  AlertHandler(storage::Database& database, const ReferenceSource& reference)
      : database_(database), reference_(reference) {}

  Result<Decision> on_list(const Turn& turn) const;      // `pagina`
  Result<Decision> on_view(const Turn& turn) const;      // `alerta`; it counts as seen
  Result<Decision> on_postpone(const Turn& turn) const;  // `alerta`: until the next business day
  Result<Decision> on_justify(const Turn& turn) const;   // `alerta`, `justificacion`: the advisor reads it
  Result<Decision> on_useful(const Turn& turn) const;    // `alerta`, `util`: "si" or "no"

 private:
  storage::Database& database_;
  const ReferenceSource& reference_;
};

// What processes explained lately, for their advisors. A source of digest lines.
Result<std::vector<DigestLine>> justification_lines(storage::Session& session, const Reference& reference,
                                                    std::string_view person_id, Instant now);

}  // namespace pao::handlers::alerts
