// What the process does with its follow-up reports (activities 5 and 6, R-29 to ): read, accept,
// justify with evidence. An SS-4 is filed as every SS; its form is opened from
// the card.
#pragma once

#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "storage/database.hpp"

namespace pao::handlers::reports {

class ReportHandler {
 public:
  ReportHandler(storage::Database& database, const ReferenceSource& reference)
      : database_(database), reference_(reference) {}

  // The reports of the person's processes, or for an advisor what waits to be sent and resolved; for OCI the
  // published ones.
  Result<Decision> on_list(const Turn& turn) const;
  // One report (`reporte`) as its state asks.
  Result<Decision> on_view(const Turn& turn) const;
  // The final version, or what it would say now (`reporte`).
  Result<Decision> on_final(const Turn& turn) const;

  Result<Decision> on_accept(const Turn& turn) const;  // `reporte`, `version`
  Result<Decision> on_justify_form(const Turn& turn) const;
  Result<Decision> on_justify(const Turn& turn) const;  // `reporte`, `version`, `linea`, `texto`, `evidencia`

 private:
  storage::Database& database_;
  const ReferenceSource& reference_;
};

}  // namespace pao::handlers::reports
