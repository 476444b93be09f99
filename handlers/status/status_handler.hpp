// "¿Qué me toca?" and "¿por qué esa fecha?".
#pragma once

#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/tracking.hpp"
#include "handlers/turn.hpp"
#include "storage/database.hpp"

#include <string>
#include <vector>

namespace pao::handlers::status {

class StatusHandler {
 public:
  StatusHandler(storage::Database& database, const ReferenceSource& reference)
      : database_(database), reference_(reference) {}

  // The person's pending obligations by urgency, a page at a time (`pagina`); for an advisor or the
  // coordination, everything that waits for them (desk.hpp).
  Result<Decision> on_my_status(const Turn& turn) const;

  // How the due date of a practice's period was counted (`practica`, `periodo`; design principle 4): from
  // guideline and calendar alone, so anybody in the directory may ask.
  Result<Decision> on_explain_due(const Turn& turn) const;

 private:
  // "El reporte … se valida hasta el …", one sentence for each open window.
  Result<std::vector<std::string>> open_windows(const Reference& reference, const Turn& turn) const;
  Result<Decision> process_status(const Turn& turn) const;
  Result<Decision> advisor_status(const Turn& turn) const;

  storage::Database& database_;
  const ReferenceSource& reference_;
};

}  // namespace pao::handlers::status
