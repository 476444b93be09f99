// The read-only view of the módulo Planes and of final reports (R-35, R-45 to R-47, C-14). Every read by
// internal control is an entry of its own in the registro, in the transaction of its turn; there is nothing
// to write here, and no conversation is ever shown.
#pragma once

#include "handlers/reference.hpp"
#include "handlers/reply.hpp"
#include "handlers/turn.hpp"
#include "storage/database.hpp"

namespace pao::handlers::oversight {

class OversightHandler {
 public:
  OversightHandler(storage::Database& database, const ReferenceSource& reference)
      : database_(database), reference_(reference) {}

  // Plans are those of a vigencia: of `vigencia`, or of the usual one (term_named).
  // The processes whose plans the person may read (`pagina`); the plan itself when the text names one.
  Result<Decision> on_list(const Turn& turn) const;
  Result<Decision> on_plan(const Turn& turn) const;      // `proceso`, `pagina`
  Result<Decision> on_activity(const Turn& turn) const;  // `elemento`: an activity; `pagina`
  Result<Decision> on_reports(const Turn& turn) const;   // `proceso`
  Result<Decision> on_reads(const Turn& turn) const;     // `pagina`: what internal control has read

 private:
  Result<int> term_of(const Turn& turn) const;
  Result<Decision> plan_card(const Turn& turn, const std::string& process_id) const;

  storage::Database& database_;
  const ReferenceSource& reference_;
};

}  // namespace pao::handlers::oversight
